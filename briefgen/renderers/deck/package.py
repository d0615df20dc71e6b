"""A package of parts as ISO/IEC 29500-2 has it: each part has a content type and relationships to others.

Nothing here reads XML: `opening` makes a package of a file.
"""

import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import count
from urllib.parse import quote, unquote

from msgspec import Struct

from briefgen.renderers.deck.xml import HEAD

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""What the types of relationships between a presentation's parts begin with."""
PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml"
"""What the content types of a presentation's parts begin with."""
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
TYPES_NAME = "[Content_Types].xml"
ROOT = ""
"""The name that stands for the package itself, which has relationships and no bytes."""
MEDIA = "ppt/media/"  # what lies there is compressed already
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_SAFE = "/%:@!$&'()*+,;=~"
"""Signs that stand in a relationship's target as they are (RFC 3986); a percent sign is one of an escape already."""
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


class Relation(Struct, frozen=True):
    """A relationship: its id, its type, its target as it is written, and the name of the part that it leads to.

    `part` is none where the target is outside the package.
    """

    identity: str
    kind: str
    target: str
    part: str | None = None

    @property
    def last(self) -> str:
        """The last word of the type, such as "slide"."""
        return self.kind.rpartition("/")[2]


class Part(Struct, frozen=True):
    """A part: its name from the package's root, its content type, its bytes, and its relationships.

    `listed` is the part of the package that has the relationships, as it was read; where it is empty they are written.
    """

    name: str
    content_type: str
    data: bytes
    relations: tuple[Relation, ...] = ()
    listed: bytes = b""

    def related(self, word: str) -> str:
        """The name of the first part to which there is a relationship of a type that ends so; a KeyError for none."""
        found = next((one.part for one in self.relations if one.last == word and one.part is not None), None)
        if found is None:
            raise KeyError(word)
        return found


class Package(Struct, frozen=True):
    """Parts by name. That of `ROOT` has the relationships of the package."""

    parts: dict[str, Part]

    @property
    def presentation(self) -> Part:
        """The main part; a KeyError where there is none."""
        return self.parts[self.parts[ROOT].related("officeDocument")]

    def changed(self, *parts: Part) -> "Package":
        """The package with these parts, new or in the place of others, and without those that nothing leads to."""
        held = {**self.parts, **{part.name: part for part in parts}}
        return Package({name: held[name] for name in _reached(held)})


def _reached(parts: Mapping[str, Part]) -> list[str]:
    found = {ROOT: None}
    waiting = [ROOT]
    while waiting:
        for one in parts[waiting.pop()].relations:
            if one.part is not None and one.part not in found:
                found[one.part] = None
                waiting.append(one.part)
    return list(found)


class Relations:
    """Relationships of a part that more are added to, one for each type and target."""

    def __init__(self, source: str, held: Sequence[Relation] = ()) -> None:
        self._source = source
        self._held = {one.identity: one for one in held}
        self._known = {(one.kind, one.target): one.identity for one in held}
        self._free = (name for number in count(1) if (name := f"rId{number}") not in self._held)

    def to(self, name: str, kind: str) -> str:
        """The id of the relationship of a type to a part."""
        return self._added(kind, reference(self._source, name), name)

    def outside(self, address: str, kind: str) -> str:
        """The id of the relationship of a type to an address outside the package."""
        return self._added(kind, address, None)

    def _added(self, kind: str, target: str, part: str | None) -> str:
        known = self._known.get((kind, target))
        if known is None:
            known = self._known[kind, target] = next(self._free)
            self._held[known] = Relation(known, kind, target, part)
        return known

    def __iter__(self) -> Iterator[Relation]:
        return iter(self._held.values())


class Names:
    """Names that a package has room for: none that is equivalent to one it has (ISO/IEC 29500-2, 6.2.2.3)."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {equivalent(name) for name in taken}

    def free(self, stem: str, number: int = 1, ending: str = ".xml") -> str:
        """`stem`, the first number from `number` on that is free, and `ending`; it is taken from now on."""
        while equivalent(name := f"{stem}{number}{ending}") in self._taken:
            number += 1
        self._taken.add(equivalent(name))
        return name


def equivalent(name: str) -> str:
    """What all names of one part have in common, however they are escaped and in capitals or not."""
    return unquote(name).lower()


def reference(source: str, name: str) -> str:
    """How a relationship of the part `source` names another part: seen from its folder, escaped."""
    return quote(posixpath.relpath(f"/{name}", f"/{posixpath.dirname(source)}"), safe=_SAFE)


def relations_name(name: str) -> str:
    """The name under which the relationships of a part lie."""
    return posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels")


def packed(package: Package) -> bytes:
    """The package as a file: content types first, then the parts by name, each dated 1980."""
    parts = [package.parts[name] for name in sorted(package.parts)]
    entries = {TYPES_NAME: _content_types([part for part in parts if part.name != ROOT])}
    for part in parts:
        if part.name != ROOT:
            entries[part.name] = part.data
        if part.relations or part.listed:
            entries[relations_name(part.name)] = part.listed or _listed(part.relations)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_STORED if name.startswith(MEDIA) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return stream.getvalue()


def _attribute(text: str) -> str:
    return text.translate(_ATTRIBUTE)


def _listed(relations: Sequence[Relation]) -> bytes:
    """The relationships in the order of their numbers."""
    listed = "".join(
        f'<Relationship Id="{_attribute(one.identity)}" Type="{_attribute(one.kind)}" Target="{_attribute(one.target)}"'
        + ("/>" if one.part is not None else ' TargetMode="External"/>')
        for one in sorted(relations, key=lambda one: (len(one.identity), one.identity))
    )
    return f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}">{listed}</Relationships>'.encode()


def _content_types(parts: Sequence[Part]) -> bytes:
    media = {(_ending(part.name), part.content_type) for part in parts if part.name.startswith(MEDIA)}
    endings = [ending for ending, _ in media]
    default = {ending: kind for ending, kind in sorted(media) if endings.count(ending) == 1 and ending in _MEDIA}
    overrides = "".join(
        f'<Override PartName="/{_attribute(part.name)}" ContentType="{_attribute(part.content_type)}"/>'
        for part in parts
        if not (part.name.startswith(MEDIA) and _ending(part.name) in default)
    )
    defaults = "".join(
        f'<Default Extension="{ending}" ContentType="{_attribute(kind)}"/>' for ending, kind in default.items()
    )
    return (
        f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{defaults}{overrides}</Types>'
    ).encode()


_MEDIA = ("png", "jpeg", "jpg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "svg", "wdp", "mp4", "mp3", "wav", "m4a")
"""Endings of media that may be declared once for all."""


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()
