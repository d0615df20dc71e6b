"""What strangers may put into sources, templates and outlines, and what must not come of it."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import pypdfium2
import pytest
from conftest import SAMPLES
from lxml import etree, html
from pptx import Presentation

from briefgen.build import build
from briefgen.library import open_library, read_file
from briefgen.model import Source
from briefgen.outline import load_outline
from briefgen.pictures.files import read_picture
from briefgen.readers import read
from briefgen.renderers.deck.template import builtin, template
from briefgen.results import BuildOptions
from briefgen.sidecars import sidecar
from briefgen.topics import load_topics
from briefgen.verify import verify

ROOT = Path(__file__).parents[1]
FORMATS = ("pptx", "slides-html", "html", "pdf", "docx", "odt", "quiz", "gift", "moodle", "qti")
SAFE = {"http", "https", "mailto", ""}
LINKS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "vbscript:msgbox(1)",
    r"\\evil.example\share\x",
    "//evil.example/x",
)
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    '#set text(red) #read("/etc/passwd") $x$',
    r"\input{/etc/passwd} \write18{ls}",
    "![x](file:///etc/passwd) [y](javascript:alert(1)) **z**",
    "</a:t></a:r><a:fld/><w:fldSimple/>",
    '{ INCLUDETEXT "/etc/passwd" } { DDEAUTO c:x cmd }',
    "{{ 7 * 7 }}{% for x in y %}",
    "]]> <!-- &lt;script&gt;alert(1)&lt;/script&gt; &evil;",
)
"""Text that means something to one of the languages in which files are written."""


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All formats of a project whose sources and outline try whatever they can."""
    folder = tmp_path_factory.mktemp("attacked")
    (folder / "sources").mkdir()
    escaped = [re.sub(r"([\\`*_{}\[\]()#+.!<>&|$~^\"'-])", r"\\\1", one) for one in PAYLOADS]
    told = "\n\n".join(f"In {1900 + at} the keeper wrote {one} in the book." for at, one in enumerate(escaped))
    linked = "\n\n".join(f"In {1930 + at} the [mill]({one}) burned down." for at, one in enumerate(LINKS))
    (folder / "sources" / "a.md").write_text(f"# The keeper\n\n{told}\n\n{linked}\n", "utf-8")
    (folder / "sources" / "a.source.yaml").write_text(
        f"title: '{PAYLOADS[0]}'\nauthors: ['{PAYLOADS[3]}']\nurl: 'javascript:alert(1)'\npublished: 2001\n", "utf-8"
    )
    anchors = "".join(
        f'<p>In {1940 + at} <a href="{one}">the barn</a> was lost to the sea.</p>' for at, one in enumerate(LINKS)
    )
    page = f"<html><head><title>Barns</title><link rel=canonical href='file:///x'></head><body><article>{anchors}</article>"
    (folder / "sources" / "b.html").write_text(page, "utf-8")
    own = "\n".join(f"      - say: {json.dumps(one)}" for one in PAYLOADS)
    asked = json.dumps(PAYLOADS)
    (folder / "o.yaml").write_text(
        f"title: '{PAYLOADS[0]}'\ncourse: '{PAYLOADS[1]}'\nauthor: '{PAYLOADS[3]}'\nsources: sources\n"
        f"handout: {{editions: [student, instructor]}}\nsections:\n  - title: '{PAYLOADS[9]}'\n    blocks:\n"
        "      - bullets: {query: keeper wrote book, at_most: 12}\n"
        "      - timeline: {query: burned lost mill barn, at_most: 14}\n"
        f"      - table: {{columns: [date, passage, source], query: barn mill, at_most: 8}}\n{own}\n"
        f"      - questions: {asked}\n",
        "utf-8",
    )
    result = build(folder / "o.yaml", BuildOptions(FORMATS, folder / "out"))
    assert len(result.outputs) >= 13
    assert [one for one in result.problems if one.severity == "error"] == []
    return folder / "out"


def files(folder: Path, *endings: str) -> list[Path]:
    found = [path for path in sorted(folder.iterdir()) if path.name.endswith(endings)]
    assert found
    return found


