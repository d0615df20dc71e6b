"""Which encoding a file's bytes are in, where nothing says it."""

import codecs
import re
from functools import cache
from typing import Any
from unicodedata import category

from briefgen.tables import table
from briefgen.text.languages import language_of

_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_WIDE_HEAD, _WIDE_LEAST = 16_384, 8
"""Bytes at the start of a file that tell whether it is UTF-16 or UTF-32, and the fewest that can."""
_ODD_LETTERS = 0.01
"""The share of characters of no script above which bytes are not UTF-16 or UTF-32, but no text."""
_ORDINARY = re.compile(r"[0-9A-Za-z \n\u3001\u3002\uff0c]")
# Between letters stand letters, apostrophes and dashes; control characters stand nowhere.
_MISPLACED = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘´·–—…”»«](?=[^\W\d_])|[¹²³¼½¾ºª](?=[^\W\d_])|[\x80-\x9f]")
_INNER_CAPITAL = re.compile(r"(?<=[a-zß-öø-ÿāăąćčďđēęěğīįłńņňōőřśşšţťūůűźżž])[À-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪĮŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽŸ]")
_SAMPLE, _AROUND = 200_000, 3
"""Bytes from the first letter beyond ASCII that tell an encoding, and words looked at around one with such letters."""
_BEYOND = re.compile(rb"[\x80-\xff]")
_UNKNOWN_LETTER = "ĳ"
"""Stands for a letter beyond ASCII while its encoding is not known: no common word of any language has it."""
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MOSTLY, _SOME = 0.5, 0.2
"""Shares of bytes that make letters of UTF-8: what no other encoding but EUC-JP reaches by chance, and what no Latin
one does, as there it takes a capital letter before a sign."""
_HIRAGANA = re.compile(r"[ぁ-ん]")
_OF_JAPANESE = 0.2
"""The share of hiragana above which a text is Japanese: plain prose has about a half, other languages none."""
_FOREIGN = 0.05
"""The share of letters beyond ASCII that may be foreign to a language in its own encoding: those of names."""
_DISORDER = 10.0
"""What disorder (charset-normalizer's measure, 0 to 1) counts beside the fit of letters to a language (0 to 1)."""


def wide(body: bytes) -> str | None:
    """The encoding of UTF-16 or UTF-32 without a mark; none where the bytes are neither."""
    head = body[:_WIDE_HEAD]
    if len(head) < _WIDE_LEAST:
        return None
    fits: dict[str, int] = {}
    for name in _WIDE:
        text = _begun(head, name)
        if text and sum(map(_is_odd, text)) <= _ODD_LETTERS * len(text):
            if name.startswith("utf-32"):
                return name
            fits[name] = len(_ORDINARY.findall(text))
    best = max(fits, key=lambda name: fits[name], default=None)
    return best if best and fits[best] else None


def detected(body: bytes) -> str | None:
    """The encoding that the bytes of a text look like; none where it may be any, or where most of them are UTF-8."""
    sample = _telling(body)
    if not sample or _is_euc_jp(sample):
        return "euc_jp" if sample else None
    share = _share_of_utf8(body)
    if share > _MOSTLY:
        return None
    found = _of_a_language(sample) or _of_least_disorder(sample)
    return None if share > _SOME and found in encodings()["latin"] else found


def strictly(body: bytes, encoding: str | None) -> str | None:
    """The text of `body` in an encoding; none where it is not wholly in it."""
    try:
        return body.decode(encoding) if encoding else None
    except UnicodeError:
        return None


@cache
def encodings() -> dict[str, Any]:
    """The table of encodings."""
    data: dict[str, Any] = table("readers/encodings.yaml")
    return data


def known_encoding(name: str) -> str | None:
    """The codec that an encoding's name stands for; none where there is no such codec for text."""
    called: dict[str, str] = encodings()["called"]
    try:
        codec = codecs.lookup(called.get(name.lower(), name))
    except (LookupError, ValueError):
        return None
    apart = codec.name in encodings()["not_for_documents"] or not codec._is_text_encoding
    return None if apart else codec.name


