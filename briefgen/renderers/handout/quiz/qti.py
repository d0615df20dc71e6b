"""A quiz as a content package of IMS QTI 2.1 (1EdTech, "Question and Test Interoperability", 2012).

Each question is an `assessmentItem` of its own; the passages of its key are feedback that is shown whatever was
answered. The manifest names the kind of interaction, by which importers choose.
"""

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO

from msgspec import Struct

from briefgen.model import Brief, Question
from briefgen.renderers.handout.quiz.written import asked_html, escaped, explained_html, name_of, paragraphs, quoted

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
_PLACES = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FEEDBACK = "general_fb"
"""By a name like this an importer knows feedback that holds for any answer."""


class _Item(Struct, frozen=True):
    """The parts of an item that depend on its kind: how it is answered, what is right, and how it is scored."""

    interaction: str
    cardinality: str
    base: str
    correct: tuple[str, ...]
    body: str
    mapping: str = ""


def render_qti(brief: Brief, questions: Sequence[Question]) -> bytes:
    """The questions as a package: `imsmanifest.xml`, the test `quiz.xml`, and a file for each."""
    items = {_id(question): (question, _item(question)) for question in questions}
    files = {"imsmanifest.xml": _manifest({name: item for name, (_, item) in items.items()})}
    files["quiz.xml"] = _test(brief, list(items))
    files |= {f"{name}.xml": _document(brief, *item) for name, item in items.items()}
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text.encode())
    return written.getvalue()


def _id(question: Question) -> str:
    return f"q{question.number:02}"


def _manifest(items: dict[str, _Item]) -> str:
    needed = "".join(f'<dependency identifierref="{name}"/>' for name in items)
    test = (
        '<resource identifier="quiz" type="imsqti_test_xmlv2p1" href="quiz.xml">'
        f'<file href="quiz.xml"/>{needed}</resource>'
    )
    resources = "\n".join([test, *(_resource(name, item) for name, item in items.items())])
    return (
        f'{_HEAD}<manifest xmlns="{PACKAGING}" xmlns:qti="{QTI}" identifier="manifest">\n'
        "<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>\n"
        f"<organizations/>\n<resources>\n{resources}\n</resources>\n</manifest>\n"
    )


def _resource(name: str, item: _Item) -> str:
    about = f"<qti:qtiMetadata><qti:interactionType>{item.interaction}</qti:interactionType></qti:qtiMetadata>"
    return (
        f'<resource identifier="{name}" type="imsqti_item_xmlv2p1" href="{name}.xml">'
        f'<metadata>{about}</metadata><file href="{name}.xml"/></resource>'
    )


def _test(brief: Brief, names: Sequence[str]) -> str:
    title = quoted(brief.title)
    items = "".join(f'<assessmentItemRef identifier="{name}" href="{name}.xml"/>\n' for name in names)
    return (
        f'{_HEAD}<assessmentTest {_spaces()} identifier="quiz" title={title}>\n'
        '<testPart identifier="part" navigationMode="nonlinear" submissionMode="simultaneous">\n'
        f'<assessmentSection identifier="section" title={title} visible="true">\n{items}</assessmentSection>\n'
        "</testPart>\n</assessmentTest>\n"
    )


def _spaces() -> str:
    return f'xmlns="{QTI}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{QTI} {_PLACES}"'


def _document(brief: Brief, question: Question, item: _Item) -> str:
    right = "".join(f"<value>{escaped(value)}</value>" for value in item.correct)
    correct = f"<correctResponse>{right}</correctResponse>" if right else ""
    feedback = explained_html(question)
    return (
        f'{_HEAD}<assessmentItem {_spaces()} identifier="{_id(question)}" title={quoted(name_of(question))} '
        f'adaptive="false" timeDependent="false" xml:lang={quoted(brief.language)}>\n'
        f'<responseDeclaration identifier="RESPONSE" cardinality="{item.cardinality}" baseType="{item.base}">'
        f"{correct}{item.mapping}</responseDeclaration>\n"
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">'
        "<defaultValue><value>0</value></defaultValue></outcomeDeclaration>\n"
        '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>\n'
        f"<itemBody>{item.body}</itemBody>\n{_processing(item, feedback)}{_modal(feedback)}</assessmentItem>\n"
    )


