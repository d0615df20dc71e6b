"""The pixels of all pictures of a Brief, for what writes them into files."""

from pathlib import Path

from msgspec.structs import replace

from briefgen.model import Brief, Image, Pixels, images_in
from briefgen.pictures.files import read_picture
from briefgen.pictures.ready import Ready
from briefgen.problems import Problem, error


def album(brief: Brief) -> tuple[Brief, dict[str, Pixels], tuple[Problem, ...]]:
    """The Brief without the pictures that are gone or were changed since it was composed, with a problem for each; and
    the pixels of the others by the SHA-256 of their files."""
    pixels: dict[str, Pixels] = {}
    problems: list[Problem] = []
    for shown in images_in(brief):
        found = read_picture(Path(shown.picture.path))
        if isinstance(found, Ready) and found.sha256 == shown.picture.sha256:
            pixels[found.sha256] = found.pixels
        else:
            what = "was changed since it was first read" if isinstance(found, Ready) else found.message
            problems.append(error(f"the picture {shown.picture.path} {what}", "build again", shown.where))
    if not problems:
        return brief, pixels, ()
    sections = tuple(
        replace(
            section,
            blocks=tuple(one for one in section.blocks if not isinstance(one, Image) or one.picture.sha256 in pixels),
        )
        for section in brief.sections
    )
    return replace(brief, sections=sections), pixels, tuple(problems)
