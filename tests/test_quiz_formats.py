"""Quizzes as files: GIFT, Moodle XML, IMS QTI, and pages to print; and their passages found again."""

import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES
from gift import GiftQuestion, read_gift
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from msgspec.structs import replace

from briefgen.build import build
from briefgen.cli import main
from briefgen.composing import prepare
from briefgen.model import Brief, Handout, Proof, Question
from briefgen.quiz import quiz_of
from briefgen.renderers.characters import printable
from briefgen.renderers.handout.html import render_html
from briefgen.renderers.handout.quiz import QUIZ_FORMATS, render_quiz
from briefgen.renderers.handout.quiz.written import filled_in
from briefgen.renderers.handout.sheet import sheet
from briefgen.results import BuildOptions
from briefgen.verify import verify

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
NASTY = "a ~ b = c # d {e} f: g \\n h \\ -> <b>i</b> & “j” ]]> \"k\" 'l' %50% // ::m:: * [html]"


def folded(text: str) -> str:
    """The characters that a file can hold, white space aside."""
    return "".join(printable(text).split())


def xml_of(data: bytes) -> Any:
    """A document of XML, parsed."""
    return etree.fromstring(data)


def page_of(html: str | bytes) -> Any:
    """A page, parsed."""
    return lxml_html.document_fromstring(html)


def words_of(html: str) -> str:
    """The text of a piece of HTML, white space aside."""
    return folded(str(lxml_html.fragment_fromstring(html, create_parent="div").text_content())) if html else ""


# Questions of every kind ----------------------------------------------------------------------------------------

BRIEF = Brief("Salt & <Rivers>", "en", (), (), (), ())
_WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda text: folded(text) != ""
)


def asked(kind: str, text: str, other: str = "other") -> Question:
    """A question of this kind in which `text` stands everywhere where words can."""
    options = (text, f"{text} 2", f"{text} 3")
    proofs = (Proof("s1", text, f"{other} note"),)
    match kind:
        case "open":
            return Question(1, "open", 1, "", (text,))
        case "order":
            return Question(1, "order", 1, other, (), options, (), (2, 0, 1), proofs)
        case "match":
            return Question(
                1, "match", 1, other, (), options, (f"{other} a", f"{other} b", f"{other} c"), (1, 2, 0), proofs
            )
        case "cloze":
            return Question(1, "cloze", 1, other, (text, text), (), (f"{other} 1923",), (0,), proofs)
        case _:
            return Question(1, "choice", 1, other, (text, text), options, (), (1,), proofs, "They differ.")


KINDS = ("open", "order", "match", "cloze", "choice")
ANY = st.builds(asked, st.sampled_from(KINDS), st.one_of(_WORDS, st.just(NASTY)), _WORDS)


def gift(question: Question) -> GiftQuestion:
    (file,) = render_quiz("gift", BRIEF, [question]).values()
    (read,) = read_gift(file.decode())[1]
    return read


def moodle(question: Question) -> Any:
    (file,) = render_quiz("moodle", BRIEF, [question]).values()
    return xml_of(file)[1]


def package(*questions: Question) -> dict[str, Any]:
    """The parsed files of a QTI package, by name."""
    (file,) = render_quiz("qti", BRIEF, questions).values()
    with zipfile.ZipFile(BytesIO(file)) as opened:
        return {name: xml_of(opened.read(name)) for name in opened.namelist()}


def right_of(question: Question) -> dict[str, str]:
    """Which statement belongs to which answer in a question that Moodle matches."""
    if question.kind == "order":
        return {folded(question.options[option]): str(place) for place, option in enumerate(question.key, 1)}
    answers = (question.answers[place] for place in question.key)
    return {folded(option): folded(answer) for option, answer in zip(question.options, answers, strict=True)}


@settings(deadline=None)
@given(ANY)
def test_gift_gives_back_every_text_and_the_key(question: Question) -> None:
    read = gift(question)
    assert words_of(read.text) == folded(question.ask + ("_____".join(question.stem)))
    assert words_of(read.feedback) == folded(
        question.reason + "".join(f"“{proof.passage}” {proof.note}" for proof in question.proofs)
    )
    match question.kind:
        case "open":
            assert read.kind == "essay"
        case "order" | "match":
            assert read.kind == "match"
            found = {words_of(answer.text): folded(answer.partner or "") for answer in read.answers}
            assert found == right_of(question)
        case "cloze":
            assert [folded(answer.text) for answer in read.answers] == [folded(filled_in(question.answers[0]))]
        case _:
            assert read.kind == "multichoice"
            assert [words_of(answer.text) for answer in read.answers] == [folded(one) for one in question.options]
            assert [place for place, answer in enumerate(read.answers) if answer.right] == list(question.key)


