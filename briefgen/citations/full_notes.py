"""A citation style for notes, made of one that cites in the text."""

import copy
import re
from xml.etree import ElementTree

from briefgen.citations.csl_style import NAMESPACE, Style, tag
from briefgen.citations.marks import LOCATOR_FOLLOWS

_NAME_OPTIONS = re.compile(r"and|delimiter-precedes-.*|et-al-.*|initialize.*|name-.*|names-.*|sort-separator")


def with_full_notes(style: Style) -> str:
    """`style` as CSL text whose every citation is its bibliography form, with the locator after it.

    Cited in a footnote, such a citation leads to the work without a look at the bibliography. Name options move
    along (CSL 1.0.2, "Inheritable Name Options"); sorting, collapsing and the running number do not. A style without a
    bibliography stays as it is.
    """
    root = ElementTree.fromstring(style.text)
    citation, bibliography = root.find(tag("citation")), root.find(tag("bibliography"))
    if citation is None or bibliography is None:
        return style.text
    layout = copy.deepcopy(bibliography.find(tag("layout")))
    if layout is None:
        return style.text
    _drop_citation_number(layout)
    full = ElementTree.Element(tag("group"))
    form = ElementTree.SubElement(full, tag("group"), _affixes(layout, "prefix", "delimiter"))
    form.extend(layout)
    full.append(_locator())
    options = {name: value for name, value in bibliography.attrib.items() if _NAME_OPTIONS.fullmatch(name)}
    kept = {name: value for name, value in citation.attrib.items() if name.startswith("disambiguate-add-year")}
    citation.clear()
    citation.attrib.update({**kept, **options})
    ElementTree.SubElement(citation, tag("layout"), {"delimiter": "; ", **_affixes(layout, "suffix")}).append(full)
    ElementTree.register_namespace("", NAMESPACE)
    return ElementTree.tostring(root, encoding="unicode")


def _affixes(layout: ElementTree.Element, *names: str) -> dict[str, str]:
    return {name: layout.attrib[name] for name in names if name in layout.attrib}


def _locator() -> ElementTree.Element:
    group = ElementTree.Element(tag("group"), {"delimiter": " ", "prefix": LOCATOR_FOLLOWS})
    ElementTree.SubElement(group, tag("label"), {"variable": "locator", "form": "short"})
    ElementTree.SubElement(group, tag("text"), {"variable": "locator"})
    return group


def _drop_citation_number(element: ElementTree.Element) -> None:
    for child in list(element):
        if child.get("variable") == "citation-number":
            element.remove(child)
        else:
            _drop_citation_number(child)
