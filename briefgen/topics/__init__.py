"""Topics: what a section is about, as data. One YAML file a topic, built in or beside the outlines."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from briefgen.compiled import compiled
from briefgen.model import LocatedBlock
from briefgen.problems import Location, Problem, error
from briefgen.yamlnodes import Parsed, parse, read, shape

NO_KEYS = frozenset({"id"})
"""What the name of a topic's file says, and not the file."""
_PLACE = "briefgen/topics"


class Facet(Struct, frozen=True):
    """One side of a topic: passages that hold one of `terms` go under the heading `title`."""

    title: str
    terms: tuple[str, ...]


class Trigger(Struct, frozen=True):
    """Words for the events of a topic, and where the one it is done to stands.

    `verbs` are the forms to look for. `whom` is "object" (in the passive the subject), or the words before it, such as
    "against", "capture of", the surest first. `nouns` name such an event without a verb: "the designation of X".
    """

    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    whom: tuple[str, ...] = ("object",)


class Topic(Struct, frozen=True):
    """What a section is about, and how passages on it are known.

    `terms` weighs words and phrases; one that ends in * stands for all words that begin so. `headings` are words
    that headings above such passages hold, in any case of letters. `facets` group passages. `triggers` are the verbs
    of the topic's events: who did them, to whom; `frames` say it with more care, each for words of one kind.
    `by_partner` groups bullets by whom they name most, before they are grouped by facets. `dated` is the weight of
    a date in a sentence that names the subject, as if it were a term.
    `blocks` are what a section shows that names none of its own; `opening` is the query for what its first slide
    says; `question` is the one line under its heading.
    """

    where: Location
    id: str
    title: str
    question: str = ""
    aliases: tuple[str, ...] = ()
    terms: dict[str, float] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    blocks: tuple[LocatedBlock, ...] = ()
    opening: str = ""
    triggers: tuple[str, ...] = ()
    frames: tuple[Trigger, ...] = ()
    by_partner: bool = False
    dated: float = 0.0

    @property
    def events(self) -> tuple[Trigger, ...]:
        """The words of the topic's events: `frames`, and `triggers` as verbs that take an object."""
        return (*self.frames, Trigger(self.triggers)) if self.triggers else self.frames


_Made = tuple[Topic | None, tuple[Problem, ...]]


class _Shipped(Struct, frozen=True):
    topics: tuple[_Made, ...]


def load_topics(folder: Path | None) -> tuple[dict[str, Topic], tuple[Problem, ...]]:
    """The topics by id (the file's name without its suffix), built-in ones and those in `folder`.

    A topic in `folder` takes the place of a built-in one with its id. Without the folder there are only the built-in
    ones, and no problem. A topic's title is its id where it gives none; that is a problem, like any other mistake in
    a topic's file, and the rest of the file goes on.
    """
    topics: dict[str, Topic] = {}
    problems: list[Problem] = []
    for topic, in_topic in (*_built_in(), *_own(folder)):
        problems += in_topic
        if topic:
            topics[topic.id] = topic
    return topics, tuple(problems)


@cache
def _built_in() -> tuple[_Made, ...]:
    """The shipped topics, named by their place in the package, which is the same on every machine."""
    return compiled("topics", _Shipped, _shipped).topics


def _shipped() -> "_Shipped":
    shipped = sorted(path for path in Path(__file__).parent.iterdir() if _is_yaml(path.name))
    made = (_made(one.stem, parse(one.read_bytes(), f"{_PLACE}/{one.name}")) for one in shipped)
    return _Shipped(tuple(made))


def _own(folder: Path | None) -> Iterator[_Made]:
    if folder is None or not folder.is_dir():
        return
    try:
        paths = sorted(path for path in folder.iterdir() if _is_yaml(path.name))
    except OSError as reason:
        yield None, (error(f"the folder of topics cannot be read: {reason.strerror}", "", Location(str(folder))),)
        return
    yield from (_made(path.stem, read(path)) for path in paths)


def _is_yaml(name: str) -> bool:
    return name.endswith((".yaml", ".yml"))


def _made(stem: str, parsed: Parsed) -> _Made:
    found, problems = shape(parsed, Topic, without=NO_KEYS)
    if found is None:
        return None, problems
    values: dict[str, Any] = {"title": stem, **found.values}
    return Topic(where=found.where, id=stem, **values), problems
