"""Citation templates of the Wikipedias (CS1 and CS2) to CSL-JSON.

What CSL 1.0.2 has no variable for stands in the item's `custom`: `archive-url`, `archive-date` (ISO 8601),
`url-status`, `original-url`, `agency`, `quote`. The rules follow the documentation of CS1: an archived copy without
`url-status` means that the original is gone, and then `URL` is the copy.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from briefgen.citations.fields import (
    Name,
    date_to_csl,
    family_and_given,
    initials_list,
    iso_date,
    people_in,
)
from briefgen.model import Locator
from briefgen.tables import table

_HOST = re.compile(r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})/?", re.IGNORECASE)
_BLOG = re.compile(r"\s*\(blog\)", re.IGNORECASE)
_FIRST_EDITION = re.compile(r"(?:1|1st|first)(?: ed(?:ition|n)?\.?)?", re.IGNORECASE)
_EDITION = re.compile(r"\s*(?:ed\.|edition|edn\.?)$", re.IGNORECASE)
_YEAR = re.compile(r"[0-9]{4}")
_YEAR_LETTER = re.compile(r"(?<=[0-9]{4})[a-z]$")
_NUMBER = re.compile(r"[0-9]{1,3}")
_PERIODICALS = ("article-newspaper", "article-magazine", "article-journal")
_SITES = ("webpage", "article-newspaper", "article-magazine", "post-weblog", "post", "")


def is_citation(name: str) -> bool:
    """Whether the template `name` (lower case) cites a publication."""
    aliases = _aliases()
    return name in aliases["templates"] or (name.startswith("cite ") and name not in aliases["no citations"])


def template_to_csl(name: str, parameters: Mapping[str, str], item_id: str) -> tuple[dict[str, Any], Locator | None]:
    """The publication that a citation template names, as a CSL-JSON item, and the place in it that is cited.

    `name` is the template's name in any case; `parameters` are plain text, the unnamed ones numbered from "1".
    """
    name = " ".join(name.lower().replace("_", " ").split())
    fields = _Fields(_of_item(parameters) if name == "cite q" else parameters)
    title, container = _title_and_container(fields)
    kind = _kind(name, fields, container)
    csl: dict[str, Any] = {"id": item_id, "type": kind}
    _add(csl, "title", _BLOG.sub("", title) if kind == "post-weblog" else title)
    csl.update((role, names) for role, names in _people(fields).items() if names)
    _add(csl, "issued", _issued(fields))
    _add(csl, "accessed", date_to_csl(fields["access-date"]))
    _add_containers(csl, fields, container)
    for variable, field in (
        ("volume", "volume"),
        ("issue", "issue"),
        ("DOI", "doi"),
        ("ISBN", "isbn"),
        ("ISSN", "issn"),
        ("PMID", "pmid"),
        ("PMCID", "pmc"),
        ("language", "language"),
    ):
        _add(csl, variable, fields[field])
    if kind == "post":
        csl.pop("issue", None)
    _add(csl, "genre", _aliases()["genres"].get(name, "") or (fields["type"] if kind in ("thesis", "report") else ""))
    _add(csl, "edition", _edition(fields["edition"]))
    _add(csl, "source", "" if _HOST.fullmatch(fields["via"]) else fields["via"])
    custom = _links(csl, fields)
    _add_agency(csl, custom, fields["agency"])
    _add(custom, "quote", fields["quote"])
    _add(csl, "custom", custom)
    return csl, _pages(csl, fields)


def _of_item(parameters: Mapping[str, str]) -> dict[str, str]:
    """The parameters of `{{cite Q}}`: the item of Wikidata stands for a work whose title is not given."""
    item = parameters.get("1", "").strip().upper()
    given = {key: value for key, value in parameters.items() if key != "1"}
    if given.get("title") or not re.fullmatch(r"Q[0-9]+", item):
        return given
    return {**given, "title": f"Wikidata {item}", "url": f"https://www.wikidata.org/wiki/{item}"}


class _Fields:
    """The parameters of a template under one name each; "" where one is missing."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self.parameters = {key: " ".join(value.split()) for key, value in parameters.items()}
        self.lower = {key.lower(): value for key, value in self.parameters.items() if value}
        names = _field_names()
        ranked: dict[str, tuple[int, str]] = {}
        for key, value in self.lower.items():
            for name, rank in names.get(key, ()):
                if name not in ranked or rank < ranked[name][0]:
                    ranked[name] = (rank, value)
        self._values = {name: value for name, (_, value) in ranked.items()}

    def __getitem__(self, name: str) -> str:
        return self._values.get(name, "")


