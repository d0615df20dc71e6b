"""Where a line may end: UAX #14 (Unicode 16) in what slides need, and no more than every program allows.

A break that is missing here costs a little room; one too many, and a program needs a line that was not planned. So of
what programs treat each in their own way only that is kept which all allow. Names in comments are UAX #14's classes.
"""

import re
from functools import cache

# Scripts whose characters are an em wide; a line may end between any two of them (ID, H2, H3).
WIDE = (
    "\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
)
HANGUL = "\u1100-\u115f\u3131-\u318e\uac00-\ud7a3"  # Korean may be set to break at blanks alone
BLANK = " \\t\\n\\r"
SPACES = "\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"  # BA: other spaces that are not glue
SOFT_HYPHEN, ZERO_WIDTH = "\u00ad", "\u200b"
DASHES = f"\\-\u2010\u2012-\u2014/…{SOFT_HYPHEN}{SPACES}"  # HY, BA, B2, SY, IN
# CL, CP, EX, IS, SY: never first on a line, also after a blank (LB13).
CLOSING = (
    ")\\]}!?,.;:/\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301b\u301e\u301f"
    "\ufe11\ufe12\ufe50-\ufe57\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d\uff60\uff61\uff63\uff64"
)
QUOTES = "\"'«»‹›\u2018-\u201f"  # QU: neither before nor after them
QUOTES_OPEN, QUOTES_CLOSE = "‘“«‹", "’”»›"
# NS and CJ: signs and small letters that do not begin a line of Japanese.
SMALL = (
    "\u203c\u203d\u2047-\u2049\u3005\u301c\u303b\u303c\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e\u3095\u3096"
    "\u309b-\u309e\u30a0\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6\u30fb-\u30fe\u31f0-\u31ff"
    "\ufe54\ufe55\uff65\uff67-\uff70\uff9e\uff9f"
)
GLUE = "\u00a0\u202f\u2007\u2011\u2060\ufeff\u200d\u034f\u035c-\u0362"  # GL, WJ, ZWJ
MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"  # CM
UNITS = "%¢°‰-‷₧℃℉\uff05\uffe0"  # PO
# OP, and PR: never last on a line, PR not first either after most.
OPENING = (
    "(\\[{¡¿\u201a\u201e\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\u301d\ufe59\ufe5b\ufe5d"
    "\uff08\uff3b\uff5b\uff5f\uff62"
)
MONEY = "$£¥+±№€\\\\\uff04\uffe1\uffe5\uffe6"
NOT_FIRST = f"{CLOSING}{QUOTES}{SMALL}{GLUE}{MARKS}{UNITS}{MONEY}{DASHES}{ZERO_WIDTH}{BLANK}"
NOT_LAST = f"{OPENING}{MONEY}{UNITS}{QUOTES}{GLUE}{MARKS}"
HEBREW = "\u0591-\u05c7\u05d0-\u05ea"  # HL, with its points

# Thai, Lao, Burmese and Khmer have no blanks between words. Programs look words up; here so many signs count as one.
WORD_SIGNS = 8
_LEADING = "\u0e40-\u0e44\u0ec0-\u0ec4"
_BASE = "\u0e01-\u0e2f\u0e3f\u0e81-\u0eaf\u0edc-\u0edf\u1000-\u102a\u103f\u1780-\u17b3"
_FOLLOWING = "\u0e30-\u0e3a\u0e45-\u0e4e\u0eb0-\u0ebd\u0ec6-\u0ecf\u102b-\u103e\u17b4-\u17d3\u17dd"
UNSPACED = f"{_LEADING}{_BASE}{_FOLLOWING}"
# A sign: a letter with its vowels; what is stacked below it (U+1039, U+17D2), what closes its syllable (U+103A).
_SIGN = f"[{_LEADING}]?[{_BASE}](?:[{_FOLLOWING}]|(?<=[\u1039\u17d2])[{_BASE}]|[{_BASE}](?=\u103a))*+"
_WORDS = f"(?:{_SIGN}|[{UNSPACED}]){{1,{WORD_SIGNS}}}+(?:[^{UNSPACED}]++)?|[^{UNSPACED}]++"

