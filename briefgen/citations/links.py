"""Links of notes and entries: the title leads to the work, and a word behind it to its archived copy."""

from typing import Any

from msgspec.structs import replace

from briefgen.citations.dates import edtf_to_csl, short_date
from briefgen.citations.fixes import clean_text, fix_runs, safe_url
from briefgen.model import Run


def with_linked_title(runs: tuple[Run, ...], item: dict[str, Any]) -> tuple[Run, ...]:
    """`runs` in which the title of the item leads to its address, which then need not be a link itself."""
    url, title = safe_url(str(item.get("URL") or "")), clean_text(str(item.get("title") or ""))
    if not url or not title:
        return runs
    for index, run in enumerate(runs):
        at = -1 if run.url else run.text.casefold().find(title.casefold())
        if at >= 0 and len(run.text) == len(run.text.casefold()):
            end = at + len(title)
            parts = (run.text[:at], run.text[at:end], run.text[end:])
            pieces = tuple(replace(run, text=part, url=url if part is parts[1] else None) for part in parts)
            rest = (replace(one, url=None) if one.text == one.url == url else one for one in runs[index + 1 :])
            return tuple(one for one in (*runs[:index], *pieces, *rest) if one.text)
    return runs


def with_copy(runs: tuple[Run, ...], item: dict[str, Any]) -> tuple[Run, ...]:
    """`runs` with "(archived 1 June 2012)" before the final full stop, where the item names a copy it does not cite."""
    custom = item.get("custom")
    url = safe_url(str(custom.get("archive-url") or "")) if isinstance(custom, dict) else None
    if not runs or not isinstance(custom, dict) or not url or url == item.get("URL"):
        return runs
    date = short_date(edtf_to_csl(str(custom.get("archive-date") or "")))
    words = f"archived {date}" if date else "archived copy"
    end = "." if runs[-1].text.endswith(".") and not runs[-1].url else ""
    head = (*runs[:-1], replace(runs[-1], text=runs[-1].text[: -len(end)] if end else runs[-1].text))
    return fix_runs((*head, Run(" ("), Run(words, url=url), Run(f"){end or ''}")))
