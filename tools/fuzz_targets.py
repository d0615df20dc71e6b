"""What is fuzzed: files that users or strangers write, each given to the command that reads it.

A target holds if the command ends by itself, raises nothing, and every problem that it says has a place.
"""

import atexit
import contextlib
import io
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

import click
from msgspec import Struct
from mutations import Mutate, spoiled_bytes, spoiled_json, spoiled_lines, spoiled_package, spoiled_xml, spoiled_yaml

import briefgen.pandoc as pandoc_itself
from briefgen.build import build
from briefgen.cli import briefgen
from briefgen.pandoc import run as pandoc
from briefgen.results import BuildOptions

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "tests" / "samples"
ALL_FORMATS = ("pptx", "slides-html", "html", "pdf", "docx", "odt", "quiz", "gift", "moodle", "qti")
pandoc_itself.SECONDS_AT_MOST = 8
"""Some texts keep pandoc busy for minutes; what is looked at here is what briefgen says then."""
_WITHOUT_A_PLACE = re.compile(r"^(?:error|warning): .*", re.MULTILINE)


class Target(Struct, frozen=True):
    """What reads a file: `run` is given a folder of its own and the file's bytes, and raises where something is wrong.

    `mutate` spoils one of `seeds`.
    """

    name: str
    group: str
    seeds: Callable[[], tuple[bytes, ...]]
    mutate: Mutate
    run: Callable[[Path, bytes], None]


class NoPlaceError(Exception):
    """A problem that does not say where it is."""


def said_by(*arguments: str) -> str:
    """What the command prints. Whatever it raises, but for wrong usage, passes through."""
    said_bytes = io.BytesIO()
    held = io.TextIOWrapper(said_bytes, "utf-8", "backslashreplace", write_through=True)
    with contextlib.redirect_stdout(held), contextlib.redirect_stderr(held), contextlib.suppress(click.ClickException):
        briefgen.main(list(arguments), prog_name="briefgen", standalone_mode=False)
    said = said_bytes.getvalue().decode("utf-8")
    if found := _WITHOUT_A_PLACE.search(said):
        raise NoPlaceError(found[0][:300])
    return said


def cleared(folder: Path) -> Path:
    """The folder, with nothing in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _samples(pattern: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(SAMPLES.glob(pattern)))


# YAML ----------------------------------------------------------------------------------------------------------------

_DEFAULTS = b"""course: GEOG 210
author: A. Teacher
language: en
citations: apa
template: hall
objectives: [Tell who built it]
minutes: 30
prefer: [suez]
avoid: [pilots]
handout: {editions: [student, instructor], blanks: 3, questions: 4, paper: a4, two_columns: true, one_page: false}
"""
_SIDECAR = b"""title: The Suez Canal
authors: [A. Smith, 'Jones, B.']
publisher: Openpedia
published: 2011-10-07
modified: 2012
url: https://example.org/a?b=c
kind: encyclopedia
license: CC BY 4.0
language: en
encoding: utf-8
"""
_EVERYTHING = b"""title: All
sources: sources
minutes: 20
sections:
  - title: A
    question: Why?
    slides: 6
    blocks:
      - timeline: {from: 1850, to: 1956-07-26, at_most: 5}
      - people: {at_most: 3}
      - chart: {at_most: 4}
      - compare: {title: T, left: {label: L, query: canal tolls}, right: {label: R, find: peasants}}
      - glossary: {terms: [canal], at_most: 3}
      - bullets:
          title: In place
          statements:
            - {text: 'The **canal** was opened', passage: 'The canal was opened.', source: suez, span: '3:0-20'}
      - questions: [Why?]
      - say: Words.
        title: T
        cite: [{find: most of the diggers}]
"""


def _project(folder: Path) -> Path:
    return Path(shutil.copytree(SAMPLES / "canal", cleared(folder), dirs_exist_ok=True))


@cache
def _frozen() -> bytes:
    """The outline of the small project, frozen: every way of writing a statement in place."""
    with tempfile.TemporaryDirectory() as held:
        folder = _project(Path(held) / "project")
        said_by("freeze", str(folder / "outline.yaml"))
        return (folder / "outline-frozen.yaml").read_bytes()


def _outlines() -> tuple[bytes, ...]:
    return (*_samples("*/outline.yaml"), _EVERYTHING, _frozen())


def _outline(command: Sequence[str], folder: Path, data: bytes) -> None:
    project = _project(folder)
    (project / "outline.yaml").write_bytes(data)
    said_by(*command, str(project / "outline.yaml"), "--out", str(project / "output"))


def _defaults(folder: Path, data: bytes) -> None:
    project = _project(folder)
    (project / "briefgen.yaml").write_bytes(data)
    said_by("check", str(project / "outline.yaml"))


def _sidecar(folder: Path, data: bytes) -> None:
    project = _project(folder)
    (project / "sources" / "suez-canal.source.yaml").write_bytes(data)
    said_by("read", str(project / "sources" / "suez-canal.wikitext"))
    said_by("check", str(project / "outline.yaml"))


def _topic(folder: Path, data: bytes) -> None:
    project = _project(folder)
    (project / "topics" / "traffic.yaml").write_bytes(data)
    said_by("check", str(project / "outline.yaml"))


# Readers -------------------------------------------------------------------------------------------------------------

_MARKDOWN = b"""---
title: The Pier
author: Ada Quay
date: 2014-05-12
---