@lru_cache(maxsize=1)
def _field_names() -> dict[str, list[tuple[str, int]]]:
    """For each parameter, lower case: the names that it stands for, and how well it tells them, 0 best."""
    names: dict[str, list[tuple[str, int]]] = {}
    for name, aliases in _aliases()["parameters"].items():
        for rank, alias in enumerate(aliases):
            names.setdefault(alias.lower(), []).append((name, rank))
    return names


def _aliases() -> dict[str, Any]:
    aliases: dict[str, Any] = table("citations/wiki_aliases.yaml")
    return aliases


def _add(csl: dict[str, Any], key: str, value: Any) -> None:
    if value:
        csl[key] = value


def _title_and_container(fields: _Fields) -> tuple[str, str]:
    """The title without the name of the site, and the site or periodical that holds it."""
    title, container = fields["title"], fields["work"]
    rest = fields.parameters.get("1", "").strip()
    host = _HOST.fullmatch(container)
    if rest and "=" not in rest and not rest.startswith("http") and (host or not container):
        container, host = rest, None
    if host:
        container = _aliases()["hosts"].get(host[1].lower(), container)
    for site in (container, fields["publisher"]):
        for dash in (" - ", " – ", " — ", " | "):
            if site and title.lower().endswith((dash + site).lower()):
                title = title[: -len(dash + site)].rstrip()
    return title, container


def _kind(name: str, fields: _Fields, container: str) -> str:
    """The CSL type of the publication."""
    kind = _aliases()["templates"].get(name, "webpage" if fields["url"] else "document")
    if "(blog)" in container.lower():
        return "post-weblog"
    if kind == "":
        kind = _kind_of_citation(fields)
    if kind == "book" and fields["chapter"] and fields["title"]:
        return "chapter"
    if kind in ("webpage", "article-newspaper"):
        return kind_of_periodical(container or fields["publisher"]) or _report(kind, fields, container) or kind
    return str(kind)


def _kind_of_citation(fields: _Fields) -> str:
    """The type of a {{citation}}, which tells it by its parameters."""
    given = fields.lower
    for parameter, kind in (
        ("journal", "article-journal"),
        ("newspaper", "article-newspaper"),
        ("magazine", "article-magazine"),
        ("encyclopedia", "entry-encyclopedia"),
        ("website", "webpage"),
    ):
        if parameter in given:
            return kind
    if fields["work"]:
        return "article-newspaper" if fields["agency"] else "webpage"
    if fields["url"] and not (fields["isbn"] or fields["place"] or fields["chapter"]):
        return "webpage"
    return "book"


@lru_cache(maxsize=1024)
def kind_of_periodical(container: str) -> str:
    """The type that the name of a periodical gives; "" where it is not known for one."""
    name = container.lower()
    newspapers, magazines = _aliases()["newspapers"], _aliases()["magazines"]
    if name in magazines["names"] or name.endswith(tuple(f" {word}" for word in magazines["endings"])):
        return "article-magazine"
    named = name in newspapers["names"] or name.startswith(tuple(newspapers["beginnings"]))
    if named or name.endswith(tuple(f" {word}" for word in newspapers["endings"])):
        return "article-newspaper"
    return ""


def _report(kind: str, fields: _Fields, container: str) -> str:
    """A PDF on the web that a body put out, in no periodical, is a report."""
    path = url_path(fields["url"])
    return "report" if kind == "webpage" and not container and fields["publisher"] and path.endswith(".pdf") else ""


def url_path(url: str) -> str:
    """The path of an address, lower case; "" where it is not one."""
    try:
        return urlsplit(url).path.lower()
    except ValueError:
        return ""


@lru_cache(maxsize=1)
def _people_fields() -> dict[str, tuple[str, str, int]]:
    """For each parameter, with "#" for its number: whose names it holds, which part, and how well it tells them."""
    return {
        alias.replace("#", "") if bare else alias: (role, part, rank)
        for role, parts in _aliases()["people"].items()
        for part, aliases in parts.items()
        for rank, alias in reversed(list(enumerate(aliases)))
        for bare in (True, False)
    }


@lru_cache(maxsize=1024)
def _person_field(parameter: str) -> tuple[int, str, str, int] | None:
    """The number of the person whom a parameter is about, and whose names it holds, which part, and how well."""
    entry = _people_fields().get(_NUMBER.sub("#", parameter))
    number = _NUMBER.search(parameter)
    return (int(number[0]) if number else 1, *entry) if entry else None


