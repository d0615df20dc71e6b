"""A quotation: one passage, whole, in which somebody is heard."""

import re

from briefgen.compose.candidates import Candidate
from briefgen.compose.desk import Scored, choose
from briefgen.compose.material import Material, find, for_query, topic_title
from briefgen.model import Find, Quotation, QuoteBlock
from briefgen.problems import Location
from briefgen.tables import table

LIMIT = 48
"""Words of a quotation at most."""
_QUOTED = re.compile(r"[“\"]([^“”\"]{40,})[”\"]")
_SPEAKS = re.compile(rf"\b(?:{'|'.join(table('text/people_en.yaml')['speaking'])})\b")


def quotation(block: QuoteBlock, where: Location, material: Material) -> tuple[Quotation, ...]:
    """The passage that holds the block's words, else the best that quotes a named speaker at some length."""
    title = block.title or f"{topic_title(material)}: in the source’s own words"
    if block.find:
        wanted = Find(block.find, block.source, where=material.marks.get("find"))
        found = find(wanted, material.everything, f"the quote {block.find!r}", where, material.desk)
        return (Quotation(title, material.desk.state(found), where),) if found else ()
    pool = [scored for scored in for_query(material, block.query) if speaks(scored.candidate)]
    if block.source:
        pool = [scored for scored in pool if block.source.lower() in scored.candidate.span.source.lower()]
    weighed = [_weighed(scored) for scored in pool]
    chosen = choose(weighed, 1, material.desk, LIMIT, material.used)
    if not chosen and block.query:
        chosen = choose(weighed, 1, material.desk, LIMIT, material.used, "quotation")
    return tuple(Quotation(title, material.desk.state(candidate), where) for candidate in chosen)


def speaks(candidate: Candidate) -> bool:
    quoted = _QUOTED.search(candidate.text)
    return bool(
        quoted and candidate.entire and candidate.length <= LIMIT and _SPEAKS.search(_QUOTED.sub(" ", candidate.text))
    )


def _weighed(scored: Scored) -> Scored:
    """More for the larger share of the sentence that is the speaker's own words."""
    quoted = sum(len(found) for found in _QUOTED.findall(scored.candidate.text))
    return Scored(scored.candidate, scored.score * (0.5 + quoted / len(scored.candidate.text)))
