"""The characters that HTML and XML can hold."""


def printable(text: str) -> str:
    """`text` without what neither HTML nor XML allows: controls but for blanks, surrogates, and non-characters."""
    return "".join(char for char in text if char in "\t\n\r" or _allowed(ord(char)))


def _allowed(code: int) -> bool:
    controls = code < 0x20 or 0x7F <= code <= 0x9F
    surrogate = 0xD800 <= code <= 0xDFFF
    return not (controls or surrogate or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE)
