"""A picture of the instructor's: read, and told in words."""

from pathlib import Path

from briefgen.compose.material import Material
from briefgen.model import Image, ImageBlock, Picture, Run, Statement
from briefgen.pictures import Refused, read_picture
from briefgen.problems import Location, Problem, error, warning
from briefgen.text.alternatives import is_file_name, says_nothing
from briefgen.userfiles import project_of

_SAY = "say in a sentence what the picture shows, for those who do not see it"


def image(block: ImageBlock, where: Location, material: Material) -> tuple[Image, ...]:
    """The block with its picture; none, and a problem for each thing that is wrong, where it cannot be shown."""
    desk = material.desk
    untold = _untold(block, material.marks.get("alt", where))
    at_file = material.marks.get("file", where)
    found = read_picture(Path(block.file), project_of(Path(where.file)))
    if isinstance(found, Refused):
        desk.problems.append(error(f"the picture {block.file} {found.message}", found.hint, at_file))
    elif found.remark:
        desk.problems.append(warning(f"the picture {block.file} {found.remark}", "save that part by itself", at_file))
    if block.alt and block.decorative:
        hint = "take one of the two out"
        at_alt = material.marks.get("decorative", where)
        desk.problems.append(warning("a picture with 'alt' is not decorative; its words are kept", hint, at_alt))
    desk.problems += untold
    if untold or isinstance(found, Refused):
        return ()
    words = (Run(block.caption),) if block.caption else ()
    return (
        Image(
            title=block.title or "",
            picture=Picture(block.file, found.sha256, found.width, found.height),
            alt=block.alt or "",
            credit=block.credit,
            where=where,
            license=block.license or "",
            caption=Statement(desk.next_id(), "instructor", words) if words else None,
        ),
    )


def _untold(block: ImageBlock, where: Location) -> list[Problem]:
    """That nobody is told what the picture shows: no alternative text, or one that is a name and no description."""
    if not block.alt:
        hint = f"add 'alt: ...': {_SAY}; or 'decorative: true', if it tells nothing"
        return [] if block.decorative else [error("a picture needs the key 'alt' or 'decorative'", hint, where)]
    own = (Path(block.file).name.casefold(), Path(block.file).stem.casefold())
    if is_file_name(block.alt) or block.alt.strip().casefold() in own:
        return [error(f"alt: {block.alt!r} is the name of a file", _SAY, where)]
    return [error(f"alt: {block.alt!r} says nothing", _SAY, where)] if says_nothing(block.alt) else []