def _processing(item: _Item, feedback: str) -> str:
    """One point for the right response, none for another; and the feedback, if there is one."""
    show = _outcome("FEEDBACK", f'<baseValue baseType="identifier">{_FEEDBACK}</baseValue>') if feedback else ""
    done = (_score(item) if item.correct else "") + show
    return f"<responseProcessing>{done}</responseProcessing>\n" if done else ""


def _score(item: _Item) -> str:
    if item.mapping:
        return _outcome("SCORE", '<mapResponse identifier="RESPONSE"/>')
    right = '<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'
    point = _outcome("SCORE", '<baseValue baseType="float">1</baseValue>')
    return f"<responseCondition><responseIf>{right}{point}</responseIf></responseCondition>"


def _outcome(name: str, value: str) -> str:
    return f'<setOutcomeValue identifier="{name}">{value}</setOutcomeValue>'


def _modal(feedback: str) -> str:
    shown = f'outcomeIdentifier="FEEDBACK" identifier="{_FEEDBACK}" showHide="show"'
    return f"<modalFeedback {shown}>{feedback}</modalFeedback>\n" if feedback else ""


# Kinds of questions ---------------------------------------------------------------------------------------------


def _item(question: Question) -> _Item:
    asked = asked_html(question)
    match question.kind:
        case "order":
            return _choosing(question, "orderInteraction", "ordered")
        case "match":
            return _matching(question, asked)
        case "cloze":
            return _filling(question)
        case "open":
            field = '<extendedTextInteraction responseIdentifier="RESPONSE" expectedLines="10"/>'
            return _Item("extendedTextInteraction", "single", "string", (), asked + field)
        case "choice" | "date" | "agree":
            return _choosing(question, "choiceInteraction", "single", ' maxChoices="1"')


def _choosing(question: Question, interaction: str, cardinality: str, more: str = "") -> _Item:
    right = tuple(f"c{place}" for place in question.key)
    field = f'<{interaction} responseIdentifier="RESPONSE" shuffle="false"{more}>{_choices(question)}</{interaction}>'
    return _Item(interaction, cardinality, "identifier", right, asked_html(question) + field)


def _choices(question: Question) -> str:
    texts = enumerate(question.options)
    return "".join(f'<simpleChoice identifier="c{place}">{escaped(text)}</simpleChoice>' for place, text in texts)


def _matching(question: Question, asked: str) -> _Item:
    sets = "".join(_match_set(*side) for side in (("s", question.options), ("p", question.answers)))
    most = len(question.options)
    body = f'<matchInteraction responseIdentifier="RESPONSE" shuffle="false" maxAssociations="{most}">{sets}'
    right = tuple(f"s{option} p{answer}" for option, answer in enumerate(question.key))
    return _Item("matchInteraction", "multiple", "directedPair", right, f"{asked}{body}</matchInteraction>")


def _match_set(letter: str, texts: Sequence[str]) -> str:
    choices: Iterator[str] = (
        f'<simpleAssociableChoice identifier="{letter}{place}" matchMax="1">{escaped(text)}</simpleAssociableChoice>'
        for place, text in enumerate(texts)
    )
    return f"<simpleMatchSet>{''.join(choices)}</simpleMatchSet>"


def _filling(question: Question) -> _Item:
    longest = max(map(len, question.answers), default=10)
    field = f'<textEntryInteraction responseIdentifier="RESPONSE" expectedLength="{longest}"/>'
    body = f"{paragraphs(question.ask)}<p>{field.join(map(escaped, question.stem))}</p>"
    entries = "".join(
        f'<mapEntry mapKey={quoted(answer)} mappedValue="1" caseSensitive="false"/>' for answer in question.answers
    )
    mapping = f'<mapping defaultValue="0">{entries}</mapping>'
    return _Item("textEntryInteraction", "single", "string", question.answers[:1], body, mapping)
