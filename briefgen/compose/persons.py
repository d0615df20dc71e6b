"""The persons whom a source names, and what the opening of a sentence refers to."""

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model import Insertion, Span


class People(Struct, frozen=True):
    """The persons of a source. `where` has the place of each, by first and last name, where it first stands in full.

    `families` names those who bear a family name, `given` whom a given name alone means, where there is only one.
    """

    where: dict[str, Span]
    families: dict[str, frozenset[str]]
    given: dict[str, str]

    def of_source(self, source: str) -> "People":
        """The same persons where the source has this id."""
        if all(span.source == source for span in self.where.values()):
            return self
        return replace(self, where={key: replace(span, source=source) for key, span in self.where.items()})

    def kin(self, names: frozenset[str]) -> frozenset[str]:
        """The given names, in lower case, of those whose family name is one of `names`, in lower case."""
        parted = (key.lower().rpartition(" ") for key in self.where)
        return frozenset(given for given, _, family in parted if family in names)


class Reference(Struct, frozen=True):
    """What to set in brackets in a sentence. `bare` says that it has the bare family name of one of several persons,
    and `doubt` that it is not sure whose it is."""

    insertions: tuple[Insertion, ...] = ()
    doubt: bool = False
    bare: bool = False

    def of_source(self, source: str) -> "Reference":
        """The same reference where the source has this id."""
        moved = (replace(one, span=replace(one.span, source=source)) for one in self.insertions)
        return replace(self, insertions=tuple(moved))


def shared_families(persons: Iterable[People]) -> frozenset[str]:
    """The family names that more than one person bears in some sources."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for people in persons:
        for family, keys in people.families.items():
            bearers[family] |= keys
    return frozenset(family for family, keys in bearers.items() if len(keys) > 1)
