"""What a build is asked for, and what it made."""

from pathlib import Path

from msgspec import Struct

from briefgen.problems import Problem


class BuildOptions(Struct, frozen=True):
    """What the command line asks for; what is none or empty is left to the outline.

    With `force`, all is composed and made again, whatever is kept of it.
    """

    formats: tuple[str, ...] = ("pptx", "html")
    out: Path | None = None
    sources: tuple[str, ...] = ()
    citations: str | None = None
    template: str | None = None
    force: bool = False

    @property
    def folder(self) -> Path:
        """The folder to write to."""
        return self.out or Path("output")


class Wording(Struct, frozen=True):
    """How a source tells what others tell otherwise: its words, the source's id, and the short note to them."""

    text: str
    source: str
    note: str


class Differing(Struct, frozen=True):
    """What sources differ on, the wordings, and the slides on which any of them stands."""

    what: str
    wordings: tuple[Wording, ...]
    slides: tuple[int, ...] = ()


class BuildResult(Struct, frozen=True):
    """What was made from one outline: the files, how much is in them, and every problem met on the way.

    `files` are their paths. `unchanged` says that nothing had to be made, since they are as they would be.
    """

    title: str
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    slides: int = 0
    statements: int = 0
    sources: int = 0
    conflicts: tuple[Differing, ...] = ()
    unchanged: bool = False

    @property
    def outputs(self) -> tuple[Path, ...]:
        """The files."""
        return tuple(map(Path, self.files))


class Made(Struct, frozen=True):
    """The files of a Brief, by name, with what the deck says of them."""

    files: tuple[tuple[str, bytes], ...]
    slides: int
    problems: tuple[Problem, ...]
    places: dict[str, tuple[int, ...]] = {}