@settings(deadline=None)
@given(ANY)
def test_moodle_xml_gives_back_every_text_and_the_key(question: Question) -> None:
    tree = moodle(question)
    assert words_of(tree.findtext("questiontext/text")) == folded(question.ask + "_____".join(question.stem))
    passages = "".join(f"“{proof.passage}” {proof.note}" for proof in question.proofs)
    assert words_of(tree.findtext("generalfeedback/text")) == folded(question.reason + passages)
    match question.kind:
        case "open":
            assert tree.get("type") == "essay"
            assert tree.findtext("responseformat") == "editor"
        case "order" | "match":
            assert tree.get("type") == "matching"
            pairs = {
                words_of(one.findtext("text")): folded(one.findtext("answer/text")) for one in tree.iter("subquestion")
            }
            assert pairs == right_of(question)
        case "cloze":
            assert tree.get("type") == "shortanswer"
            assert [folded(one.findtext("text")) for one in tree.iter("answer")] == [
                folded(filled_in(question.answers[0]))
            ]
        case _:
            answers = list(tree.iter("answer"))
            assert (tree.get("type"), tree.findtext("single")) == ("multichoice", "true")
            assert [words_of(one.findtext("text")) for one in answers] == [folded(one) for one in question.options]
            assert [place for place, one in enumerate(answers) if one.get("fraction") == "100"] == list(question.key)


@settings(deadline=None)
@given(ANY)
def test_qti_gives_back_every_text_and_the_key(question: Question) -> None:
    item = package(question)["q01.xml"]
    values = [value.text for value in item.iterfind(f"{QTI}responseDeclaration/{QTI}correctResponse/{QTI}value")]
    said = folded("".join(item.find(f"{QTI}itemBody").itertext()))
    assert folded(question.ask) in said
    passages = "".join(f"“{proof.passage}” {proof.note}" for proof in question.proofs)
    feedback = "".join(folded("".join(one.itertext())) for one in item.iter(f"{QTI}modalFeedback"))
    assert feedback == folded(question.reason + passages)
    texts = {one.get("identifier"): folded("".join(one.itertext())) for one in item.iter() if _is_choice(one)}
    match question.kind:
        case "open":
            assert item.find(f".//{QTI}extendedTextInteraction") is not None
        case "cloze":
            assert [folded(value or "") for value in values] == [folded(question.answers[0])]
        case "match":
            pairs = {texts[left]: texts[right] for left, right in (value.split() for value in values)}
            assert pairs == right_of(question)
        case _:
            assert [texts[value] for value in values] == [folded(question.options[place]) for place in question.key]


def _is_choice(element: Any) -> bool:
    return element.tag in (f"{QTI}simpleChoice", f"{QTI}simpleAssociableChoice")


