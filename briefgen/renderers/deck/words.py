"""The words that the deck itself adds, in one place."""

import re
from collections.abc import Sequence

AGENDA = "In this lecture"
AIMS = "By the end you should be able to"
PLAN = "Plan"
OVERVIEW = "Overview"
GUIDE = "How to read these slides"
GUIDE_LINES = (
    "A raised number leads to the source at the foot of the same slide",
    "The words are the sources’ own; “…” shows where they are cut, and [brackets] hold what the source tells elsewhere",
    "The instructor’s own words are marked",
    "The speaker notes hold the full passages and citations",
)
SOURCES_TABLE = "Sources at a glance"
SOURCES = "Sources"
CONTINUED = "(continued)"
FOLLOWS = "In this section"
AT_A_GLANCE = "At a glance"
DIFFER = "Sources differ"
MORE_NOTES = "more in the speaker notes"
PICTURE = "Picture"
CREDIT = "Credit"
INSTRUCTOR = "Instructor’s note"
REWORDED = "instructor’s wording"
PASSAGES = "passages"
OWN_WORDS = "in the instructor’s words"
EMPTY_CELL = "–"
DEAD = "† a death is told in the sources"
UNSURE_TIE = "told with a doubt, or as somebody’s word"
SUCCESSION = "→ to the successor"
QUESTIONS = "Questions for discussion"
HOW_TO_READ = (
    "How the notes count: each slide starts again at 1, and one number stands for one place in one source. "
    "“Citing” names the work that a source gives for a statement. "
    "The speaker notes have the full passages and citations."
)

LEGEND_POINT = "day or month known"
LEGEND_WIDE = "season or year only"
LEGEND_SPAN = "span of time"
LEGEND_SCALE = "scale stretched where events crowd"

SOURCE_COLUMNS = ("Source", "What it is", "Published", "Statements used")
SOURCE_KINDS = {
    "encyclopedia": "Encyclopedia article",
    "news": "News article",
    "archive": "Archive documents",
    "report": "Report",
    "book": "Book",
    "page": "Web page",
}
UNDATED = "Undated"
PLACES = {"para.": "Paragraph", "p.": "Page", "pp.": "Pages", "Doc.": "Document"}
"""The short words of notes for where something stands, in full."""
UPDATED = "last changed"
CHRONOLOGY_COLUMNS = ("Date", "Event")
TIE_COLUMNS = ("Who", "Tie", "With whom, or what else is told")
MORE_TIES = "more ties"
GLOSSARY_COLUMNS = ("Term", "What the sources say it is")
REGIONS = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "pt": "pt-PT", "nl": "nl-NL"}


LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*").fullmatch  # the shape of a BCP 47 tag


def tag(language: str) -> str:
    """The language of a text as programs know it, with its region where that is plain; English for none."""
    return REGIONS.get(language, language if LANGUAGE(language) else REGIONS["en"])


def drawn_from(count: int) -> str:
    """What the title slide says of the sources."""
    sources = "one source" if count == 1 else f"{count} sources"
    return f"Drawn from {sources}. Every statement has its source at the foot of its slide."


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them: “A, B and C”."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def slide_range(first: int, last: int) -> str:
    return f"slide {first}" if first == last else f"slides {first}–{last}"
