"""briefgen search"""

import json
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli import completions
from briefgen.cli.common import print_json, said_options, show_problems, sources_option, status_for

if TYPE_CHECKING:
    from briefgen.compose.search import Hit
    from briefgen.topics import Topic

_WORDS_TO_PIN = 8
"""Words that a pin begins with: enough to name one sentence, few enough to read at a glance."""


def _date(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    from briefgen.yamlnodes.narrowed import DATE, DATE_PATTERN

    if value is not None and not re.search(DATE_PATTERN, value):
        raise click.BadParameter(f"{value!r} is not {DATE}")
    return value


@click.command("search")
@click.argument("query", required=False, default="")
@click.option(
    "--topic", "topic_id", metavar="TOPIC", shell_complete=completions.topics, help="A topic by name, such as history."
)
@click.option("--from", "earliest", callback=_date, metavar="DATE", help="Only passages dated then or later.")
@click.option("--to", "latest", callback=_date, metavar="DATE", help="Only passages dated then or earlier.")
@sources_option
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Passages at most.")
@click.option("--explain", is_flag=True, help="Say what each score is made of.")
@said_options
def command(
    *,
    query: str,
    topic_id: str | None,
    earliest: str | None,
    latest: str | None,
    sources: tuple[str, ...],
    limit: int,
    explain: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Find passages in the sources, ready to pin in an outline.

    The best passages for QUERY come first, each with its source, place and date, and with the line that pins it
    under 'pin:' in a section. QUERY may be left out with --topic. Sources are those in the folder sources where
    --sources names none; own topics are those in the folder topics.

    With --explain each score is taken apart: what each word of the query or topic adds, in the passage or only in its
    paragraph, what a heading adds, and what the sentence's own qualities multiply the sum by.

    Example: briefgen search "travel ban" --topic sanctions
    """
    from briefgen.topics import load_topics

    topics, in_topics = load_topics(Path("topics"))
    topic = _topic(topic_id, topics)
    if not query.strip() and topic is None:
        raise click.UsageError("nothing to search for; give a QUERY or --topic")

    from briefgen.compose.search import search
    from briefgen.library import open_library

    library = open_library(sources or ("sources",))
    problems = (*in_topics, *library.problems)
    show_problems(problems, quiet)
    hits = search(library, query, topic, earliest, latest, limit)
    for hit in hits:
        if as_json:
            print_json(_as_json(hit, explain))
        elif not quiet:
            click.echo(_shown(hit, verbose, explain))
    if not (hits or quiet):
        click.echo("no passages found", err=True)
    return status_for(problems)


def _topic(topic_id: str | None, topics: Mapping[str, "Topic"]) -> "Topic | None":
    from briefgen.problems import nearest

    if topic_id is not None and topic_id not in topics:
        raise click.BadParameter(f"no topic is called {topic_id!r}; {nearest(topic_id, topics)}", param_hint="--topic")
    return topics[topic_id] if topic_id else None


def _as_json(hit: "Hit", explain: bool) -> dict[str, object]:
    names = ("source", "block", "start", "end", "text", "date", "score", "locator")
    shown: dict[str, object] = {name: getattr(hit, name) for name in names}
    if explain:
        shown["parts"] = [{"name": part.name, "value": round(part.value, 3), "times": part.times} for part in hit.parts]
    return shown


def _shown(hit: "Hit", verbose: bool, explain: bool) -> str:
    place = ", ".join(part for part in (hit.source, hit.locator, hit.date or "no date") if part)
    score = f" (score {hit.score:.2f})" if verbose or explain else ""
    parts = "".join(
        f"\n    {'×' if part.times else '+'} {part.value:5.2f}  {part.name}" for part in hit.parts * explain
    )
    return f"{textwrap.fill(' '.join(hit.text.split()), 100)}\n  {place}{score}{parts}\n  {_pin(hit)}\n"


def _pin(hit: "Hit") -> str:
    """An item for `pin:`; a string in JSON's quotes is one in YAML's, too."""
    words = " ".join(hit.text.split()[:_WORDS_TO_PIN])
    return f"- {{source: {json.dumps(hit.source, ensure_ascii=False)}, find: {json.dumps(words, ensure_ascii=False)}}}"