@pytest.mark.parametrize(
    "text", [NASTY, "-> x", "=", "~~", "####", "}{", "\\", "\\\\n", "[plain]x", "%9%", "//", "TRUE", "x\u2028y"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_what_means_something_in_gift_is_only_text(kind: str, text: str) -> None:
    read = gift(asked(kind, text))
    assert folded(text) in words_of(read.text + read.feedback)
    assert read.kind == {"open": "essay", "cloze": "shortanswer", "choice": "multichoice"}.get(kind, "match")


@pytest.mark.parametrize(
    "broken",
    [
        "// t\n\n$CATEGORY: c\n\n::n::a: b{\n}\n",
        "// t\n\n$CATEGORY: c\n\n::n::a{\n\t=b=c\n}\n",
        "// t\n\n$CATEGORY: c\n\n::n::a{\n\t####f\n\t=b\n}\n",
        "// t\n\n$CATEGORY: c\n\n::n::a\n",
        "::n::a{\n}\n",
    ],
)
def test_the_grammar_of_gift_refuses_what_is_broken(broken: str) -> None:
    with pytest.raises(ValueError, match=r"no |is the last|unpack"):
        read_gift(broken)


# The package ----------------------------------------------------------------------------------------------------


def test_a_qti_package_names_every_file_and_depends_on_what_it_has() -> None:
    files = package(*(replace(asked(kind, "x"), number=number) for number, kind in enumerate(KINDS, 1)))
    manifest = files["imsmanifest.xml"]
    assert manifest.tag == f"{CP}manifest"
    assert [element.tag for element in manifest] == [f"{CP}metadata", f"{CP}organizations", f"{CP}resources"]
    resources = {one.get("identifier"): one for one in manifest.iter(f"{CP}resource")}
    named = {one.get("href"): one.find(f"{CP}file").get("href") for one in resources.values()}
    assert {*named} == {*named.values()} == {*files} - {"imsmanifest.xml"}
    assert {one.get("identifierref") for one in manifest.iter(f"{CP}dependency")} == {*resources} - {"quiz"}
    assert {one.get("type") for one in resources.values()} == {"imsqti_test_xmlv2p1", "imsqti_item_xmlv2p1"}


def test_a_qti_test_refers_to_every_item_once() -> None:
    files = package(*(replace(asked(kind, "x"), number=number) for number, kind in enumerate(KINDS, 1)))
    references = [one.get("href") for one in files["quiz.xml"].iter(f"{QTI}assessmentItemRef")]
    assert references == [f"q0{number}.xml" for number in range(1, 6)]
    assert files["quiz.xml"].get("title") == BRIEF.title


@pytest.mark.parametrize("kind", KINDS)
def test_a_qti_item_has_what_its_schema_asks_for(kind: str) -> None:
    files = package(asked(kind, "x"))
    item = files["q01.xml"]
    assert item.tag == f"{QTI}assessmentItem"
    assert {*item.attrib} >= {"identifier", "title", "adaptive", "timeDependent"}
    order = [f"{QTI}responseDeclaration", f"{QTI}outcomeDeclaration", f"{QTI}itemBody", f"{QTI}responseProcessing"]
    tags = list(dict.fromkeys(element.tag for element in item))
    assert tags == ([*order, f"{QTI}modalFeedback"] if kind != "open" else order[:3])
    body = item.find(f"{QTI}itemBody")
    (interaction,) = (one for one in body.iter() if one.tag.endswith("Interaction"))
    told = files["imsmanifest.xml"].findtext(f".//{QTI}interactionType")
    assert interaction.tag == f"{QTI}{told}"
    assert interaction.get("responseIdentifier") == item.find(f"{QTI}responseDeclaration").get("identifier")
    declared = {one.get("identifier") for one in item if one.tag.endswith("Declaration")}
    used = {one.get("identifier") for one in item.iter(f"{QTI}variable", f"{QTI}correct", f"{QTI}setOutcomeValue")}
    assert used <= declared
    identifiers = [one.get("identifier") for one in body.iter() if one.get("identifier")]
    assert len(identifiers) == len(set(identifiers))


# Whole builds ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def canal() -> Brief:
    made, _ = prepare(SAMPLES / "canal" / "outline.yaml", BuildOptions())
    assert made is not None
    return made


@pytest.mark.parametrize("name", ["canal", "harald", "reef", "chess", "lighthouse"])
def test_every_format_tells_the_passage_behind_every_key(name: str) -> None:
    made, _ = prepare(SAMPLES / name / "outline.yaml", BuildOptions())
    assert made is not None
    questions = quiz_of(made)
    passages = [proof.passage for question in questions for proof in question.proofs]
    assert passages
    texts = {
        "gift": "".join(question.feedback for question in read_gift(_file("gift", made, questions).decode())[1]),
        "moodle": "".join(xml_of(_file("moodle", made, questions)).itertext()),
        "qti": _texts_in(_file("qti", made, questions)),
    }
    for text in texts.values():
        for passage in passages:
            assert f"“{passage}”" in unescape(text)


def _file(kind: str, brief: Brief, questions: tuple[Question, ...]) -> bytes:
    (file,) = render_quiz(kind, brief, questions).values()
    return file


def _texts_in(file: bytes) -> str:
    with zipfile.ZipFile(BytesIO(file)) as opened:
        return "".join("".join(xml_of(opened.read(name)).itertext()) for name in opened.namelist())


@pytest.mark.parametrize("kind", QUIZ_FORMATS)
def test_the_same_questions_give_the_same_bytes(kind: str, canal: Brief) -> None:
    assert render_quiz(kind, canal, quiz_of(canal)) == render_quiz(kind, canal, quiz_of(canal))


def test_the_quiz_to_print_shows_no_key_and_the_key_shows_all(canal: Brief) -> None:
    questions = quiz_of(canal)
    pages = {end: page_of(data) for end, data in render_quiz("quiz", canal, questions).items()}
    plain, key = pages["-quiz.html"], pages["-quiz-key.html"]
    assert [li.get("value") for li in plain.xpath("//ol[contains(@class,'quiz')]/li")] == [
        str(question.number) for question in questions
    ]
    assert not plain.xpath("//*[@class='key'] | //*[@class='proof']")
    assert len(key.xpath("//*[@class='key']")) == sum(bool(question.key) for question in questions)
    shown = [one.text_content() for one in key.xpath("//*[@class='proof']")]
    assert shown == [proof.passage for question in questions for proof in question.proofs]


@pytest.mark.parametrize("page", ["-quiz.html", "-quiz-key.html"])
def test_a_quiz_to_print_escapes_what_is_html(page: str) -> None:
    data = render_quiz("quiz", BRIEF, [asked(kind, NASTY) for kind in KINDS])[page].decode()
    tree = page_of(data)
    assert not tree.xpath("//b")
    assert "<b>i</b>" in tree.text_content()
    assert tree.findtext(".//h1") == BRIEF.title


def test_a_students_edition_has_the_questions_and_an_instructors_the_keys(canal: Brief) -> None:
    made = replace(canal, handout=Handout(editions=("student", "instructor")))
    pages = {edition: page_of(render_html(made, printed=sheet(made, edition))) for edition in made.handout.editions}
    asked_in = {edition: len(page.xpath("//ol[contains(@class,'quiz')]/li")) for edition, page in pages.items()}
    keys_in = {edition: len(page.xpath("//*[@class='key']")) for edition, page in pages.items()}
    count = sum(question.kind != "open" for question in quiz_of(made))
    assert asked_in == {"student": count, "instructor": count}
    assert keys_in == {"student": 0, "instructor": count}
    assert not page_of(render_html(made)).xpath("//ol[contains(@class,'quiz')]")


def test_a_build_makes_the_formats_asked_for(project: Path) -> None:
    out = project / "output"
    assert main(["build", str(project / "outline.yaml"), "--to", "quiz,gift,moodle,qti", "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "outline-quiz-key.html",
        "outline-quiz-qti.zip",
        "outline-quiz.gift.txt",
        "outline-quiz.html",
        "outline-quiz.xml",
        "outline.evidence.json",
    ]


def test_a_quiz_among_the_sources_is_never_read(project: Path) -> None:
    beside = BuildOptions(formats=("quiz", "gift", "moodle"), out=project / "sources")
    build(project / "outline.yaml", beside)
    again = build(project / "outline.yaml", beside)
    assert (again.sources, [problem.severity for problem in again.problems]) == (4, ["warning", "warning"])


@pytest.fixture
def key(project: Path) -> Path:
    build(project / "outline.yaml", BuildOptions(formats=("quiz",), out=project / "output"))
    return project / "output" / "outline-quiz-key.html"


def test_the_passages_of_a_key_are_found_again(key: Path) -> None:
    report = verify(key)
    assert report.total > 5
    assert {finding.status for finding in report.statements} == {"found"}


def test_a_passage_changed_in_a_key_names_its_statement(key: Path) -> None:
    text = key.read_text("utf-8")
    key.write_text(text.replace("Britain bought the", "France bought the"), "utf-8")
    (lost,) = (finding for finding in verify(key).statements if finding.status != "found")
    assert (lost.status, lost.text) == ("changed", "Britain bought the Egyptian ruler's shares in 1875.")


def test_a_passage_that_nobody_wrote_is_missing(key: Path) -> None:
    text = key.read_text("utf-8")
    key.write_text(
        text.replace('<span class="proof">', '<span class="proof">Fish fly. </span><span class="proof">', 1), "utf-8"
    )
    assert [finding.status for finding in verify(key).statements if finding.status != "found"] == ["missing"]


def test_a_passage_that_its_source_no_longer_has_is_told(key: Path) -> None:
    source = key.parents[1] / "sources" / "suez-canal.wikitext"
    source.write_text(source.read_text("utf-8").replace("Britain bought the", "Britain took the"), "utf-8")
    assert "source" in {finding.where for finding in verify(key).statements if finding.status == "changed"}


def test_a_quiz_without_its_key_is_nothing_to_verify(key: Path) -> None:
    (problem,) = verify(key.with_name("outline-quiz.html")).problems
    assert "no file that can be verified" in problem.message
