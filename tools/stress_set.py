"""Write the stress set: outlines and sources that are as hard to lay out as can be.

Usage: python tools/stress_set.py FOLDER

Every statement is in place, so each outline says exactly what its deck shows. The texts are in `stress_texts.yaml`;
what is only many or long is counted out here.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from briefgen.text.letters import normal

TEXTS = Path(__file__).with_name("stress_texts.yaml")
NAMES = ("scripts", "lengths", "numbers", "hollow", "sections")

Outline = dict[str, Any]
Sources = dict[str, list[str]]


def main(folder: Path) -> list[Path]:
    """The outlines of the set, written into `folder` with their sources."""
    texts = yaml.safe_load(TEXTS.read_text("utf-8"))
    made = (_scripts(texts), _lengths(texts), _numbers(), _hollow(texts), _sections(texts))
    outlines = []
    for name, (outline, sources) in zip(NAMES, made, strict=True):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for source, paragraphs in sources.items():
            (folder / name / f"{source}.txt").write_text("\n\n".join(paragraphs) + "\n", "utf-8")
        path = folder / f"{name}.yaml"
        path.write_text(_as_yaml({**outline, "sources": name}), "utf-8")
        outlines.append(path)
    title = {"title": f"Ledgers of the harbour board, {texts['sentences']['long_title']} " * 2, "kind": "book"}
    (folder / "lengths" / "long.source.yaml").write_text(_as_yaml(title), "utf-8")
    return outlines


class _Dumper(yaml.SafeDumper):
    """Writes what stands twice twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _as_yaml(data: Mapping[str, Any]) -> str:
    made: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return made


def _yearly(texts: Iterable[str]) -> list[str]:
    """The texts, each told of a year of its own."""
    return [f"In {1890 + 3 * number}: {text}" for number, text in enumerate(texts)]


def _said(text: str, source: str, **more: object) -> dict[str, object]:
    """A statement that is its passage, letter for letter."""
    text = normal(text)
    marked = text.replace("\\", "\\\\").replace("*", "\\*")
    return {"text": marked, "passage": text, "source": source, **more}


def _every_kind(name: str, said: Sequence[dict[str, object]], heads: Sequence[str]) -> Outline:
    """A section with the same statements in every kind of block; `heads` are titles and names."""
    cards = [{"name": head, "facts": list(said[index :: len(heads)]) or [said[0]]} for index, head in enumerate(heads)]
    rows = [
        {"cells": [head, str(one["passage"])], **one} for head, one in zip(_round(heads, len(said)), said, strict=True)
    ]
    half = len(said) // 2 or 1
    compare = {
        "title": heads[0],
        "left": {"label": heads[0], "statements": list(said[:half])},
        "right": {"label": heads[-1], "statements": list(said[half:]) or [said[0]]},
    }
    return {
        "title": name,
        "question": heads[0],
        "opening": list(said[:3]),
        "blocks": [
            {"bullets": {"title": heads[0], "statements": list(said)}},
            {"timeline": {"title": heads[-1], "events": list(said)}},
            {"people": {"title": heads[0], "cards": cards}},
            {"table": {"title": heads[-1], "columns": ["who", "passage"], "rows": rows}},
            {"quote": {"title": heads[0], "statement": said[-1]}},
            {"compare": compare},
            {"say": str(said[0]["passage"]), "title": heads[-1]},
            {"questions": [str(one["passage"]) for one in said], "title": heads[0]},
        ],
    }


def _round(heads: Sequence[str], count: int) -> list[str]:
    return [heads[index % len(heads)] for index in range(count)]


def _scripts(texts: Mapping[str, Any]) -> tuple[Outline, Sources]:
    """Every script in every kind of block, and as titles and names; markup that is no markup."""
    scripts, markup = texts["scripts"], texts["markup"]
    spoken, marked = _yearly(scripts.values()), _yearly(markup.values())
    said = [_said(text, "scripts") for text in spoken]
    written = [_said(text, "markup") for text in marked]
    heads = [text[:40] for text in scripts.values()]
    sections = [_every_kind("Scripts", said, list(scripts)), _every_kind("Scripts above", said[:4], heads)]
    sections.append(_every_kind("Markup", written, list(markup.values())))
    outline = {
        "title": "Scripts – 橋 – גשר – جسر – 🌉",
        "subtitle": scripts["Arabic"],
        "course": scripts["Thai"],
        "objectives": list(scripts.values()),
        "sections": sections,
    }
    plain = [
        "The bridge",
        "What follows was said of the bridge by those who crossed it, each in a tongue of their own.",
    ]
    return outline, {"scripts": [*plain, *spoken], "markup": [*plain, *marked]}


