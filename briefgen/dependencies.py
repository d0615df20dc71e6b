"""What the build of an outline depends on, by the outline alone: paths, folders and globs."""

import os
from collections.abc import Iterator
from pathlib import Path

from briefgen.model import ImageBlock, Outline, is_template_file
from briefgen.userfiles import DEFAULTS

TOPICS = "topics"
"""The folder beside an outline that has the instructor's own topics."""


def patterns_of(path: Path, outline: Outline) -> tuple[str, ...]:
    """The files that are read for an outline in a file, as seen from the current folder, whether they are there or not.

    A folder means all files below it. With a source that is named alone come the files of its folder, where those
    stand that say what it is.
    """
    here = Path(os.path.abspath(path)).parent
    defaults = (os.path.relpath(folder / DEFAULTS) for folder in (here, *here.parents))
    alone = (one for one in outline.sources if not os.path.isdir(one))
    beside = (os.path.join(os.path.dirname(one), "*") for one in alone)
    return (str(path), *defaults, str(path.parent / TOPICS), *_named(outline), *outline.sources, *beside)


def _named(outline: Outline) -> Iterator[str]:
    """What an outline names to be made with; a style may lead to another one beside it, a page to all in its folder."""
    if is_template_file(outline.template):
        yield outline.template
    if outline.citations.endswith(".csl"):
        yield os.path.join(os.path.dirname(outline.citations), "*.csl")
    handout = outline.handout
    if handout.html_template:
        yield os.path.dirname(handout.html_template) or "."
    yield from filter(None, (handout.reference, *handout.fonts))
    blocks = (located.block for section in outline.sections for located in section.blocks)
    yield from (block.file for block in blocks if isinstance(block, ImageBlock))
