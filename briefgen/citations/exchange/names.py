"""Names as reference managers write them: "Family, Given", "Family, Jr., Given", bodies in one piece."""

from typing import Any

from briefgen.citations.fields import Name


def inverted(name: dict[str, Any]) -> str:
    """A CSL-JSON name with the family name first; a body as it is."""
    if name.get("literal"):
        return str(name["literal"])
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    given = " ".join(filter(None, (name.get("given"), name.get("dropping-particle"))))
    return ", ".join(part for part in (family, str(name.get("suffix") or ""), given) if part)


def turned(text: str) -> Name:
    """The name that "Family, Given", "Family, Jr., Given" or "Given Family" writes."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1:
        words = parts[0].split()
        if len(words) == 1:
            return {"literal": parts[0]}
        at = next((index for index, word in enumerate(words[1:-1], 1) if word[0].islower()), len(words) - 1)
        return {"family": " ".join(words[at:]), "given": " ".join(words[:at])}
    if len(parts) > 2:
        return {"family": parts[0], "suffix": parts[1], "given": ", ".join(parts[2:])}
    return {"family": parts[0], "given": parts[1]} if parts else {"literal": text}
