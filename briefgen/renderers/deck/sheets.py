"""The masters and layouts of a package as trees, with what is asked of their relationships."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from briefgen.renderers.deck.opening import tree
from briefgen.renderers.deck.package import OFFICE, Package
from briefgen.renderers.deck.placeholders import P

RELATION = f"{{{OFFICE}}}id"


class Sheet:
    """A master or layout: the name of its part, its root element, and of a layout its master."""

    def __init__(self, package: Package, name: str, master: "Sheet | None" = None) -> None:
        self.name = name
        self.root = tree(package.parts[name].data)
        self.master = master or self
        self._package = package
        self._parts = {one.identity: one.part for one in package.parts[name].relations}

    def bytes_of(self, identity: str) -> bytes:
        """The bytes of the part that a relationship leads to; none where there is no such part."""
        name = self._parts.get(identity)
        return self._package.parts[name].data if name is not None else b""

    @cached_property
    def theme(self) -> Any:
        """The root element of the theme; a KeyError where there is none."""
        return tree(self._package.parts[self._package.parts[self.name].related("theme")].data)


def masters_of(package: Package, presentation: Any) -> Iterator[Sheet]:
    """The masters in the order of the presentation."""
    return _listed(package, package.presentation.name, presentation, f"{P}sldMasterIdLst/{P}sldMasterId")


def layouts_of(package: Package, master: Sheet) -> Iterator[Sheet]:
    """The layouts of a master in its order."""
    return _listed(package, master.name, master.root, f"{P}sldLayoutIdLst/{P}sldLayoutId", master)


def _listed(package: Package, source: str, root: Any, path: str, master: Sheet | None = None) -> Iterator[Sheet]:
    targets = {one.identity: one.part for one in package.parts[source].relations}
    for one in root.findall(path):
        name = targets[one.get(RELATION)]
        if name is None:
            raise ValueError("a sheet is outside the package")
        yield Sheet(package, name, master)