def _begun(head: bytes, encoding: str) -> str | None:
    """The text that begins with `head`, whose last character may be cut."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeError:
        return None


def _is_odd(letter: str) -> bool:
    """Whether no text has this character: it is not assigned, for private use, or a control character."""
    kind = category(letter)
    return kind in ("Cn", "Co", "Cs") or (kind == "Cc" and letter not in "\t\n\r\x0c\x1b")


def _telling(body: bytes) -> bytes:
    """The words with letters beyond ASCII, and those next to them: the others say nothing and outweigh these."""
    first = _BEYOND.search(body)
    if not first:
        return b""
    end = first.start() + _SAMPLE
    words = body[max(0, first.start() - 1000) : end].split()
    if end < len(body) and len(words) > 1:
        words.pop()  # it may end in half a letter
    near: set[int] = set()
    for place, word in enumerate(words):
        if not word.isascii():
            near.update(range(place - _AROUND, place + _AROUND + 1))
    return b" ".join(word for place, word in enumerate(words) if place in near)


def _is_euc_jp(sample: bytes) -> bool:
    """Whether this is Japanese in EUC-JP, whose bytes are often letters of UTF-8 by chance: it is full of hiragana."""
    text = strictly(sample, "euc_jp") or ""
    return len(_HIRAGANA.findall(text)) > _OF_JAPANESE * len(text)


def _share_of_utf8(body: bytes) -> float:
    """The share of the bytes beyond ASCII that make letters of UTF-8."""
    beyond = len(body.translate(None, bytes(range(128))))
    return sum(map(len, _MULTIBYTE.findall(body))) / beyond


def _of_a_language(sample: bytes) -> str | None:
    """Where the words in plain letters tell the language, the encoding that gives the others the letters of it."""
    unknown = _BEYOND.sub(b"\xff", sample).decode("latin-1").replace("\xff", _UNKNOWN_LETTER)
    alphabet = encodings()["alphabets"].get(language_of(unknown))
    if not alphabet:
        return None
    letters = frozenset(alphabet + alphabet.upper())
    names: list[str] = [*encodings()["latin by use"], *encodings()["latin of old computers"]]
    faults = {name: _misplaced(text) + _foreign(text, letters) for name, text in _texts(sample, names).items()}
    best = min(faults, key=lambda name: faults[name], default=None)
    return best if best and faults[best] <= _FOREIGN * len(_BEYOND.findall(sample)) else None


def _foreign(text: str, letters: frozenset[str]) -> int:
    """How many letters beyond ASCII are none of `letters`."""
    return sum(letter > "\x7f" and letter.isalpha() and letter not in letters for letter in text)


def _of_least_disorder(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    fit: dict[str, float] = {}
    for match in from_bytes(sample):
        for name in filter(None, map(known_encoding, match.could_be_from_charset)):
            fit[name] = max(match.coherence - _DISORDER * match.chaos, fit.get(name, -_DISORDER))
    if not fit:
        return None
    best = max(fit.values())
    fitting = [name for name in fit if fit[name] == best]
    found = next((name for name in encodings()["commonest"] if name in fitting), fitting[0])
    return _latin(sample, found) if found in encodings()["latin"] else found


def _latin(sample: bytes, found: str) -> str:
    """Of the encodings of Latin letters, which put signs where others have letters, the one that fits words best."""
    texts = _texts(sample, [found, *encodings()["latin by use"]])
    return min(texts, key=lambda name: _misplaced(texts[name]), default=found)


def _texts(sample: bytes, names: list[str]) -> dict[str, str]:
    """The text of `sample` in each of the encodings that can hold it."""
    return {name: text for name in names if (text := strictly(sample, name))}


def _misplaced(text: str) -> int:
    """How many characters beyond ASCII stand where no word has them: signs inside, capitals behind small letters."""
    return len(_MISPLACED.findall(text)) + len(_INNER_CAPITAL.findall(text))