# How it was built

The pier was opened in 1887.^[Ada Quay, *Harbour Review*, 3 May 1931.] It was *closed* again in
[1923](https://example.org/closed), and 10^6^ people had walked on it.

- The first boat was the Gull.
    - Her captain was Omar Lindqvist.

> He said that the sea would have it back.

| boat | year |
|------|------|
| Gull | 1887 |
"""


@cache
def _written(form: str) -> tuple[bytes, ...]:
    made, _ = pandoc(["--from=markdown", f"--to={form}", "--standalone", "--output=-"], _MARKDOWN)
    return (made,)


def _read(suffix: str, folder: Path, data: bytes) -> None:
    file = cleared(folder) / f"source{suffix}"
    file.write_bytes(data)
    said_by("read", str(file))
    said_by("read", str(file), "--json")


def _dates(folder: Path, data: bytes) -> None:
    file = cleared(folder) / "text.txt"
    file.write_bytes(data)
    said_by("dates", str(file), "--plain")


# Templates and other files of users ----------------------------------------------------------------------------------


def _built_in_templates() -> tuple[bytes, ...]:
    found = sorted((ROOT / "briefgen" / "renderers" / "deck" / "templates").glob("*.pptx"))
    return tuple(path.read_bytes() for path in found)


def _named_in(line: str, name: str, formats: str, folder: Path, data: bytes) -> None:
    """The outline of a small project that names the file, made in `formats`."""
    project = Path(shutil.copytree(SAMPLES / "lighthouse", cleared(folder), dirs_exist_ok=True))
    (project / name).write_bytes(data)
    outline = project / "outline.yaml"
    outline.write_text(f"{line}\n{outline.read_text('utf-8')}", "utf-8")
    said_by("build", str(outline), "--out", str(project / "output"), "--to", formats)


def _template(folder: Path, data: bytes) -> None:
    _named_in("template: own.pptx", "own.pptx", "pptx", folder, data)
    said_by("templates", str(folder / "own.pptx"))


def _deck_check(folder: Path, data: bytes) -> None:
    deck = cleared(folder) / "deck.pptx"
    deck.write_bytes(data)
    said_by("check", "--built", str(deck))


def _picture(folder: Path, data: bytes) -> None:
    _named_in("", "pictures/beam.gif", "html", folder, data)


def _references() -> tuple[bytes, ...]:
    return ((ROOT / "briefgen" / "renderers" / "handout" / "templates" / "reference.docx").read_bytes(),)


def _pages() -> tuple[bytes, ...]:
    own = b"""<title>{{ title }}</title>{% for section in sections %}<h2>{{ section.title }}</h2>
{% for block in section.blocks %}{{ block.html }}{% endfor %}{% endfor %}{{ main }}"""
    return (own, b"<p>{% if 1 %}{{ title | upper }}{% set x = 3 %}{{ x * 2 }}{% endif %}</p>")


def _csl() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted((ROOT / "briefgen/citations/styles").glob("*.csl"))[:4])


def _style(folder: Path, data: bytes) -> None:
    style = cleared(folder) / "own.csl"
    style.write_bytes(data)
    (folder / "works.json").write_bytes(_WORKS)
    said_by("cite", str(folder / "works.json"), "--style", str(style))


# Bibliographies ------------------------------------------------------------------------------------------------------

_WORKS = b"""[{"id": "suez-canal", "type": "book", "title": "The Canal", "author": [{"family": "Berg", "given": "Lena"},
{"literal": "A Body"}], "issued": {"date-parts": [[1999, 3, 4]]}, "publisher": "P", "publisher-place": "Oslo",
"page": "3-5", "URL": "https://example.org/x", "DOI": "10.1000/1", "custom": {"file": "a:pilots.html:text/html"}},
{"id": 2, "type": "article-journal", "container-title": "J", "volume": 3, "issued": {"raw": "c. 1970"}}]"""
_BIB = b"""@string{j = "Journal"}
@book{suez-canal, title = {The {Canal}}, author = {Berg, Lena and {A Body} and others}, date = {1999-03-04/2000},
  publisher = {P}, url = {https://example.org/x}, file = {:pilots.html:text/html}, note = {\\emph{a} \\"o \\& \\ss{}}}
@article{b, title = "B", journal = j, year = 1970, month = mar, pages = {3--5}}
"""
_RIS = b"""TY  - BOOK
ID  - suez-canal
AU  - Berg, Lena
TI  - The Canal
PY  - 1999/03/04/
UR  - https://example.org/x
L1  - pilots.html
SP  - 3
EP  - 5
ER  -

TY  - JOUR
TI  - B
DA  - 1970
ER  -
"""


def _bibliography(suffix: str, folder: Path, data: bytes) -> None:
    project = cleared(folder)
    (project / f"bibliography{suffix}").write_bytes(data)
    shutil.copy(SAMPLES / "canal" / "sources" / "pilots.html", project)
    said_by("read", str(project / "pilots.html"))
    said_by("cite", str(project / f"bibliography{suffix}"))
    for form in ("biblatex", "ris"):
        said_by("bibliography", str(project / "pilots.html"), "--to", form)


# What was built ------------------------------------------------------------------------------------------------------


@cache
def _built() -> Path:
    """The small project with every output; it lives as long as the program."""
    folder = Path(tempfile.mkdtemp(prefix="briefgen-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    project = _project(folder / "project")
    build(project / "outline.yaml", BuildOptions(ALL_FORMATS, project / "output"))
    return project


def _made(name: str) -> tuple[bytes, ...]:
    return ((_built() / "output" / name).read_bytes(),)


def _verified(name: str, folder: Path, data: bytes) -> None:
    """A spoiled output, or its evidence, verified beside what else was built."""
    shutil.copytree(_built(), cleared(folder), dirs_exist_ok=True)
    (folder / "output" / name).write_bytes(data)
    beside = "outline.pptx" if name.endswith(".json") else name
    for file in {name, beside}:
        said_by("verify", str(folder / "output" / file), "--verbose")


def _reader(suffix: str, seeds: Callable[[], tuple[bytes, ...]], mutate: Mutate) -> Target:
    return Target(f"read{suffix}", "readers", seeds, mutate, partial(_read, suffix))


def _output(name: str, mutate: Mutate) -> Target:
    return Target(f"verify:{name}", "verify", partial(_made, name), mutate, partial(_verified, name))


TARGETS: tuple[Target, ...] = (
    Target("outline", "yaml", _outlines, spoiled_yaml, partial(_outline, ("check",))),
    Target("formats", "yaml", _outlines, spoiled_yaml, partial(_outline, ("build", "--to", ",".join(ALL_FORMATS)))),
    Target("briefgen.yaml", "yaml", lambda: (_DEFAULTS,), spoiled_yaml, _defaults),
    Target("sidecar", "yaml", lambda: (_SIDECAR,), spoiled_yaml, _sidecar),
    Target("topic", "yaml", partial(_samples, "canal/topics/*.yaml"), spoiled_yaml, _topic),
    _reader(".wikitext", partial(_samples, "*/sources/*.wikitext"), spoiled_lines),
    _reader(".html", partial(_samples, "*/sources/*.html"), spoiled_lines),
    _reader(".md", lambda: (_MARKDOWN, *_samples("*/sources/*.md")), spoiled_lines),
    _reader(".txt", partial(_samples, "*/sources/*.*"), spoiled_lines),
    _reader(".docx", partial(_written, "docx"), spoiled_package),
    _reader(".odt", partial(_written, "odt"), spoiled_package),
    _reader(".epub", partial(_written, "epub3"), spoiled_package),
    _reader(".rtf", partial(_written, "rtf"), spoiled_bytes),
    _reader(".rst", partial(_written, "rst"), spoiled_lines),
    _reader(".tex", partial(_written, "latex"), spoiled_lines),
    _reader(".pdf", partial(_made, "outline-handout.pdf"), spoiled_bytes),
    Target("dates", "readers", partial(_samples, "*/sources/*.*"), spoiled_lines, _dates),
    Target("template", "templates", _built_in_templates, spoiled_package, _template),
    Target("deck check", "templates", partial(_made, "outline.pptx"), spoiled_package, _deck_check),
    Target(
        "reference.docx",
        "templates",
        _references,
        spoiled_package,
        partial(_named_in, "handout: {reference: own.docx}", "own.docx", "docx"),
    ),
    Target(
        "page of one's own",
        "templates",
        _pages,
        spoiled_lines,
        partial(_named_in, "handout: {html_template: own.html}", "own.html", "html"),
    ),
    Target("picture", "templates", partial(_samples, "*/pictures/*"), spoiled_bytes, _picture),
    Target("style", "bibliographies", _csl, spoiled_xml, _style),
    Target("works.json", "bibliographies", lambda: (_WORKS,), spoiled_json, partial(_bibliography, ".json")),
    Target("works.bib", "bibliographies", lambda: (_BIB,), spoiled_lines, partial(_bibliography, ".bib")),
    Target("works.ris", "bibliographies", lambda: (_RIS,), spoiled_lines, partial(_bibliography, ".ris")),
    _output("outline.evidence.json", spoiled_json),
    _output("outline.pptx", spoiled_package),
    _output("outline-slides.html", spoiled_lines),
    _output("outline-handout.html", spoiled_lines),
    _output("outline-handout.docx", spoiled_package),
    _output("outline-handout.odt", spoiled_package),
    _output("outline-handout.pdf", spoiled_bytes),
    _output("outline-quiz-key.html", spoiled_lines),
)
