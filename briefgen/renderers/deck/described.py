"""What a source is and when it was published, in the deck's words."""

from briefgen.model import SourceSummary
from briefgen.renderers.days import date_words
from briefgen.renderers.deck import words

TITLE_LONGEST = 120  # characters


def what_it_is(source: SourceSummary) -> str:
    """The kind of a source, and its title."""
    kind = words.SOURCE_KINDS[source.kind]
    return f"{kind}, “{source.title[:TITLE_LONGEST]}”" if source.title else kind


def when_published(source: SourceSummary) -> str:
    """The day of a source, and of its last change, or that it has none."""
    dates = [date_words(source.published)] if source.published else []
    if source.modified and source.modified != source.published:
        dates.append(f"{words.UPDATED} {date_words(source.modified)}")
    when = "; ".join(dates) or words.UNDATED
    return when[:1].upper() + when[1:]


def named(source: SourceSummary) -> str:
    """What a source is called for short."""
    return source.label or source.title or source.id
