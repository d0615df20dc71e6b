"""What an outline says of its handouts."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Edition = Literal["student", "instructor"]


class Handout(Struct, frozen=True, forbid_unknown_fields=True):
    """What handouts are made of an outline.

    Without `editions` there is one, with everything; a student's has `blanks` words left out and space to write, an
    instructor's has them in place. `questions` is how many are made from the statements. `two_columns` sets the text
    so, and `one_page` keeps the most important on one sheet. `html_template` is a jinja2 file for the page, `reference`
    a Word document whose styles are taken, `fonts` are files of fonts for letters that the PDF's own fonts lack.
    """

    editions: tuple[Edition, ...] = ()
    blanks: Annotated[int, Meta(ge=0, description="a whole number from 0 up")] = 12
    questions: Annotated[int, Meta(ge=0, description="a whole number from 0 up")] = 10
    paper: Literal["a4", "us-letter"] = "a4"
    two_columns: bool = False
    one_page: bool = False
    html_template: str | None = None
    reference: str | None = None
    fonts: tuple[str, ...] = ()