def parts(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            yield name, package.read(name)


def is_safe(address: str) -> bool:
    return urlsplit(address).scheme.lower() in SAFE and not address.startswith(("//", "\\"))


def test_the_attack_reaches_the_outputs(attacked: Path) -> None:
    """What is tried is shown as words, or nothing would be tested."""
    deck = "".join(part.decode("utf-8") for name, part in parts(attacked / "o.pptx") if name.endswith(".xml"))
    assert deck.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 3
    assert "#set text(red)" in deck
    assert "burned down" in deck


def test_no_package_links_to_anything_but_the_web(attacked: Path) -> None:
    for path in files(attacked, ".pptx", ".docx"):
        for name, part in parts(path):
            if name.endswith(".rels"):
                outside = [
                    one.get("Target", "") for one in etree.fromstring(part) if one.get("TargetMode") == "External"
                ]
                assert [one for one in outside if not is_safe(one)] == [], (path, name)
    for path in files(attacked, ".odt"):
        for name, part in parts(path):
            links = re.findall(rb'xlink:href="([^"]*)"', part)
            assert [one for one in links if not is_safe(one.decode())] == [], (path, name)


def test_no_word_file_has_a_field_that_loads_or_runs_something(attacked: Path) -> None:
    for path in files(attacked, ".docx"):
        for name, part in parts(path):
            if name.endswith(".xml"):
                root: Any = etree.fromstring(part)
                asked = [*root.xpath("//*[local-name()='instrText']/text()"), *root.xpath("//@*[local-name()='instr']")]
                kinds = {one.split()[0] for one in map(str, asked) if one.split()}
                assert kinds <= {"NOTEREF", "PAGE", "NUMPAGES", "HYPERLINK", "REF", "STYLEREF", "TITLE"}, (path, name)


def shown_pages(attacked: Path) -> Iterator[tuple[str, str]]:
    """Each page and piece of a page in the outputs, by a name."""
    for path in files(attacked, ".html"):
        yield path.name, path.read_text("utf-8")
    quiz: Any = etree.parse(attacked / "o-quiz.xml").getroot()
    for text in quiz.xpath("//*[@format='html']/text/text()"):
        yield "moodle", str(text)
    for name, part in parts(attacked / "o-quiz-qti.zip"):
        if name.endswith(".xml"):
            yield name, part.decode("utf-8")
    for text in re.findall(r"\[html\](.*)", (attacked / "o-quiz.gift.txt").read_text("utf-8")):
        yield "gift", re.sub(r"\\([~=#{}:\\])", r"\1", text)


def test_no_page_or_quiz_holds_a_script_or_a_link_of_a_source(attacked: Path) -> None:
    for name, text in shown_pages(attacked):
        root: Any = html.document_fromstring(f"<div>{text}</div>" if "<html" not in text else text)
        scripts = [one for one in root.iter("script") if "alert(1)" in (one.text or "")]
        assert scripts == [], name
        assert [key for one in root.iter() for key in one.attrib if str(key).startswith("on")] == [], name
        assert list(root.iter("iframe", "object", "embed", "base", "form")) == [], name
        links = [str(one) for one in root.xpath("//@href | //@action | //@formaction")]
        assert [one for one in links if not is_safe(one)] == [], name
        loaded = [str(one) for one in root.xpath("//@src | //@srcset | //@poster")]
        assert [one for one in loaded if not one.startswith("data:image/")] == [], name


def test_no_pdf_has_an_action_but_to_follow_web_links(attacked: Path) -> None:
    for path in files(attacked, ".pdf"):
        with pikepdf.open(path) as pdf:
            for one in pdf.objects:
                if (
                    isinstance(one, pikepdf.Dictionary)
                    and "/S" in one
                    and one.get("/S") in ("/JavaScript", "/Launch", "/URI")
                ):
                    assert one.S == "/URI"
                    assert is_safe(str(one.URI))
                assert not (
                    isinstance(one, pikepdf.Dictionary) and ("/JS" in one or "/AA" in one or "/EmbeddedFile" in one)
                )
        with pypdfium2.PdfDocument(path) as pdf:
            text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
        assert "#set text(red)" in " ".join(text.split())
        assert "root:x:" not in text


def test_no_output_holds_what_another_file_of_the_machine_says(attacked: Path) -> None:
    secret = Path("/etc/passwd")
    if not secret.is_file():
        pytest.skip("there is no /etc/passwd here")
    said = secret.read_bytes().splitlines()[0]
    for path in attacked.iterdir():
        assert said not in path.read_bytes()
        if zipfile.is_zipfile(path):
            assert not any(said in part for _, part in parts(path)), path


def test_all_statements_of_the_attack_are_found_again(attacked: Path) -> None:
    for path in files(attacked, ".pptx", ".docx", ".odt", "handout-student.html", "handout-instructor.html", ".pdf"):
        report = verify(path)
        assert [one for one in report.statements if one.status != "found"] == [], path
        assert report.new == (), path


# Without a network ---------------------------------------------------------------------------------------------------

_FORBIDDEN = """
import os, socket
def refuse(*_a, **_k):
    os.write(2, b"reached for the network")
    os._exit(3)
for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse)
socket.create_connection = socket.getaddrinfo = refuse
"""


def test_all_formats_are_built_without_a_network(tmp_path: Path) -> None:
    """In a process of its own that has no sockets and, where the machine lets it, no network, nor have its children."""
    project = shutil.copytree(SAMPLES / "canal", tmp_path / "project")
    (tmp_path / "forbidden").mkdir()
    (tmp_path / "forbidden" / "sitecustomize.py").write_text(_FORBIDDEN, "utf-8")
    alone = ["unshare", "--map-root-user", "--net"]
    able = shutil.which("unshare") and not subprocess.run([*alone, "true"], check=False, capture_output=True).returncode
    command = [
        sys.executable,
        "-m",
        "briefgen",
        "build",
        str(Path(project) / "outline.yaml"),
        "--to",
        ",".join(FORMATS),
    ]
    done = subprocess.run(
        [*(alone if able else ()), *command, "--out", str(tmp_path / "out")],
        env={**os.environ, "PYTHONPATH": f"{tmp_path / 'forbidden'}{os.pathsep}{ROOT}", "BRIEFGEN_CACHE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((tmp_path / "out").iterdir())) >= 11


# Paths ---------------------------------------------------------------------------------------------------------------


def test_links_that_lead_round_in_a_circle_are_no_end(project: Path) -> None:
    sources = project / "sources"
    (sources / "round").symlink_to(sources, target_is_directory=True)
    (sources / "a.md").symlink_to("b.md")
    (sources / "b.md").symlink_to("a.md")
    library = open_library([str(sources)])
    assert {one.title for one in library.sources} >= {"Suez Canal"}
    assert all(one.where is not None for one in library.problems)


def test_a_sidecar_or_topic_that_is_a_link_to_a_file_of_another_kind_says_nothing_of_it(project: Path) -> None:
    secret = project.parent / "secret.txt"
    secret.write_text("password: hunter2\nroot:x:0:0\n", "utf-8")
    (project / "sources" / "suez-canal.source.yaml").symlink_to(secret)
    (project / "topics" / "x.yaml").symlink_to(secret)
    said = [*sidecar(project / "sources" / "suez-canal.wikitext").problems, *load_topics(project / "topics")[1]]
    assert said
    assert not any("hunter2" in f"{one.message} {one.hint}" for one in said)


@pytest.mark.parametrize(
    "file", ["../../secret.png", "/etc/passwd", "pictures/link.png", "C:\\x.png", "\\\\evil\\x.png"]
)
def test_a_picture_outside_of_the_project_is_not_shown(file: str, tmp_path: Path) -> None:
    project = Path(shutil.copytree(SAMPLES / "lighthouse", tmp_path / "a" / "b"))
    shutil.copy(project / "pictures" / "section-of-the-tower.png", tmp_path / "secret.png")
    (project / "pictures" / "link.png").symlink_to(tmp_path / "secret.png")
    outline = project / "outline.yaml"
    outline.write_text(outline.read_text("utf-8").replace("pictures/section-of-the-tower.png", repr(file)), "utf-8")
    (project / "briefgen.yaml").write_text("course: X\n", "utf-8")
    result = build(outline, BuildOptions(("html",), tmp_path / "out"))
    assert [one for one in result.problems if one.severity == "error" and one.where]
    assert (tmp_path / "out" / "outline-handout.html").read_text("utf-8").count("<img") == 1


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub", ".md", ".html", ".rst", ".tex", ".org", ".rtf"])
def test_a_document_cannot_have_another_file_read(suffix: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("The password is hunter2, and nobody may know it but the keeper of the tower.", "utf-8")
    asks = {
        ".md": f"![x]({secret})\n\n<iframe src='{secret}'></iframe>\n\n",
        ".html": f"<p><object data='{secret}'></object><img src='{secret}'></p>",
        ".rst": f".. include:: {secret}\n\n.. raw:: html\n   :file: {secret}\n\n",
        ".tex": f"\\input{{{secret}}} \\include{{{secret}}} \\lstinputlisting{{{secret}}}\n\n",
        ".org": f'#+INCLUDE: "{secret}"\n\n',
        ".rtf": f'{{\\rtf1 {{\\field{{\\*\\fldinst INCLUDETEXT "{secret}"}}}} The tower was built in 1890.\\par}}',
    }
    prose = "The tower was built in 1890. It has stood by the sea ever since, and it was painted in 1911.\n"
    data = (asks.get(suffix, "") + prose * (suffix != ".rtf")).encode()
    if suffix in (".docx", ".odt", ".epub"):
        held = BytesIO()
        with zipfile.ZipFile(held, "w") as package:
            package.writestr("../../../../../../evil.xml", "<a/>")
            package.writestr("word/document.xml", f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><a>&x;</a>')
        data = held.getvalue()
    path = tmp_path / f"s{suffix}"
    path.write_bytes(data)
    reading = read_file(path)
    assert "hunter2" not in repr(reading)


# Bombs ---------------------------------------------------------------------------------------------------------------

YAML_BOMB = b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: *c\n"
XML_BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "lolololol">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)


def test_aliases_that_stand_for_more_than_they_are_are_refused_wherever_yaml_is_read(project: Path) -> None:
    for name in ("bomb.yaml", "topics/bomb.yaml", "sources/suez-canal.source.yaml", "briefgen.yaml"):
        (project / name).write_bytes(YAML_BOMB)
    told = (
        load_outline(project / "bomb.yaml")[1],
        load_topics(project / "topics")[1],
        sidecar(project / "sources" / "suez-canal.wikitext").problems,
        load_outline(project / "outline.yaml")[1],
    )
    for problems in told:
        assert any("anchor" in one.message or "alias" in one.message for one in problems)
        assert all(one.where for one in problems)


def packed(**named: bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in named.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return held.getvalue()


@pytest.mark.parametrize(("suffix", "part"), [(".docx", "word__document_xml"), (".odt", "content_xml")])
def test_entities_that_stand_for_more_than_they_are_are_not_expanded(suffix: str, part: str, built: Path) -> None:
    bomb = packed(**{part: XML_BOMB + b"<a>&j;</a>", "word__styles_xml": b"<a/>", "styles_xml": b"<a/>"})
    assert read("s", f"s{suffix}", bomb).source is None
    path = built / "output" / f"outline-handout{suffix}"
    path.write_bytes(bomb)
    assert all(one.status == "missing" for one in verify(path).statements)


def test_entities_in_a_saved_page_are_not_expanded() -> None:
    reading = read("s", "s.html", XML_BOMB + b"<html><body><p>The tower was built in 1890. &j;</p></body></html>")
    assert len(repr(reading)) < 20_000


def test_a_package_that_unpacks_without_end_is_refused_wherever_one_is_read(built: Path, tmp_path: Path) -> None:
    much = b"<a>" + b" " * 60_000_000 + b"</a>"
    bomb = packed(
        word__document_xml=much, content_xml=much, ppt__presentation_xml=much, word__styles_xml=much, styles_xml=much
    )
    assert len(bomb) < 400_000
    for suffix in (".docx", ".odt", ".epub"):
        assert read("s", f"s{suffix}", bomb).source is None
    for name in ("outline.pptx", "outline-handout.docx", "outline-handout.odt"):
        (built / "output" / name).write_bytes(bomb)
        assert [one.severity for one in verify(built / "output" / name).problems] == ["error"]
    (tmp_path / "own.pptx").write_bytes(bomb)
    assert [one.severity for one in template(str(tmp_path / "own.pptx"))[1]] == ["error"]


def png(wide: int, high: int, rows: bytes, extra: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = wide.to_bytes(4, "big") + high.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + extra
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [60_000, 2**31 - 1])
def test_a_picture_of_more_pixels_than_the_memory_has_is_refused(side: int, tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(png(side, side, b"\0" * 1000))
    assert "pixels" in str(read_picture(path)) or "damaged" in str(read_picture(path))


def test_text_in_a_picture_that_unpacks_without_end_is_refused_or_left_out(tmp_path: Path) -> None:
    data = b"k\0\0" + zlib.compress(b" " * 80_000_000, 9)
    text = len(data).to_bytes(4, "big") + b"zTXt" + data + zlib.crc32(b"zTXt" + data).to_bytes(4, "big")
    path = tmp_path / "x.png"
    path.write_bytes(png(2, 2, b"\0\1\2\0\3\4", text))
    assert len(repr(read_picture(path))) < 20_000


# Templates -----------------------------------------------------------------------------------------------------------

EVIL = "file://evil.example/share/x"


def with_relation(data: bytes, part: str, kind: str, target: str = EVIL) -> bytes:
    """The package with one more relation of a part to somewhere outside."""
    relation = (
        f'<Relationship Id="rIdEvil" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/>'
    ).encode()
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    with zipfile.ZipFile(BytesIO(data)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    listed = re.sub(rb"/>\s*$", b"></Relationships>", members.get(part, empty)) if part in members else empty
    members[part] = listed.replace(b"</Relationships>", relation + b"</Relationships>")
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize("kind", ["image", "video", "oleObject", "slideUpdateInfo", "hyperlink", "attachedToolbars"])
def test_what_a_template_would_load_from_elsewhere_is_left_out_of_the_deck(kind: str, tmp_path: Path) -> None:
    project = Path(shutil.copytree(SAMPLES / "lighthouse", tmp_path / "p"))
    for part in ("ppt/slideMasters/_rels/slideMaster1.xml.rels", "ppt/_rels/presentation.xml.rels"):
        (project / "own.pptx").write_bytes(with_relation(builtin(), part, kind))
        options = BuildOptions(("pptx",), project / "out", template=str(project / "own.pptx"))
        build(project / "outline.yaml", options)
        made = list(parts(project / "out" / "outline.pptx"))
        assert [name for name, data in made if b"evil.example" in data] == []
    assert len(Presentation(str(project / "out" / "outline.pptx")).slides) > 3


@pytest.mark.parametrize(
    ("part", "kind"),
    [("word/_rels/settings.xml.rels", "attachedTemplate"), ("word/_rels/document.xml.rels", "image")],
)
def test_what_a_reference_document_would_load_from_elsewhere_is_left_out(part: str, kind: str, tmp_path: Path) -> None:
    project = Path(shutil.copytree(SAMPLES / "lighthouse", tmp_path / "p"))
    ours = (ROOT / "briefgen/renderers/handout/templates/reference.docx").read_bytes()
    (project / "own.docx").write_bytes(with_relation(ours, part, kind))
    outline = project / "outline.yaml"
    outline.write_text(f"handout: {{reference: own.docx}}\n{outline.read_text('utf-8')}", "utf-8")
    build(outline, BuildOptions(("docx",), project / "out"))
    made = list(parts(project / "out" / "outline-handout.docx"))
    assert [name for name, data in made if b"evil.example" in data] == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__['os'].environ }}",
        "{{ title | attr('__class__') }}",
        "{{ '{0.__class__.__mro__}'.format(title) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ namespace.__init__.__globals__ }}",
        "{% import 'os' as os %}{{ os }}",
        "{% for x in range(10 ** 9) %}x{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ ([1] * 10 ** 9) | length }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% include '/proc/self/environ' %}",
    ],
)
def test_a_page_of_ones_own_cannot_leave_its_sandbox(text: str, tmp_path: Path) -> None:
    project = Path(shutil.copytree(SAMPLES / "lighthouse", tmp_path / "p"))
    (project / "own.html").write_text(f"<p>here</p>{text}", "utf-8")
    outline = project / "outline.yaml"
    outline.write_text(f"handout: {{html_template: own.html}}\n{outline.read_text('utf-8')}", "utf-8")
    result = build(outline, BuildOptions(("html",), project / "out"))
    page = (project / "out" / "outline-handout.html").read_text("utf-8")
    assert not re.search("uid=|environ|PATH=|<class|&lt;class|<function", page)
    told = [one for one in result.problems if one.where and one.where.file.endswith("own.html")]
    assert told or "<p>here</p>" in page


def test_what_a_source_says_stays_one_source() -> None:
    """A document that holds another's marks is still read as one."""
    reading = read("s", "s.txt", b"The tower was built in 1890. </body></html>\0 It was painted in 1911.\n" * 3)
    assert reading.source is None or isinstance(reading.source, Source)
