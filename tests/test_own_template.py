"""A page of the user's own: filled with what the built-in one shows, and kept from everything else."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from test_handout import brief, every_block, said

from briefgen.model import Brief, Bullets, Handout
from briefgen.outline import load_outline
from briefgen.problems import Location, Problem
from briefgen.renderers.handout import render
from briefgen.renderers.handout import sandbox as inner
from briefgen.renderers.handout.html import Page, render_html
from briefgen.renderers.handout.owntemplate import given
from briefgen.renderers.handout.sheet import sheet

HERE = Location("o.yaml", 1, 1)


def filled(page: Path, of: Brief) -> tuple[str, tuple[Problem, ...]]:
    data, problems = render("html", replace(of, handout=Handout(html_template=str(page))))
    return data.decode(), problems


def written(folder: Path, text: str) -> Path:
    page = folder / "page.html"
    page.write_text(text, "utf-8")
    return page


def only(page: Path, of: Brief) -> Problem:
    """The one problem of a page, in whose place the built-in one is used."""
    text, problems = filled(page, of)
    assert text == render_html(of)
    (problem,) = problems
    return problem


PAGE = """<!DOCTYPE html><html lang="{{ language }}"><title>{{ title }}</title><style>{{ css }}</style>
{% for section in sections %}<h2>{{ section.number }} {{ section.heading }}</h2>
{% for block in section.blocks %}{% for row in block.rows %}{% for said in row if said %}
<p>{{ said.html }} ({{ said.text }})</p>{% endfor %}{% endfor %}{% endfor %}{% endfor %}
{% for note in notes %}<p id="fn-{{ note.number }}">{{ note.html }}</p>{% endfor %}</html>"""


def test_a_page_of_ones_own_shows_the_same_passages_with_their_marks(tmp_path: Path) -> None:
    of = brief(Bullets("", (said("A <b>flood</b>.", notes=(2,)),), HERE))
    text, problems = filled(written(tmp_path, PAGE), of)
    assert problems == ()
    assert "<h2>1 Floods</h2>" in text
    assert "A &lt;b&gt;flood&lt;/b&gt;.<sup" in text
    assert "(A &lt;b&gt;flood&lt;/b&gt;.)" in text
    assert 'id="fnref-2-a" href="#fn-2"' in text
    assert 'href="#fnref-2-a"' in text


def test_a_page_may_include_and_extend_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text("<main>{% block body %}{% endblock %}</main>", "utf-8")
    (tmp_path / "part.html").write_text("{{ title }}", "utf-8")
    page = written(tmp_path, '{% extends "base.html" %}{% block body %}{% include "part.html" %}{% endblock %}')
    assert filled(page, brief()) == ("<main>Salt &amp; Rivers</main>", ())


def test_all_of_the_built_in_page_can_stand_in_a_frame(tmp_path: Path) -> None:
    of = brief(*every_block())
    text, _ = filled(written(tmp_path, "<main>{{ main }}</main>"), of)
    assert text[6:-7] in render_html(of)
    assert len(text) > 1000


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("<p>\n{% for %}", 2, "Expected"),
        ("<p>\n\n{{ heading }}", 3, "'heading' is undefined"),
        ("{{ 1 / 0 }}", 1, "division"),
        ("\n{% include '../secret.html' %}", 2, "no file"),
        ("\n{% include '/etc/passwd' %}", 2, "no file"),
        ("{{ title.__class__ }}", 1, "unsafe"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", 1, "unsafe"),
        ("{{ sections.append(1) }}", 1, "unsafe"),
        ("{{ range(1000000) | list }}", 1, "too big"),
        ("{{ title | safe }}", 1, "No filter named 'safe'"),
        ("{{ sections | random }}", 1, "No filter named 'random'"),
        ("\n{% autoescape false %}{{ title }}{% endautoescape %}", 2, "escaping cannot be turned off"),
        ("{% include 'page.html' %}", 1, "without an end"),
    ],
)
def test_a_page_that_is_wrong_or_reaches_out_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, told: str
) -> None:
    (tmp_path / "secret.html").write_text("secret", "utf-8")
    (tmp_path / "pages").mkdir()
    page = written(tmp_path / "pages", text)
    problem = only(page, brief())
    assert told in problem.message
    assert problem.where == Location(str(page), line, 1)
    assert "built-in page is used" in problem.hint


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret", "utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "near.html").symlink_to(tmp_path / "secret.html")
    assert "no file" in only(written(tmp_path / "pages", "{% include 'near.html' %}"), brief()).message


def test_a_mistake_in_an_included_file_is_named_there(tmp_path: Path) -> None:
    (tmp_path / "part.html").write_text("\n{{ nothing }}", "utf-8")
    problem = only(written(tmp_path, "{% include 'part.html' %}"), brief())
    assert problem.where == Location(str(tmp_path / "part.html"), 2, 1)


NESTED = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
CALLS = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}"


@pytest.mark.parametrize("text", [NESTED, CALLS, "{% include 'twice.html' %}"])
def test_a_page_that_would_never_end_is_stopped_by_its_steps(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inner, "STEPS", 10_000)
    part = "{% set n = n - 1 %}{% if n > 0 %}{% include 'twice.html' %}{% include 'twice.html' %}{% endif %}"
    (tmp_path / "twice.html").write_text(part, "utf-8")
    made = inner.fill(written(tmp_path, text), {"n": 40})
    assert made["message"] == "the page takes more than 10,000 steps, and was stopped"


def test_a_page_that_grows_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inner, "LARGEST", 1000)
    made = inner.fill(written(tmp_path, "{% for a in range(9999) %}some words {% endfor %}"), {})
    assert "grows longer" in made["message"]


@pytest.mark.parametrize("text", ["{{ 'x' * 10 ** 10 }}", "{{ 'x' | center(9999999999) }}", "{{ '%9999999999d' % 1 }}"])
def test_a_page_that_asks_for_all_memory_is_stopped(tmp_path: Path, text: str) -> None:
    assert "memory" in only(written(tmp_path, text), brief()).message


def test_a_page_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert only(tmp_path / "none.html", brief()).message == "there is no such page"


def test_the_file_of_a_page_is_seen_from_the_outline(tmp_path: Path) -> None:
    (tmp_path / "o.yaml").write_text(
        "title: T\nsources: s\nsections: [{topic: history}]\nhandout: {html_template: pages/p.html}\n", "utf-8"
    )
    outline, problems = load_outline(tmp_path / "o.yaml")
    assert problems == ()
    assert outline is not None
    assert outline.handout.html_template == str(tmp_path / "pages" / "p.html")


def test_the_names_that_a_page_may_use_are_documented() -> None:
    told = (Path(__file__).parents[1] / "docs" / "handouts.md").read_text("utf-8")
    of = replace(brief(*every_block(), opening=(said("It is.", at=9, notes=(4, 1)),)))
    names = given(Page(of, sheet(of, "instructor")), {})

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for one in value.values() for key in keys(one)}
        return {key for one in value for key in keys(one)} if isinstance(value, list) else set()

    assert json.loads(json.dumps(names)) == names
    assert [key for key in sorted(keys(names)) if f"`{key}`" not in told] == []
