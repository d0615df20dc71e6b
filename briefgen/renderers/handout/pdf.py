"""The handout as a PDF: typst sets a template over the sheet's data; tagged by PDF/UA-1, with its fonts inside."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.model import Brief, Pixels, images_in
from briefgen.problems import Location, Problem, error
from briefgen.renderers.handout.onepage import droppable, shortened
from briefgen.renderers.handout.printed import Sheet
from briefgen.renderers.handout.sheet import sheet
from briefgen.renderers.handout.typeset import printed_data
from briefgen.renderers.pictures import NO_PICTURES, Pictures
from briefgen.userfiles import read_bytes

TEMPLATES = Path(__file__).parent / "templates"
MAIN, PARTS = "handout.typ", ("look.typ", "marks.typ", "pages.typ", "units.typ")
STANDARD = "ua-1"
"""PDF/UA-1 (ISO 14289-1): typst refuses to write a file that is not tagged as it asks."""
MISSING = "□"
"""What stands for a character that no font has."""
_FIRST_MISSING = "\u0250"
"""Latin letters before this one have glyphs; typst names them where a sign that they bear has none."""
_NO_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_TURNS = 11
"""typst keeps what the ten compilations before needed, tens of MiB a handout: after so many it has forgotten all."""
_NAMED = 12
"""How many missing characters a problem names."""


class _Fonts(Struct, frozen=True):
    """Fonts as typst knows them, and the families that users add, which stand in for letters that its own lacks."""

    loaded: Any
    families: tuple[str, ...] = ()


class _Job(Struct, frozen=True):
    """One handout to set. Characters in `missing` are shown as such, pictures in `unplaced` by their words."""

    brief: Brief
    content: Sheet
    pictures: Pictures
    fonts: _Fonts
    folder: Path
    missing: frozenset[str] = frozenset()
    unplaced: frozenset[str] = frozenset()


def render_pdf(
    brief: Brief, pictures: Pictures = NO_PICTURES, printed: Sheet | None = None
) -> tuple[bytes, tuple[Problem, ...]]:
    """The handout of `brief`, or the edition that is `printed`, as a PDF, and the problems met.

    There are no bytes where typst cannot set it at all.

    The same brief, pictures and fonts give the same bytes: no font of the machine is used, and the date is the
    outline's. A character without a glyph is shown as a box, and a picture that cannot be read by its words; each is an
    error.
    """
    where = Location(brief.sections[0].where.file) if brief.sections else None
    _forget()
    with TemporaryDirectory() as folder:
        fonts, problems = _fonts_of(brief, Path(folder), where)
        gone = frozenset(image.picture.sha256 for image in images_in(brief)) - pictures.keys()
        job = _Job(brief, printed or sheet(brief), pictures, fonts, Path(folder), unplaced=gone)
        data, found = _made(_on_one_page(job) if brief.handout.one_page else job)
    return data, tuple(replace(one, where=one.where or where) for one in (*problems, *found))


def _on_one_page(job: _Job) -> _Job:
    """The job without as many of the least important passages as it takes to fill one page, found by setting it."""
    few, many = 0, droppable(job.content)
    while few < many:
        middle = (few + many) // 2
        data, _ = _made(replace(job, content=shortened(job.content, middle)))
        if data and _page_count(data) == 1:
            many = middle
        else:
            few = middle + 1
    return replace(job, content=shortened(job.content, few))


def _page_count(data: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return len(document)


def _made(job: _Job, attempts: int = 4) -> tuple[bytes, tuple[Problem, ...]]:
    """The file, tried again without what typst refuses."""
    try:
        data = _compiled(job)
    except RuntimeError as fault:  # typst's own errors are of this kind
        mended = _without(job, fault)
        if attempts and mended != job:
            return _made(mended, attempts - 1)
        hint = "use the HTML handout (--to html), and tell those who make briefgen what typst says"
        return b"", (*_left_out(job), error(f"typst cannot set the PDF: {fault}", hint))
    return data, _left_out(job)


def _compiled(job: _Job) -> bytes:
    kept = {key: one for key, one in job.pictures.items() if key not in job.unplaced}
    names = {key: f"/{_file(job.folder, key, one)}" for key, one in kept.items()}
    data = printed_data(job.brief, job.content, names, job.fonts.families)
    text = msgspec.json.encode(data)
    if job.missing:
        text = re.sub(f"[{re.escape(''.join(job.missing))}]", MISSING, text.decode()).encode()
    return typeset({**templates(), "sheet.json": text}, job.folder, job.fonts.loaded)


def typeset(files: Mapping[str, bytes], root: Path, fonts: Any) -> bytes:
    """The PDF that typst makes of `files`, the first of them the main one; it reads other files below `root` alone."""
    import typst

    compile_files: Any = typst.compile  # its declared types know no dictionary of files
    made: bytes = compile_files(
        dict(files),
        root=root,
        format="pdf",
        pdf_standards=[STANDARD],
        font_paths=fonts,
        ignore_system_fonts=True,
    )
    return made


@cache
def templates() -> Mapping[str, bytes]:
    """The files of the template, by the names under which typst finds them."""
    main = (TEMPLATES / MAIN).read_bytes()
    return {"main.typ": main, **{name: (TEMPLATES / name).read_bytes() for name in PARTS}}


def _forget() -> None:
    """Compilations of nothing, so many that typst drops all that it kept of those before."""
    import typst

    for _ in range(_TURNS):
        typst.compile(b"", font_paths=_own_fonts().loaded, ignore_system_fonts=True, format="svg")


# What cannot be set ---------------------------------------------------------------------------------------------


def _without(job: _Job, fault: RuntimeError) -> _Job:
    """The job without the characters that have no glyph, or without the pictures that cannot be read."""
    texts = map(_unescaped, _NO_GLYPH.findall(getattr(fault, "diagnostic", "")))
    shown = {char for text in texts for char in text if char >= _FIRST_MISSING and char != MISSING}
    if shown - job.missing:
        return replace(job, missing=job.missing | shown)
    unread = {key for key, one in job.pictures.items() if not _is_read(job.folder, key, one)}
    return replace(job, unplaced=job.unplaced | unread)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


def _is_read(folder: Path, key: str, pixels: Pixels) -> bool:
    import typst

    try:
        file = _file(folder, key, pixels)
        source: Any = f'#image("/{file}")'.encode()
        typst.compile(source, root=folder, format="pdf", ignore_system_fonts=True)
    except RuntimeError:
        return False
    return True


def _file(folder: Path, key: str, pixels: Pixels) -> str:
    """The name of the file in `folder` that a picture is put into for typst, which reads pictures from files alone."""
    name = f"{key}.{pixels.media_type.rpartition('/')[2]}"
    if not (folder / name).exists():
        (folder / name).write_bytes(pixels.data)
    return name


def _left_out(job: _Job) -> tuple[Problem, ...]:
    problems = []
    if job.missing:
        first = sorted(job.missing)[:_NAMED]
        named = ", ".join(f"{char} (U+{ord(char):04X})" for char in first)
        more = f" and {len(job.missing) - len(first)} more" if len(job.missing) > len(first) else ""
        hint = "name a font file that has them under `fonts` of `handout`, or use the HTML handout (--to html)"
        problems.append(error(f"the PDF's fonts have no {named}{more}: shown as {MISSING}", hint))
    problems += [
        error(
            f"the picture {image.picture.path} cannot be set in the PDF",
            "its words stand in its place; save it anew as PNG",
            image.where,
        )
        for image in images_in(job.brief)
        if image.picture.sha256 in job.unplaced
    ]
    return tuple(problems)


# Fonts ----------------------------------------------------------------------------------------------------------


@cache
def _own_fonts() -> _Fonts:
    """Those that come with typst, alike on every machine: Libertinus Serif is what the template asks for."""
    import typst

    return _Fonts(typst.Fonts(include_system_fonts=False))


def _fonts_of(brief: Brief, folder: Path, where: Location | None) -> tuple[_Fonts, tuple[Problem, ...]]:
    """The fonts for a brief: typst's own, and the files that the outline names, each copied into `folder` alone."""
    if not brief.handout.fonts:
        return _own_fonts(), ()
    import typst

    problems = []
    for number, name in enumerate(brief.handout.fonts):
        try:
            (folder / f"{number:03}{Path(name).suffix.lower()}").write_bytes(read_bytes(Path(name)))
        except (OSError, ValueError) as fault:
            reason = getattr(fault, "strerror", None) or str(fault)
            problems.append(
                error(f"the font {name} cannot be read: {reason}", "its path is seen from the outline", where)
            )
    loaded = typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
    families = {Path(one.path).stem: one.family for one in loaded.fonts() if one.path}
    problems += [
        error(f"{name} is no font that can be used", "accepted: a .ttf, .otf or .ttc file", where)
        for number, name in enumerate(brief.handout.fonts)
        if (folder / f"{number:03}{Path(name).suffix.lower()}").exists() and f"{number:03}" not in families
    ]
    return _Fonts(loaded, tuple(dict.fromkeys(families[key] for key in sorted(families)))), tuple(problems)