# At blanks and dashes. A blank holds before closing punctuation (LB7, LB11, LB13, LB15b, LB16) and after opening (LB14,
# LB15a). A dash holds before what is never first, a hyphen or slash before digits (LB21b, LB25), and any dash after a
# letter of Hebrew (LB21a) or where it begins a word (LB20a).
_AFTER_QUOTES = f"{BLANK}{CLOSING}{QUOTES}{GLUE}{ZERO_WIDTH}"
_HOLDS = "|".join(
    (
        f"[{BLANK}]++(?=[{CLOSING}{SMALL}{ZERO_WIDTH}\u2060\ufeff]|[{QUOTES_CLOSE}](?:[{_AFTER_QUOTES}]|$))",
        f"(?<=[{OPENING}{QUOTES_OPEN}])[{BLANK}]++",
        f"[{DASHES}](?=[{NOT_FIRST}])",
        f"[-/](?=[\\d{HEBREW}])",
        f"(?<=[{HEBREW}{MARKS}\u200d])[{DASHES}]",
        f"(?<![^{BLANK}{OPENING}{GLUE}{ZERO_WIDTH}])[{DASHES}]",
    )
)
_PLAIN = f"[^{BLANK}{DASHES}]*+"
_PIECES = re.compile(f"{_PLAIN}(?:(?:{_HOLDS}){_PLAIN})*+(?:[{BLANK}]++|[{DASHES}])?")
# In other scripts, between what these leave together. These patterns take long to compile: that is done only where a
# text has a character of the blocks that hold all of those scripts.
_PERHAPS_OTHERS = re.compile("[^\0-\u0e00\u200c-\u2e7f]")
_OTHERS = f"[{ZERO_WIDTH}{WIDE}{UNSPACED}]"
_UNSPACED_LETTER = f"(?![{HANGUL}])[{WIDE}{UNSPACED}]"
_BETWEEN = (
    f"(?<={ZERO_WIDTH})(?![{ZERO_WIDTH}{BLANK}])"  # LB8
    f"|(?<=[{WIDE}])(?<![{NOT_LAST}{HANGUL}{SPACES}])(?![{NOT_FIRST}])"
    f"|(?<=[{HANGUL}])(?=[{WIDE}])(?![{NOT_FIRST}{HANGUL}])"
    f"|(?<![{NOT_LAST}{WIDE}{BLANK}{ZERO_WIDTH}{DASHES}])(?!^)(?=[{WIDE}])(?![{NOT_FIRST}])"
)
_ENDS_OTHERS = f"(?s:.)*[{ZERO_WIDTH}{WIDE}](?<![{NOT_LAST}{HANGUL}])"
_ENDS = re.compile(f".*(?:[{BLANK}]|(?<!^)(?<![{BLANK}])[{DASHES}])", re.DOTALL)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def pieces(text: str) -> list[str]:
    """`text` in pieces: a line may end after each but the last, and nowhere else."""
    found = _PIECES.findall(text)[:-1]  # the last is empty
    if not _PERHAPS_OTHERS.search(text) or not _compiled(_OTHERS).search(text):
        return found
    between, words = _compiled(_BETWEEN), _compiled(_WORDS)
    return [word for piece in found for part in between.split(piece) if part for word in words.findall(part)]


def may_end(piece: str) -> bool:
    """Whether a line may end after a text that ends with this piece, whatever follows but closing punctuation."""
    if _ENDS.fullmatch(piece):
        return True
    return bool(_PERHAPS_OTHERS.search(piece)) and _compiled(_ENDS_OTHERS).fullmatch(piece) is not None


def is_unspaced(text: str) -> bool:
    """Whether `text` has letters of a script that sets no blanks between words."""
    return bool(_PERHAPS_OTHERS.search(text)) and _compiled(_UNSPACED_LETTER).search(text) is not None
