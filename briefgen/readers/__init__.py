"""From a file's bytes to a `Source`: one module a format, and the table that names them.

`read` never raises for what is in the file. A document that cannot be read gives no source and one problem.
"""

from hashlib import sha256
from importlib import import_module
from pathlib import PurePath

from msgspec.structs import replace

from briefgen.model import Source
from briefgen.problems import Location, error
from briefgen.readers.document import Document, File, FileReader, Reader, Reading

READERS = {
    "wikitext": "briefgen.readers.wikitext",
    "html": "briefgen.readers.html",
    "markdown": "briefgen.readers.markdown",
    "archive": "briefgen.readers.archive",
    "page": "briefgen.readers.page",
}
"""The module that reads each text format; its `read` is a `Reader`. Modules are imported when first used."""

FILE_READERS = {"pandoc": "briefgen.readers.pandoc", "pdf": "briefgen.readers.pdf"}
"""The module that reads each other format from its bytes; its `read` is a `FileReader`."""

SUFFIXES = {
    ".wikitext": "wikitext",
    ".wiki": "wikitext",
    ".mediawiki": "wikitext",
    ".xml": "wikitext",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".pdf": "pdf",
    ".docx": "pandoc",
    ".odt": "pandoc",
    ".epub": "pandoc",
    ".rtf": "pandoc",
    ".rst": "pandoc",
    ".org": "pandoc",
    ".tex": "pandoc",
    ".latex": "pandoc",
    ".txt": "",
    ".text": "",
}
"""The format that a file name's ending stands for. Empty: plain text, whose format its content tells."""


_TELLING = 40
"""Blocks at the start of a source that tell its language."""


def read(source_id: str, path: str, data: bytes, encoding: str | None = None) -> Reading:
    """What the file `path` with the content `data` says, as the source `source_id`.

    `encoding` is that of a text file, where somebody knows it.
    """
    from briefgen.readers.decode import misnamed
    from briefgen.readers.normal import normal_source

    file = File(source_id, path, sha256(data).hexdigest(), data)
    name = SUFFIXES.get(PurePath(path).suffix.lower(), "")
    other = misnamed(data, name, Location(path))
    if other:
        return Reading(None, (other,))
    reading = _file_reader(name)(file) if name in FILE_READERS else _read_text(name, file, encoding)
    if reading.source is None:
        return reading
    if not any(block.kind in ("paragraph", "item", "quote") for block in reading.source.blocks):
        nothing = error(
            "no prose was found in this source", "is it only navigation, or a list of links?", Location(path)
        )
        return Reading(None, (*reading.problems, nothing))
    return Reading(_with_language(normal_source(reading.source)), reading.problems)


def _with_language(source: Source) -> Source:
    """The source in the language of its words, where they say plainly that it is not in English, as readers assume."""
    if source.language != "en":
        return source
    from briefgen.text.languages import language_of

    told = language_of(" ".join(block.text for block in source.blocks[:_TELLING]))
    return replace(source, language=told) if told else source


def _read_text(name: str, file: File, encoding: str | None) -> Reading:
    from briefgen.readers.decode import decode

    decoded = decode(file.path, file.data, encoding)
    if decoded.text is None:
        return Reading(None, decoded.problems)
    document = Document(file.id, file.path, file.sha256, decoded.text)
    reading = _reader(name or detect(decoded.text))(document)
    return Reading(reading.source, (*decoded.problems, *reading.problems))


def detect(text: str) -> str:
    """The format of plain text, a key of `READERS`, by what stands in it."""
    from briefgen.readers.archive import looks_like_archive
    from briefgen.readers.wikitext import looks_like_wikitext

    head = text[:2000].lower()
    if "<html" in head or "<!doctype html" in head:
        return "html"
    if looks_like_wikitext(text):
        return "wikitext"
    return "archive" if looks_like_archive(text) else "page"


def _reader(name: str) -> Reader:
    reader: Reader = import_module(READERS[name]).read
    return reader


def _file_reader(name: str) -> FileReader:
    reader: FileReader = import_module(FILE_READERS[name]).read
    return reader
