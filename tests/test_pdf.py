"""PDF: pages, columns, running heads, broken words, notes, and what cannot be read."""

from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from briefgen.model import Source
from briefgen.problems import Problem
from briefgen.readers import read
from briefgen.readers.pdf.paragraphs import without_bullet

Draw = Callable[[Canvas], None]
FIRST = (
    "The harbour company opened the new pier on Monday",
    "after two years of work. Some four hundred people",
    "came to see it, and the mayor cut a ribbon of silk.",
)
SECOND = (
    "The old pier had burned down in the winter of 2009.",
    "It had been insured for less than half of what the",
    "new one cost, and the town paid the rest of it.",
)


def pdf(*pages: Draw, title: str = "", author: str = "") -> bytes:
    held = BytesIO()
    canvas = Canvas(held, pagesize=A4, invariant=True)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def lines(
    canvas: Canvas, texts: Sequence[str], top: float, left: float = 72, size: float = 11, font: str = "Times-Roman"
) -> None:
    canvas.setFont(font, size)
    for number, text in enumerate(texts):
        canvas.drawString(left, top - number * size * 1.3, text)


def report(canvas: Canvas) -> None:
    lines(canvas, ["The Pier at Brackwater"], 780, size=20, font="Times-Bold")
    lines(canvas, ["How it was built"], 730, size=14, font="Times-Bold")
    lines(canvas, FIRST, 700)
    lines(canvas, SECOND, 630)


def source(data: bytes) -> Source:
    reading = read("pier", "pier.pdf", data)
    assert reading.source is not None, reading.problems
    return reading.source


def problem(data: bytes) -> Problem:
    reading = read("bad", "bad.pdf", data)
    assert reading.source is None
    (fault,) = reading.problems
    assert (fault.severity, bool(fault.hint), str(fault.where)) == ("error", True, "bad.pdf")
    return fault


def prose(found: Source) -> list[str]:
    return [block.text for block in found.blocks if block.kind == "paragraph"]


def test_lines_are_joined_to_paragraphs_and_larger_type_is_a_heading() -> None:
    found = source(pdf(report))
    assert (found.title, found.origins["title"]) == ("The Pier at Brackwater", "largest type on page 1")
    assert prose(found) == [" ".join(FIRST), " ".join(SECOND)]
    assert [(block.text, block.level) for block in found.blocks if block.kind == "heading"] == [("How it was built", 2)]
    assert found.blocks[-1].headings == ("How it was built",)


def test_each_block_has_the_page_on_which_it_begins() -> None:
    found = source(pdf(report, lambda canvas: lines(canvas, FIRST, 780)))
    assert [block.page for block in found.blocks if block.kind == "paragraph"] == [1, 1, 2]


def test_running_heads_and_page_numbers_are_dropped() -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            lines(canvas, [f"Harbour Review, May 1931 {number}"], 810, size=9)
            lines(canvas, FIRST if number % 2 else SECOND, 700)
            lines(canvas, [str(number)], 40, left=290, size=9)

        return draw

    found = source(pdf(*map(page, range(1, 5))))
    assert prose(found) == [" ".join(FIRST), " ".join(SECOND)] * 2
    assert {(one.text, one.reason) for one in found.dropped} >= {("1", "page number"), ("4", "page number")}
    assert sum(one.reason == "running head" for one in found.dropped) == 4


def test_the_head_of_the_one_left_page_of_three_is_a_running_head() -> None:
    told = (["It rained.", *FIRST], ["Nobody came to see it.", *SECOND], ["Then the old pier fell.", "It was dark."])

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            lines(canvas, ["L. Marsh, The Pier" if number == 1 else "Harbour Review"], 810, size=9)
            lines(canvas, told[number], 700)

        return draw

    found = source(pdf(*map(page, range(3))))
    assert " ".join(prose(found)).split() == " ".join(" ".join(lines_) for lines_ in told).split()
    assert [one.text for one in found.dropped] == ["Harbour Review", "L. Marsh, The Pier", "Harbour Review"]


def test_a_line_of_the_margin_that_stands_at_its_place_on_many_pages_is_a_running_head() -> None:
    names = ("Ann", "Ben", "Cora", "Dan")

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            lines(canvas, [f"{names[number]} came to see the new pier that summer."], 780 - 20 * number)
            lines(canvas, [f"{number + 28},2"], 640, left=500, size=9)
            lines(canvas, [f"The boats of {names[number]} stayed away for a year."], 600)

        return draw

    found = source(pdf(*map(page, range(4))))
    assert not any(",2" in block.text for block in found.blocks)
    assert [one.text for one in found.dropped] == ["28,2", "29,2", "30,2", "31,2"]


