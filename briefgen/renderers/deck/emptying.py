"""A presentation made ready for slides of ours: without slides of its own, with a master for speaker notes."""

import posixpath
from typing import Any

from lxml import etree
from msgspec.structs import replace

from briefgen.renderers.deck.opening import opened
from briefgen.renderers.deck.package import OFFICE, PRESENTATION, ROOT, Names, Package, Part, Relations
from briefgen.renderers.deck.placeholders import P
from briefgen.renderers.deck.sheets import RELATION
from briefgen.renderers.deck.template import builtin
from briefgen.renderers.deck.xml import HEAD

SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""The extension of a presentation that has the named sections of its slides (MS-PPTX, 2.2.4.6)."""
MACROS = "vbaProject"
NOTES_MASTER = f"{OFFICE}/notesMaster"
_ABOUT_THE_FILE = ("core-properties", "extended-properties", "thumbnail", "origin")
"""What a package says of itself and its own slides: properties, a picture of the first, and the origin of its
signatures, which hold for no changed package."""
_LISTS = (f"{P}sldMasterIdLst", f"{P}notesMasterIdLst", f"{P}handoutMasterIdLst")
"""The lists of a presentation before that of its slides (ECMA-376, 19.2.1.26)."""
_HERE = ("briefgen", "here")


def emptied(package: Package, root: Any) -> tuple[Package, tuple[str, str, str]]:
    """The package without what only its slides need, and without macros; and the presentation's XML in three pieces.

    Between the first two belongs the list of slides, and between the last two the extension with their sections.
    `root` is the root element of the presentation, and is changed.
    """
    main, whole = package.presentation, package.parts[ROOT]
    about = tuple(one for one in whole.relations if one.last not in _ABOUT_THE_FILE)
    kept = tuple(one for one in main.relations if one.last not in ("slide", MACROS))
    ours = Part(main.name, f"{PRESENTATION}.presentation.main+xml", b"", kept)
    package = _with_notes_master(package.changed(replace(whole, relations=about, listed=b""), ours), root)
    return package, _pieces(root)


def _with_notes_master(package: Package, root: Any) -> Package:
    """The package with a master for speaker notes that the presentation lists.

    Where it has none it gets that of a built-in template, in the theme of its first slide master.
    """
    main = package.presentation
    own = next((one for one in main.relations if one.last == "notesMaster" and one.part is not None), None)
    listed = root.find(f"{P}notesMasterIdLst")
    if own and listed is not None and [one.get(RELATION) for one in listed] == [own.identity]:
        return package
    if listed is not None:
        root.remove(listed)
    kept = Relations(main.name, [one for one in main.relations if one.last != "notesMaster" or one == own])
    made = [] if own else _notes_master(package)
    identity = own.identity if own else kept.to(made[0].name, NOTES_MASTER)
    listed = etree.Element(f"{P}notesMasterIdLst")
    etree.SubElement(listed, f"{P}notesMasterId").set(RELATION, identity)
    _put(root, listed, _LISTS[:1])
    return package.changed(*made, replace(main, relations=tuple(kept)))


def _notes_master(package: Package) -> list[Part]:
    """A master for speaker notes, and its theme, which no other master may share."""
    names = Names(package.parts)
    theme = package.parts[package.parts[package.presentation.related("slideMaster")].related("theme")]
    copy = replace(theme, name=names.free(posixpath.join(posixpath.dirname(theme.name), "theme")))
    spare = opened(builtin())
    master = spare.parts[spare.presentation.related("notesMaster")]
    name = names.free("ppt/notesMasters/notesMaster")
    relations = Relations(name)
    relations.to(copy.name, f"{OFFICE}/theme")
    return [replace(master, name=name, relations=tuple(relations), listed=b""), copy]


def _put(root: Any, element: Any, after: tuple[str, ...]) -> None:
    """Puts an element behind the last of the root's children of certain names, or first."""
    places = [number for number, one in enumerate(root, 1) if one.tag in after]
    root.insert(max(places, default=0), element)


def _pieces(root: Any) -> tuple[str, str, str]:
    for name in ("sldIdLst", "custShowLst"):
        for one in root.findall(f"{P}{name}"):
            root.remove(one)
    _put(root, etree.ProcessingInstruction(*_HERE), _LISTS)
    extensions = root.find(f"{P}extLst")
    if extensions is None:
        extensions = etree.SubElement(root, f"{P}extLst")
    for one in extensions.findall(f"{P}ext"):
        if one.get("uri", "").upper() == SECTIONS:
            extensions.remove(one)
    extensions.append(etree.ProcessingInstruction(*_HERE))
    head, middle, end = etree.tostring(root, encoding="unicode").split(f"<?{' '.join(_HERE)}?>")
    return f"{HEAD}{head}", middle, end