def _people(fields: _Fields) -> dict[str, list[Name]]:
    """The names of each role, in the order of their numbers."""
    found: dict[str, dict[int, dict[str, tuple[int, str]]]] = {}
    for parameter, value in fields.lower.items():
        entry = _person_field(parameter)
        if not entry:
            continue
        number, role, part, rank = entry
        person = found.setdefault(role, {}).setdefault(number, {})
        if part not in person or rank < person[part][0]:
            person[part] = (rank, value)
    return {role: _names_of(numbered) for role, numbered in found.items()}


def _names_of(numbered: dict[int, dict[str, tuple[int, str]]]) -> list[Name]:
    names: list[Name] = []
    for _, person in sorted(numbered.items()):
        given = person.get("given", (0, ""))[1]
        if "family" in person:
            names += family_and_given(person["family"][1], given)
        elif "whole" in person or given:
            names += people_in(person["whole"][1] if "whole" in person else given)
        if "initials" in person:
            names += initials_list(person["initials"][1])
    return [name for name in names if not _is_placeholder(name)]


def _is_placeholder(name: Name) -> bool:
    """Whether a name stands for whoever wrote it, and not for someone."""
    words = " ".join(name.get(part, "") for part in ("given", "family", "literal")).lower().split()
    return " ".join(words) in table("citations/people.yaml")["placeholders"]


def _issued(fields: _Fields) -> dict[str, Any] | None:
    date, year = _YEAR_LETTER.sub("", fields["date"]), _YEAR_LETTER.sub("", fields["year"])
    if date and not _YEAR.search(date):
        date = f"{date} {year}"
    return date_to_csl(date) or date_to_csl(f"{fields['month']} {year}".strip())


def _add_containers(csl: dict[str, Any], fields: _Fields, container: str) -> None:
    """What holds the work and who put it out, each in the variable that the type has for it."""
    kind, publisher = csl["type"], fields["publisher"]
    if kind == "chapter":
        csl["title"] = fields["chapter"]
        container = fields["title"]
    elif kind == "paper-conference":
        container = fields["book-title"]
    elif kind == "entry-encyclopedia" and fields["chapter"]:
        csl["title"], container = fields["chapter"], container or fields["title"]
    elif kind in ("book", "report", "thesis", "map") and container and not publisher:
        container, publisher = "", container
    if kind in _SITES and not container:
        container, publisher = publisher, ""
    if publisher.lower() == container.lower():
        publisher = ""
    _add(csl, "container-title", _BLOG.sub("", container))
    _add(csl, "publisher", publisher)
    if kind not in _SITES:
        _add(csl, "publisher-place", fields["place"])
    if kind in ("book", "chapter", "report", "paper-conference"):
        _add(csl, "collection-title", fields["series"])
    if kind in _PERIODICALS:
        _add(csl, "section", fields["department"])


def _edition(text: str) -> str:
    """An edition as CSL wants it: the number alone; the first one is not worth naming."""
    if _FIRST_EDITION.fullmatch(text):
        return ""
    bare = _EDITION.sub("", text)
    number = re.fullmatch(r"([0-9]+)(?:st|nd|rd|th)?", bare)
    return number[1] if number else bare


def _links(csl: dict[str, Any], fields: _Fields) -> dict[str, Any]:
    """Sets `URL`; gives what is known of its archived copy."""
    url = fields["chapter-url"] or fields["url"] if csl["type"] == "chapter" else fields["url"] or fields["chapter-url"]
    archive, status = fields["archive-url"], fields["url-status"].lower()
    custom: dict[str, Any] = {}
    if not archive:
        _add(csl, "URL", url)
        return custom
    gone = not status or status in _aliases()["gone"]
    custom["archive-url"] = archive
    _add(custom, "archive-date", iso_date(date_to_csl(fields["archive-date"])))
    custom["url-status"] = ("dead" if gone else "live") if status in ("", "yes", "no") else status
    csl["URL"] = archive if gone else url or archive
    if gone:
        _add(custom, "original-url", url)
    return custom


def _add_agency(csl: dict[str, Any], custom: dict[str, Any], agency: str) -> None:
    """A news agency is the author of what no one signed."""
    if agency and "author" not in csl:
        csl["author"] = [{"literal": agency}]
    else:
        _add(custom, "agency", agency)


def _pages(csl: dict[str, Any], fields: _Fields) -> Locator | None:
    """Sets the pages of an article; the page of a book, report or web page is where the citation points."""
    pages = fields["pages"] or fields["page"]
    if not pages:
        return Locator("section", fields["at"]) if fields["at"] else None
    if csl["type"] in (*_PERIODICALS, "paper-conference", "entry-encyclopedia", "article"):
        csl["page"] = re.sub(r"(?<=[0-9])-(?=[0-9])", "–", pages)
        return None
    return Locator("page", pages)
