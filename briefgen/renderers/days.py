"""Days in words, alike in every output."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_words(edtf: str) -> str:
    """A day, month or year of an EDTF text in words ("11 September 2012"); anything else as it stands."""
    parts = edtf.partition("T")[0].split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
        return edtf
    month = int(parts[1]) if len(parts) > 1 else 0
    if len(parts) > 1 and not 1 <= month <= 12:
        return edtf
    words = [MONTHS[month - 1]] if month else []
    day = [str(int(parts[2]))] if len(parts) == 3 else []
    return " ".join([*day, *words, parts[0]])
