"""The files of pictures, as an outline names them."""

import os
from pathlib import Path

from briefgen.pictures.ready import Ready, Refused, made_ready
from briefgen.userfiles import is_named_in_utf8, read_bytes

_SEEN = "its path is seen from the folder of the outline"


def read_picture(path: Path, project: Path | None = None) -> Ready | Refused:
    """The picture in the file at `path`, which must lie in `project` if one is given. Never raises."""
    if not is_named_in_utf8(path):
        return Refused("has a name that is not UTF-8", "rename it")
    try:
        if project and not Path(os.path.realpath(path)).is_relative_to(project):
            hint = f"copy it into the project, which is the folder {project}"
            return Refused("lies outside the project, or is a link that leads out of it", hint)
        return made_ready(read_bytes(path))
    except FileNotFoundError:
        return Refused("is not there", _other(path))
    except IsADirectoryError:
        return Refused("is a folder", "name a picture in it")
    except (OSError, ValueError) as reason:
        words = getattr(reason, "strerror", None) or str(reason)
        return Refused(f"cannot be read: {words}", "is it a file, and yours?")


def _other(path: Path) -> str:
    if "://" in path.as_posix() or ":/" in path.as_posix():
        return "nothing is fetched from the network: save the picture beside the outline"
    from difflib import get_close_matches

    try:
        close = get_close_matches(path.name, sorted(os.listdir(path.parent)), n=1)
    except (OSError, ValueError):
        close = []
    return f"did you mean {close[0]!r}? {_SEEN}" if close else _SEEN