def test_type_that_runs_up_the_margin_is_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        report(canvas)
        canvas.translate(30, 300)
        canvas.rotate(90)
        lines(canvas, ["harbour-papers:1931.03642"], 0, left=0, size=24)

    found = source(pdf(draw))
    assert found.title == "The Pier at Brackwater"
    assert [(one.text, one.reason) for one in found.dropped] == [("harbour-papers:1931.03642", "turned type")]


def test_a_line_that_begins_in_bold_or_small_capitals_goes_on_as_one_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["SUMMARY:"], 700, font="Times-Bold", size=8)
        lines(canvas, [FIRST[0]], 700, left=122)
        lines(canvas, FIRST[1:], 700 - 11 * 1.3)

    assert prose(source(pdf(draw, report)))[0] == f"SUMMARY: {' '.join(FIRST)}"


def test_headings_in_a_type_of_their_own_or_in_capitals_are_headings() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["The first pier"], 720, font="Helvetica-Oblique")
        lines(canvas, FIRST, 705)
        lines(canvas, ["The second pier"], 640, font="Helvetica-Oblique")
        lines(canvas, SECOND, 625)
        lines(canvas, ["II. CONCLUSIONS"], 560)
        lines(canvas, FIRST, 545)

    headings = [block.text for block in source(pdf(report, draw)).blocks if block.kind == "heading"]
    assert headings == ["How it was built", "The first pier", "The second pier", "II. CONCLUSIONS"]


def test_tables_of_contents_and_lists_of_works_are_left_out() -> None:
    def contents(canvas: Canvas) -> None:
        lines(canvas, ["The first pier . . . . . . . . . . 2", "The second pier . . . . . . . 14"], 700)

    def works(canvas: Canvas) -> None:
        lines(canvas, ["3. References"], 730, size=14, font="Times-Bold")
        lines(canvas, ["Smith, J. Piers of the coast. Brackwater, 1931."], 700)

    found = source(pdf(report, contents, works))
    assert {one.reason for one in found.dropped} == {"table of contents", "list of works"}
    assert "Smith" not in " ".join(block.text for block in found.blocks)
    assert "second" not in " ".join(block.text for block in found.blocks)


def test_a_paragraph_that_breaks_off_is_marked_where_words_are_missing() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, FIRST[:2], 700)
        lines(canvas, ["the pier was closed again. It never paid."], 300)

    one, other = (block for block in source(pdf(draw)).blocks if block.kind == "paragraph")
    assert one.holes == (len(one.text),)
    assert other.holes == (0,)


def test_a_sign_of_a_font_without_names_is_a_bullet_or_a_hole() -> None:
    text = "\uf0fc First of all, a ribbon."
    assert without_bullet(text) == "First of all, a ribbon."


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ("Jane Doe", ("Jane Doe",)),
        (
            "Jane Doe; Ian M. O'Hara and Zoë Müller-Lang",
            ("Jane Doe", "Ian M. O'Hara", "Zoë Müller-Lang"),
        ),
        ("Doe, Jane", ("Jane Doe",)),
        ("e516160", ()),
        ("jdoe", ()),
        ("office-2007", ()),
        ("LGMN, Des Moines, IA", ()),
    ],
)
def test_the_author_of_the_properties_is_taken_if_it_is_a_persons_name(author: str, people: tuple[str, ...]) -> None:
    assert source(pdf(report, author=author)).authors == people


def test_a_sentence_over_a_page_end_is_one_block() -> None:
    found = source(pdf(lambda canvas: lines(canvas, FIRST[:2], 100), lambda canvas: lines(canvas, FIRST[2:], 780)))
    assert prose(found) == [" ".join(FIRST)]


def test_columns_are_read_one_after_the_other() -> None:
    def columns(canvas: Canvas) -> None:
        lines(canvas, FIRST, 700, left=50)
        lines(canvas, SECOND, 700, left=310)

    assert prose(source(pdf(columns))) == [" ".join(FIRST), " ".join(SECOND)]