def _long(texts: Mapping[str, str], words: int, number: int = 0) -> str:
    """A sentence of about so many words."""
    start, middle, end = (texts[key] for key in ("start", "middle", "end"))
    times = (words - len(start.split()) - len(end.split())) // len(middle.split()) + 1
    return f"{start} {1800 + number} {' '.join([middle] * times)} {end}"


def _lengths(texts: Mapping[str, Any]) -> tuple[Outline, Sources]:
    """A sentence of 200 words, a word of 60 letters, a title of 300, objectives of 100 words, 20 facts, a long note."""
    own = texts["sentences"]
    long, word, title = _long(own, 200), own["long_word"], own["long_title"]
    worded = f"The board called it {word} and paid {word}-{word} for it."
    facts = [f"In {1850 + n} the keeper {_long(own, 10 + 3 * n, n)[4:]}" for n in range(20)]
    said = [_said(text, "long") for text in (long, worded, facts[0])]
    person = {"name": title, "facts": [_said(fact, "long") for fact in facts], "dead": True}
    more = {"people": {"title": "Twenty facts", "cards": [person, {"name": word, "facts": [said[0], said[1]]}]}}
    section = _every_kind("Lengths", said, [title, word])
    section["blocks"].append(more)
    outline = {
        "title": title,
        "subtitle": long,
        "course": title,
        "author": title,
        "objectives": [_long(own, 100, n) for n in range(5)],
        "sections": [section, _every_kind(title, said, [title, word]), _every_kind(word, said[1:], [word])],
    }
    return outline, {"long": ["The ledgers", long, worded, *facts]}


def _numbers() -> tuple[Outline, Sources]:
    """Eighty bullets, sixty events in one year, and a table of three hundred rows."""
    bullets = [f"The boat number {n} left the harbour with {7 * n} barrels of salted fish." for n in range(1, 81)]
    days = [date(1912, 1, 3) + timedelta(days=6 * n) for n in range(60)]
    events = [f"On {day.day} {day:%B} 1912 the pilots counted {3 * n} sails." for n, day in enumerate(days)]
    rows = [f"The merchant of house {n} paid {n * n} crowns to the keeper of the gate." for n in range(1, 301)]
    dated = [_said(text, "boats", date=day.isoformat()) for day, text in zip(days, events, strict=True)]
    cells = [
        {**_said(text, "boats"), "cells": [f"House {n}", "paid", text.split(" paid ")[1]]}
        for n, text in enumerate(rows, 1)
    ]
    blocks = [
        {"bullets": {"title": "Eighty bullets", "statements": [_said(text, "boats") for text in bullets]}},
        {"timeline": {"title": "Sixty events in one year", "events": dated}},
        {"table": {"title": "Three hundred rows", "columns": ["who", "measure", "whom"], "rows": cells}},
    ]
    outline = {"title": "Numbers", "sections": [{"title": "Many", "blocks": blocks}]}
    return outline, {"boats": ["The boats", *bullets, *events, *rows]}


def _hollow(texts: Mapping[str, Any]) -> tuple[Outline, Sources]:
    """Titles, labels, cells and names that are empty, or nothing but blanks and signs that are not drawn."""
    text = texts["scripts"]["Greek"]
    said = [_said(text, "greek")]
    blanks = ("", " ", "\u00a0", "\u200b", "\u2067\u2069", "\u00ad")
    sections = [_every_kind(blank, said, [blank]) for blank in blanks]
    sections.append(
        {"title": "What is left", "question": "\u2067\u2069", "blocks": [{"bullets": {"statements": said}}]}
    )
    return {"title": " ", "subtitle": "\u00a0", "objectives": [" "], "sections": sections}, {"greek": ["Greek", text]}


def _sections(texts: Mapping[str, Any]) -> tuple[Outline, Sources]:
    """Fifteen sections, every other with a long heading."""
    own = texts["sentences"]
    lines = [f"The board met {n} times in the year {1900 + n}, and nobody wrote down why it did." for n in range(15)]
    sections = []
    for number, line in enumerate(lines):
        heading = f"Section the {number + 1}th" if number % 2 else own["long_title"][:: number + 1]
        blocks = [{"bullets": {"statements": [_said(line, "board")]}}]
        sections.append({"title": heading, "question": own["long_title"], "blocks": blocks})
    return {"title": "Fifteen sections", "sections": sections}, {"board": ["The board", *lines]}


if __name__ == "__main__":
    for written in main(Path(sys.argv[1])):
        print(written)
