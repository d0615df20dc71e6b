"""Archived copies of works: a link to the copy behind the note of a work whose own address still stands."""

from typing import Any

from msgspec.structs import replace

from briefgen.citations.dates import edtf_to_csl, short_date
from briefgen.citations.fixes import fix_runs, safe_url
from briefgen.model import Run


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