@pytest.mark.parametrize(
    ("head", "tail", "elsewhere", "wanted"),
    [
        ("the govern-", "ment paid", "no", "the government paid"),
        ("near al-", "Qaeda then", "no", "near al-Qaeda then"),
        ("twenty-", "five boats", "Then twenty-five men came.", "twenty-five boats"),
        ("the re-", "sent letter", "He had to resent it all.", "the resent letter"),
    ],
)
def test_words_broken_at_a_lines_end_are_made_whole(head: str, tail: str, elsewhere: str, wanted: str) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, [f"In the year of the great storm, it was {head}", f"{tail} in the end of it all."], 700)
        lines(canvas, [f"So it went. {elsewhere} And more."], 640)

    assert wanted in " ".join(prose(source(pdf(draw))))


def test_a_footnote_is_a_work_cited_and_its_mark_is_no_word() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, FIRST, 700)
        lines(canvas, ["The pier was opened in May."], 640)
        width = canvas.stringWidth("The pier was opened in May.", "Times-Roman", 11)
        lines(canvas, ["1"], 644, left=72 + width, size=6)
        lines(canvas, ["1 Ada Quay, “Piers of the Coast,” Harbour Review, 3 May 1931."], 80, size=8)

    found = source(pdf(draw))
    assert "The pier was opened in May." in [block.text for block in found.blocks]
    (reference,) = found.references
    assert reference.csl["title"] == "Piers of the Coast"
    (block,) = [block for block in found.blocks if block.references]
    assert block.text[: block.references[0].offset].endswith("in May.")


def test_list_items_lose_their_bullets() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["Three boats were there:"], 700)
        lines(canvas, ["• The Gull was the first.", "• The Tern was the second."], 680)

    items = [block.text for block in source(pdf(draw)).blocks if block.kind == "item"]
    assert items == ["The Gull was the first.", "The Tern was the second."]


def test_the_properties_name_authors_and_a_file_name_is_no_title() -> None:
    found = source(pdf(report, title="Microsoft Word - pier.docx", author="Ada Quay; Ben Lock"))
    assert (found.title, found.authors) == ("The Pier at Brackwater", ("Ada Quay", "Ben Lock"))
    assert found.origins["authors"] == "PDF Author"


def test_the_day_on_which_a_file_was_made_is_not_when_it_was_published() -> None:
    found = source(pdf(report))
    assert found.published is None
    assert found.origins["modified"].startswith("PDF ")


def test_blocks_stand_in_order_in_the_text_of_the_pages() -> None:
    found = source(pdf(report, report))
    places = [(block.start, block.end) for block in found.blocks]
    assert places == sorted(places)
    assert all(start < end for start, end in places)


# What cannot be read ----------------------------------------------------------------------------------------------


def encrypted(data: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    held = BytesIO()
    writer.write(held)
    return held.getvalue()


def test_a_pdf_with_a_password_is_told() -> None:
    assert "encrypted" in problem(encrypted(pdf(report), "secret")).message


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    assert prose(source(encrypted(pdf(report), ""))) == [" ".join(FIRST), " ".join(SECOND)]


def picture(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (40, 40), 128)), 50, 50, 400, 600)


def test_a_scanned_pdf_is_told() -> None:
    assert "scanned" in problem(pdf(picture, picture)).message


def test_scanned_pages_among_others_are_named() -> None:
    reading = read("a", "a.pdf", pdf(report, picture))
    assert reading.source is not None
    assert [fault.message for fault in reading.problems] == ["pages without text, only pictures: 2"]


def test_a_pdf_without_text_is_told() -> None:
    assert "no text" in problem(pdf(lambda canvas: canvas.line(0, 0, 100, 100))).message


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"The pier was opened in 1887.", b"%PDF-1.4\n%%EOF"])
def test_a_damaged_pdf_is_told(data: bytes) -> None:
    assert "damaged or cut off" in problem(data).message


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_pdf_with_changed_bytes_is_a_source_or_a_problem(data: st.DataObject) -> None:
    changed = bytearray(PIER)
    for _ in range(data.draw(st.integers(1, 12))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    reading = read("s", "s.pdf", bytes(changed[: data.draw(st.integers(0, len(changed)))]))
    assert reading.source or any(fault.severity == "error" for fault in reading.problems)


PIER = pdf(report)


def test_reading_twice_gives_the_same() -> None:
    assert read("s", "s.pdf", PIER) == read("s", "s.pdf", PIER)
