"""briefgen build"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import completions
from briefgen.cli.common import (
    counted,
    outlines_meant,
    print_json,
    problems_as_json,
    said_options,
    show_problems,
    sources_option,
    status_for,
)

if TYPE_CHECKING:
    from briefgen.build import BuildResult

FORMATS = ("pptx", "html", "slides-html", "pdf", "docx", "odt", "quiz", "gift", "moodle", "qti")


def _formats(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        from briefgen.problems import nearest

        hint = nearest(unknown[0], FORMATS) if unknown else f"accepted: {', '.join(FORMATS)}"
        raise click.BadParameter(f"{', '.join(unknown) or 'nothing'} is not a format; {hint}")
    return names


@click.command("build")
@click.argument("outlines", nargs=-1, required=True, metavar="OUTLINE...", shell_complete=completions.files)
@click.option(
    "--to",
    "formats",
    default="pptx,html",
    show_default=True,
    callback=_formats,
    shell_complete=completions.formats,
    metavar="FORMATS",
    help="What to make, separated by commas: pptx (the deck), slides-html (the slides as a page), html, pdf, docx, odt "
    "(the handout), quiz (questions and their key, to print), gift, moodle or qti (the questions for a learning "
    "platform).",
)
@sources_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder to write to.  [default: output]",
)
@click.option(
    "--citations",
    metavar="STYLE",
    shell_complete=completions.styles,
    help="A citation style by name, or a .csl file.",
)
@click.option(
    "--template",
    metavar="TEMPLATE",
    shell_complete=completions.templates,
    help="A deck template by name (lecture, hall, print), or a .pptx or .potx file.",
)
@said_options
def command(
    *,
    outlines: tuple[str, ...],
    formats: tuple[str, ...],
    sources: tuple[str, ...],
    out: Path | None,
    citations: str | None,
    template: str | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Make a lecture deck and a handout from each outline.

    An outline may be a folder, which stands for all outlines in it. The options win over what an outline says.
    Problems do not stop the rest: what can be made is made, and the exit status is 1.

    Example: briefgen build outlines/survey.yaml --sources papers --out week6
    """
    from briefgen.build import BuildOptions, build

    options = BuildOptions(formats=formats, out=out, sources=sources, citations=citations, template=template)
    paths, problems = outlines_meant(outlines)
    show_problems(problems, quiet)
    status = status_for(problems)
    shown = list(problems)
    for path in paths:
        result = build(path, options)
        show_problems((problem for problem in result.problems if problem not in shown), quiet)
        shown += result.problems
        status = max(status, status_for(result.problems))
        if as_json:
            print_json(_as_json(path, result))
        elif not quiet:
            click.echo(_summary(path, result, verbose))
    return status


def _summary(path: Path, result: "BuildResult", verbose: bool) -> str:
    made = [str(output) for output in result.outputs]
    if not made:
        return f"{path.stem}: nothing was made"
    counts = f"{counted(result.slides, 'slide')}, {counted(result.statements, 'statement')}"
    said = f"{path.stem}: {counts} from {counted(result.sources, 'source')} -> {', '.join(made)}"
    return f"{said} ({counted(len(result.problems), 'problem')}; title: {result.title})" if verbose else said


def _as_json(path: Path, result: "BuildResult") -> dict[str, Any]:
    return {
        "outline": str(path),
        "title": result.title,
        "outputs": [str(output) for output in result.outputs],
        "slides": result.slides,
        "statements": result.statements,
        "sources": result.sources,
        "problems": problems_as_json(result.problems),
    }
