"""Which of a template's layouts serves which kind of slide, by what its placeholders are and where they stand."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from briefgen.renderers.deck.placeholders import Place, bodies, uses
from briefgen.renderers.deck.shapes import Role
from briefgen.renderers.deck.sheets import Sheet

OWN_NAMES: dict[Role, str] = {
    "title": "Title slide",
    "content": "Title and content",
    "opener": "Section opener",
    "title-only": "Title only",
    "two-columns": "Two columns",
    "quotation": "Quotation",
}
"""What the layouts of a template are called that is made for decks such as ours."""
TOLD: dict[Role, str] = {
    "title": "the title slide",
    "content": "title and content",
    "opener": "section openers",
    "title-only": "a title alone",
    "two-columns": "two columns",
    "quotation": "quotations",
}
INSTEAD: dict[Role, tuple[Role, ...]] = {
    "title": ("content", "title-only"),
    "content": ("title-only", "two-columns"),
    "opener": ("title-only", "content"),
    "title-only": ("content", "two-columns"),
    "two-columns": ("title-only", "content"),
    "quotation": ("title-only", "content"),
}
BUSY = 0.5
"""What room on a busy ground is worth."""
LARGE = 0.2
"""The least share of the slide that a body fills."""


class Layout(Struct, frozen=True):
    """A layout: its sheet in the package, the number of its master, its name, its own word for what it is for, and its
    placeholders.

    `room` is the area, in square inches, that its drawings leave free for a body, and `busy` says that what is behind
    that is no ground for text.
    """

    sheet: Sheet
    master: int
    name: str
    kind: str
    places: tuple[Place, ...]
    room: float
    busy: bool


class Matched(Struct, frozen=True):
    """The layout for a role, with its placeholders by use. `instead` says that it is made for something else."""

    layout: Layout
    uses: Mapping[str, Place]
    instead: bool = False


def matched(layouts: Sequence[Layout], area: float) -> dict[Role, Matched]:
    """A layout for each role, of slides of `area` square inches; none at all where there are no layouts.

    Of several masters, that is taken whose layout for content leaves the most room, and its other layouts with it.
    """
    found: dict[Role, Matched] = {}
    roomiest = sorted(layouts, key=lambda layout: -round(layout.room * (BUSY if layout.busy else 1.0)))
    calm = sorted(layouts, key=lambda layout: layout.busy)
    content = _chosen("content", roomiest, area)
    near = sorted(layouts, key=lambda layout: layout.master != content.master) if content else layouts
    for role in OWN_NAMES:
        listed = {"title": calm, "content": roomiest}.get(role, near)
        chosen = _chosen(role, listed, area)
        if chosen:
            found[role] = Matched(chosen, _uses(role, chosen))
    spare = layouts[0] if layouts else None
    for role in OWN_NAMES:
        if role not in found and spare:
            other = next((found[name] for name in INSTEAD[role] if name in found), None)
            layout = other.layout if other else spare
            found[role] = Matched(layout, uses(layout.places), instead=True)
    return found


def made_for_us(found: Mapping[Role, Matched]) -> bool:
    """Whether a template has all layouts of ours by name, and the placeholders that only such a template has."""
    named = all(role in found and found[role].layout.name == name for role, name in OWN_NAMES.items())
    return named and "eyebrow" in found["content"].uses and "details" in found["opener"].uses


def _uses(role: Role, layout: Layout) -> dict[str, Place]:
    """The layout's placeholders by use, those for its content by the role's."""
    known, free = uses(layout.places), bodies(layout.places)
    if role in ("content", "opener") and free:
        return {**known, "body": free[0]}
    if role == "quotation" and free:
        return {**known, "quotation": free[0]}
    if role == "two-columns" and len(free) > 1:
        left, right = sorted(free[:2], key=lambda place: place.at.x)
        return {**known, "left": left, "right": right}
    if role == "title" and "subtitle" not in known and free:
        return {**known, "subtitle": free[0]}
    return known


def _chosen(role: Role, layouts: Sequence[Layout], area: float) -> Layout | None:
    """The first layout that can serve a role: by our own name for it, by its own word, then by its looks."""
    fitting = [layout for layout in layouts if _SERVES[role](layout, area)]
    own = next((layout for layout in fitting if layout.name == OWN_NAMES[role]), None)
    if own:
        return own
    declared = (layout for layout in fitting if layout.kind in DECLARED.get(role, ()))
    return next(declared, None) or next((one for one in fitting if role in LOOKED_FOR), None)


DECLARED: dict[Role, tuple[str, ...]] = {
    "title": ("title",),
    "content": ("obj", "tx"),
    "title-only": ("titleOnly",),
    "two-columns": ("twoObj", "twoColTx", "twoTxTwoObj"),
}
"""The values of a layout's own `type` (ECMA-376, 19.7.15) that say what it is for."""
LOOKED_FOR: tuple[Role, ...] = ("title", "content", "title-only", "two-columns")


def _heads(layout: Layout) -> bool:
    return "title" in uses(layout.places)


def _title(layout: Layout, area: float) -> bool:
    known = uses(layout.places)
    centred = any(place.kind == "ctrTitle" for place in layout.places)
    return "title" in known and (centred or "subtitle" in known or layout.kind == "title")


def _content(layout: Layout, area: float) -> bool:
    """A title and one large body."""
    free = bodies(layout.places)
    large = [place for place in free if place.area >= LARGE * area]
    return _heads(layout) and not _title(layout, area) and len(large) == 1


def _title_only(layout: Layout, area: float) -> bool:
    return _heads(layout) and not bodies(layout.places) and not _title(layout, area)


def _columns(layout: Layout, area: float) -> bool:
    """A title and two bodies of one size beside each other."""
    free = bodies(layout.places)
    if len(free) < 2 or not _heads(layout):
        return False
    one, other = sorted(free[:2], key=lambda place: place.at.x)
    level = abs(one.at.y - other.at.y) < 0.3 and abs(one.at.h - other.at.h) < 0.3
    return level and one.at.right <= other.at.x + 0.1 and one.area >= LARGE / 2 * area


def _opener(layout: Layout, area: float) -> bool:
    return _heads(layout) and "details" in uses(layout.places) and layout.name == OWN_NAMES["opener"]


def _quotation(layout: Layout, area: float) -> bool:
    return _heads(layout) and bool(bodies(layout.places)) and layout.name == OWN_NAMES["quotation"]


_SERVES: dict[Role, Callable[[Layout, float], bool]] = {
    "title": _title,
    "content": _content,
    "opener": _opener,
    "title-only": _title_only,
    "two-columns": _columns,
    "quotation": _quotation,
}
