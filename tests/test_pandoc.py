"""Word processors' documents, books, reST, Org and LaTeX."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.model import Source
from briefgen.pandoc import run
from briefgen.problems import Problem
from briefgen.readers import read
from briefgen.readers.pandoc import FORMATS
from briefgen.readers.pandoc.packages import opened
from briefgen.readers.pandoc.places import find

PIER = """\
---
title: The Pier
author: Ada Quay and Ben Lock
date: 2014-05-12
---

# How it was built

The pier was opened in 1887.^[Ada Quay, “Piers of the Coast,” *Harbour Review*, 3 May 1931.] It was *closed* again in
[1923](https://example.org/closed), and 10^6^ people had walked on it.

- The first boat was the Gull.
    - Her captain was Omar Lindqvist.
- The second was the Tern.

> He said that the sea would have it back.

## How it fell

Nobody saw it fall.

| boat | year |
|------|------|
| Gull | 1887 |
"""

ALL = tuple(FORMATS)
STRUCTURED = tuple(suffix for suffix in ALL if suffix != ".rtf")


@pytest.fixture(scope="session")
def documents() -> dict[str, bytes]:
    """The same short text in every format, by file ending."""
    return {suffix: _written(form) for suffix, form in FORMATS.items()}


def _written(form: str) -> bytes:
    written, _ = run(["--from=markdown", f"--to={form}", "--standalone", "--output=-"], PIER.encode())
    return written


def source(suffix: str, data: bytes) -> Source:
    reading = read("pier", f"pier{suffix}", data)
    assert reading.source is not None, reading.problems
    return reading.source


def problem(suffix: str, data: bytes) -> Problem:
    reading = read("bad", f"bad{suffix}", data)
    assert reading.source is None
    (fault,) = reading.problems
    assert (fault.severity, bool(fault.hint)) == ("error", True)
    assert fault.where is not None
    assert fault.where.file == f"bad{suffix}"
    return fault


@pytest.mark.parametrize("suffix", ALL)
def test_the_words_of_every_format_are_the_same(documents: dict[str, bytes], suffix: str) -> None:
    found = source(suffix, documents[suffix])
    texts = [block.text for block in found.blocks]
    opened = "The pier was opened in 1887. It was closed again in 1923, and 10⁶ people had walked on it."
    assert opened in texts
    assert "Her captain was Omar Lindqvist." in texts
    assert "He said that the sea would have it back." in texts
    assert "Gull | 1887" in texts
    assert found.title == "The Pier"


@pytest.mark.parametrize("suffix", STRUCTURED)
def test_headings_lists_and_quotations_keep_their_kinds_and_levels(documents: dict[str, bytes], suffix: str) -> None:
    blocks = {block.text: block for block in source(suffix, documents[suffix]).blocks}
    assert blocks["How it was built"].kind == blocks["How it fell"].kind == "heading"
    assert blocks["How it fell"].level == blocks["How it was built"].level + 1
    assert blocks["Nobody saw it fall."].headings == ("How it was built", "How it fell")
    assert (blocks["The first boat was the Gull."].kind, blocks["The first boat was the Gull."].level) == ("item", 1)
    assert blocks["Her captain was Omar Lindqvist."].level == 2
    assert blocks["He said that the sea would have it back."].kind == "quote"
    assert blocks["Gull | 1887"].kind == "table"


@pytest.mark.parametrize("suffix", STRUCTURED)
def test_a_footnote_is_a_work_cited_where_its_mark_stood(documents: dict[str, bytes], suffix: str) -> None:
    found = source(suffix, documents[suffix])
    (reference,) = found.references
    assert reference.csl["title"] == "Piers of the Coast"
    (block,) = [block for block in found.blocks if block.references]
    (mark,) = block.references
    assert block.text[: mark.offset].endswith("opened in 1887.")


@pytest.mark.parametrize("suffix", ALL)
def test_links_to_the_web_stand_at_their_words(documents: dict[str, bytes], suffix: str) -> None:
    (block,) = [block for block in source(suffix, documents[suffix]).blocks if block.links]
    (link,) = block.links
    assert (block.text[link.start : link.end], link.url) == ("1923", "https://example.org/closed")


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub", ".org", ".tex"])
def test_authors_are_told(documents: dict[str, bytes], suffix: str) -> None:
    found = source(suffix, documents[suffix])
    assert sorted(found.authors) == ["Ada Quay", "Ben Lock"]
    assert found.origins["authors"]


@pytest.mark.parametrize("suffix", [".docx", ".epub", ".org", ".tex"])
def test_a_date_line_is_the_date_and_the_files_own_date_is_not(documents: dict[str, bytes], suffix: str) -> None:
    assert source(suffix, documents[suffix]).published == "2014-05-12"


def test_the_date_of_a_file_is_when_it_was_changed() -> None:
    written, _ = run(["--from=markdown", "--to=docx", "--output=-"], b"# The Pier\n\nIt was opened in 1887.")
    found = source(".docx", written)
    assert found.published is None
    assert found.modified is not None
    assert found.origins["modified"] == "docProps/core.xml modified"


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub", ".rtf"])
def test_offsets_of_packed_documents_count_in_their_words(documents: dict[str, bytes], suffix: str) -> None:
    found = source(suffix, documents[suffix])
    at = 0
    for block in found.blocks:
        assert (block.start, block.end) == (at, at + len(block.text))
        at = block.end + 2
    for reference in found.references:
        assert reference.end - reference.start == len(reference.raw)


@pytest.mark.parametrize("suffix", [".rst", ".org", ".tex"])
def test_offsets_of_markup_count_in_the_file(documents: dict[str, bytes], suffix: str) -> None:
    text = documents[suffix].decode()
    for block in source(suffix, documents[suffix]).blocks:
        piece = text[block.start : block.end]
        assert find(block.text.replace("⁶", ""), piece) is not None, block.text


def test_a_formula_leaves_a_hole_and_is_listed() -> None:
    found = source(".tex", b"The height is $x^2$ metres. It fell in 1923.")
    (block,) = found.blocks
    assert block.text == "The height is metres. It fell in 1923."
    assert block.holes == (len("The height is"),)
    assert [(one.text, one.reason) for one in found.dropped] == [("x^2", "formula")]


def test_a_formula_that_is_lost_from_an_odt_spoils_its_passage() -> None:
    written, _ = run(["--from=markdown", "--to=odt", "--output=-"], b"The height is $x^2$ metres.\n\nIt fell in 1923.")
    first, second = source(".odt", written).blocks
    assert first.holes
    assert not second.holes


def test_a_key_of_a_bibliography_is_no_word_and_where_a_name_should_stand_words_are_missing() -> None:
    (block,) = source(".tex", b"The pier fell \\cite{quay}. Then \\citet{lock} wrote of it.").blocks
    assert block.text == "The pier fell. Then wrote of it."
    assert block.holes == (len("The pier fell. Then"),)


def test_a_part_in_another_file_is_told_and_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("The code is 1234.")
    reading = read("a", str(tmp_path / "a.tex"), b"The pier was opened in 1887.\n\n\\input{secret}\n")
    assert reading.source is not None
    assert "1234" not in " ".join(block.text for block in reading.source.blocks)
    assert ["secret.tex" in fault.message and fault.severity == "warning" for fault in reading.problems] == [True]


def test_the_footnotes_of_rtf_are_said_to_be_left_out(documents: dict[str, bytes]) -> None:
    (fault,) = read("a", "a.rtf", documents[".rtf"]).problems
    assert fault.message == "the footnotes of RTF are not read"


# Bad input --------------------------------------------------------------------------------------------------------


def package(**parts: bytes | str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return held.getvalue()


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub"])
@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_document_that_is_cut_off_is_damaged(documents: dict[str, bytes], suffix: str, keep: float) -> None:
    data = documents[suffix]
    assert "damaged or cut off" in problem(suffix, data[: int(len(data) * keep)]).message


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub"])
def test_what_is_no_package_is_damaged(suffix: str) -> None:
    assert "damaged" in problem(suffix, b"The pier was opened in 1887.").message


def test_a_package_without_a_document_is_one_problem() -> None:
    assert "pandoc says" in problem(".docx", package(hello_xml="<a/>")).message


def test_an_encrypted_or_old_document_is_told() -> None:
    assert "encrypted" in problem(".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)).message


def test_an_odt_with_a_password_is_told() -> None:
    manifest = '<manifest><file-entry><encryption-data checksum="x"/></file-entry></manifest>'
    assert (
        "encrypted"
        in problem(".odt", package(META_INF__manifest_xml=manifest).replace(b"META_INF", b"META-INF")).message
    )


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "that is refused" in problem(".docx", package(word__document_xml=b"a" * 30_000_000)).message


def test_a_package_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(package(word__document_xml=b"<a>" + b"pier " * 5000 + b"</a>"))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + at
        data[place : place + 4] = (100).to_bytes(4, "little")
    assert problem(".docx", bytes(data)).message


def test_a_package_of_too_many_parts_is_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as written:
        for number in range(20_001):
            written.writestr(str(number), b"")
    assert "20,001 parts" in problem(".epub", held.getvalue()).message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_entities_are_refused(encoding: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'.encode(encoding)
    assert "XML entities" in problem(".docx", package(word__document_xml=bomb)).message


def test_a_plain_doctype_is_no_entity() -> None:
    page = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html/>'
    assert not isinstance(opened("a.epub", package(page_xml=page)), Problem)


def test_hidden_fonts_alone_are_no_encryption() -> None:
    fonts = '<e><EncryptedData><m Algorithm="http://www.idpf.org/2008/embedding"/></EncryptedData></e>'
    data = package(META_INF__encryption_xml=fonts).replace(b"META_INF", b"META-INF")
    assert not isinstance(opened("a.epub", data), Problem)


def test_broken_latex_is_one_problem_at_its_line() -> None:
    fault = problem(".tex", b"The pier.\n\\begin{itemize} \\item x\n")
    assert fault.where is not None
    assert fault.where.line >= 1
    assert "pandoc says" in fault.message


def test_a_text_that_is_no_rtf_is_told() -> None:
    assert "this is not RTF" in problem(".rtf", b"The pier was opened in 1887.").message


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06"]))
def test_any_package_is_opened_or_is_a_problem(data: bytes, start: bytes) -> None:
    opened("any.docx", start + data)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ALL), st.text(max_size=60))
def test_any_text_is_a_source_or_a_problem(suffix: str, text: str) -> None:
    data = text.encode("utf-8", "replace")
    reading = read("s", f"any{suffix}", data)
    assert reading.source or reading.problems
    assert reading == read("s", f"any{suffix}", data)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text("ab ", max_size=6), max_size=6), st.text("ab*_ \n", max_size=80))
def test_words_that_are_found_stand_in_order_between_their_ends(words: list[str], text: str) -> None:
    place = find(" ".join(words), text)
    if place:
        piece = text[slice(*place)]
        at = 0
        for word in " ".join(words).split():
            at = piece.index(word, at) + len(word)


@pytest.mark.parametrize("mark", ["?", '"', " ?", "\\'3f", "e"])
def test_no_letter_is_lost_behind_a_character_of_rtf_that_has_a_substitute(mark: str) -> None:
    text = rf"{{\rtf1\ansi\uc1 The \u8220{mark}old\u8221{mark} pier fell in the storm \u8212{mark}nobody saw it.\par}}"
    source = read("a", "a.rtf", text.encode()).source
    assert source is not None
    assert source.blocks[-1].text == "The “old” pier fell in the storm —nobody saw it."


def test_deleted_words_of_rtf_are_not_shown() -> None:
    text = rb"{\rtf1\ansi Pier\par The pier was {\deleted\revauthdel1\b {new} }{\revised old} and it fell.\par}"
    source = read("a", "a.rtf", text).source
    assert source is not None
    assert source.blocks[-1].text == "The pier was old and it fell."


BOX = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:body>
<w:p><w:r><w:t>The pier fell.</w:t></w:r><w:r><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>Nobody saw it.</w:t></w:r></w:p>
<w:p><w:r><w:t>It was dark.</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Nobody saw it.</w:t></w:r></w:p></w:txbxContent>
</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
<w:p><w:r><w:t>It was built anew.</w:t></w:r></w:p></w:body></w:document>"""

ODT_BOX = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
<text:p>The pier fell.<draw:frame><draw:text-box><text:p>Nobody saw it.</text:p></draw:text-box></draw:frame></text:p>
<text:p>It was<draw:custom-shape><text:p>It was dark.</text:p></draw:custom-shape> built anew.</text:p>
</office:text></office:body></office:document-content>"""


@pytest.mark.parametrize(
    ("suffix", "part", "content", "order"),
    [
        (".docx", "word/document.xml", BOX, (0, 1, 2, 3)),
        (".odt", "content.xml", ODT_BOX, (0, 1, 3, 2)),
    ],
)
def test_the_words_of_a_text_box_stand_behind_the_paragraph_that_holds_it(
    documents: dict[str, bytes], suffix: str, part: str, content: str, order: tuple[int, ...]
) -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(documents[suffix])) as old, zipfile.ZipFile(package, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    source = read("a", f"a{suffix}", package.getvalue()).source
    assert source is not None
    said = ("The pier fell.", "Nobody saw it.", "It was dark.", "It was built anew.")
    assert [block.text for block in source.blocks] == [said[index] for index in order]
