"""The styles of a Word file: their identities by name, and ours where an instructor's document has none."""

from collections.abc import Collection
from copy import deepcopy
from typing import Any

from briefgen.renderers.handout.manuscript import TITLE_BLOCK
from briefgen.renderers.handout.office_files import TEMPLATES, tree, unpacked

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_REFER = ("basedOn", "next", "link")


def style_ids(styles: Any) -> dict[str, str]:
    """The identity of each style by its name."""
    return {_name(style): style.get(f"{W}styleId", "") for style in styles.iter(f"{W}style")}


def _name(style: Any) -> str:
    found = style.find(f"{W}name")
    return "" if found is None else found.get(f"{W}val", "")


def _ours() -> list[Any]:
    return list(tree(unpacked((TEMPLATES / "reference.docx").read_bytes())["word/styles.xml"]).iter(f"{W}style"))


def refer(root: Any, styles: Any) -> None:
    """Makes what refers to a style by an identity of ours refer to it by theirs; pandoc takes some for granted."""
    theirs = {name.lower(): identity for name, identity in style_ids(styles).items()}
    known = set(theirs.values())
    names = {style.get(f"{W}styleId"): _name(style).lower() for style in _ours()}
    for one in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"):
        identity = one.get(f"{W}val")
        if identity not in known and identity in names:
            one.set(f"{W}val", theirs[names[identity]])


def _take_out(style: Any, *paths: str) -> None:
    for path in paths:
        parent, _, name = path.partition("/")
        for one in style.findall(f"{W}{parent}/{W}{name}"):
            one.getparent().remove(one)


def completed(styles: Any, theirs: Collection[str]) -> None:
    """Puts those of our styles into `styles` whose names are not among `theirs`, in place of what pandoc has made.

    The band behind our title is left out where the title is theirs.
    """
    here = {_name(style).lower(): style for style in styles.iter(f"{W}style")}
    ours = _ours()
    known = {name.lower() for name in theirs}
    names = {style.get(f"{W}styleId"): _name(style).lower() for style in ours}
    ids = {name: style.get(f"{W}styleId") for name, style in here.items()}
    ids = {**{name: identity for identity, name in names.items()}, **ids}
    for style in ours:
        name = _name(style).lower()
        if name in known:
            continue
        added = deepcopy(style)
        added.set(f"{W}styleId", ids[name])
        if "title" in known and _name(style) in TITLE_BLOCK:
            _take_out(added, "pPr/pBdr", "pPr/shd", "pPr/ind", "rPr/color")
        if added.get(f"{W}default"):
            del added.attrib[f"{W}default"]
        for reference in (one for kind in _REFER for one in added.findall(f"{W}{kind}")):
            reference.set(f"{W}val", ids[names[reference.get(f"{W}val")]])
        if name in here:
            here[name].getparent().replace(here[name], added)
        else:
            styles.append(added)
