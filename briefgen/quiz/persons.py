"""The persons of a brief, and which of them a passage names."""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from briefgen.model import Brief, Chart, People, Statement
from briefgen.tables import table


class Known(Struct, frozen=True):
    """A person by the name on a card: its `own` words are no other's; `facts` come with their sections."""

    name: str
    own: frozenset[str]
    facts: tuple[tuple[int, Statement], ...]

    def named_in(self, text: str) -> bool:
        """Whether a word of the name that is this person's alone stands in `text`."""
        return self.is_among(re.findall(r"\w+", text))

    def is_among(self, words: Iterable[str]) -> bool:
        """Whether such a word is one of `words`."""
        return not self.own.isdisjoint(words)


def persons_of(brief: Brief) -> tuple[Known, ...]:
    """The persons with cards, by name, but for those whose names another bears as well."""
    facts: dict[str, list[tuple[int, Statement]]] = {}
    for section in brief.sections:
        for block in section.blocks:
            for person in block.people if isinstance(block, People | Chart) else ():
                facts.setdefault(person.name, []).extend((section.number, fact) for fact in person.facts)
    words = table("text/people_en.yaml")
    common = {*words["titles"], *words["particles"]}
    parts = {name: frozenset(re.findall(r"\w+", name)) - common for name in facts}
    bearers = Counter(part for own in parts.values() for part in own)
    known = (
        Known(name, frozenset(one for one in parts[name] if bearers[one] == 1), tuple(facts[name])) for name in facts
    )
    return tuple(person for person in known if person.own)
