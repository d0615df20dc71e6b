"""What a reader is given and what it gives back."""

from collections.abc import Callable

from msgspec import Struct

from briefgen.model import Source
from briefgen.problems import Location, Problem, line_and_column


class File(Struct, frozen=True):
    """A file as it is on the disk, for readers of formats that are not plain text."""

    id: str
    path: str
    sha256: str
    data: bytes


class Document(Struct, frozen=True):
    """A file, decoded. `text` has no byte order mark and its line ends are as in the file."""

    id: str
    path: str
    sha256: str
    text: str

    def place(self, offset: int) -> Location:
        """Where the code point at `offset` stands."""
        return Location(self.path, *line_and_column(self.text, offset))


class Reading(Struct, frozen=True):
    """A source, or none where the document has nothing to read, with what is wrong with it."""

    source: Source | None
    problems: tuple[Problem, ...] = ()


Reader = Callable[[Document], Reading]
"""Reads a text format; offsets count in `Document.text`."""

FileReader = Callable[[File], Reading]
"""Reads a format from its bytes; offsets count in the text that the reader takes out, as its module says."""
