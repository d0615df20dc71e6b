"""briefgen build"""

from pathlib import Path

import click

from briefgen.cli import completions
from briefgen.cli.common import outlines_meant, said_options, show_problems, sources_option, status_for

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
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="How many outlines to build at once.  [default: one a processor, fewer for few outlines]",
)
@click.option("--cluster", metavar="ADDRESS", help="Build on a Dask cluster instead, such as tcp://host:8786.")
@click.option("--force", is_flag=True, help="Build what has not changed, too.")
@click.option("--why", is_flag=True, help="Say why each outline is built, or is not.")
@click.option("--watch", is_flag=True, help="Go on, and build again what changes, until interrupted.")
@said_options
def command(
    *,
    outlines: tuple[str, ...],
    formats: tuple[str, ...],
    sources: tuple[str, ...],
    out: Path | None,
    citations: str | None,
    template: str | None,
    jobs: int | None,
    cluster: str | None,
    force: bool,
    why: bool,
    watch: bool,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Make a lecture deck and a handout from each outline.

    An outline may be a folder, which stands for all outlines in it. The options win over what an outline says.
    Problems do not stop the rest: what can be made is made, and the exit status is 1. What has not changed since it
    was built is left as it is; what was edited by hand is kept beside under another name before it is replaced.

    Example: briefgen build outlines/survey.yaml --sources papers --out week6
    """
    from briefgen.cli.rounds import How, run
    from briefgen.results import BuildOptions

    options = BuildOptions(
        formats=formats, out=out, sources=sources, citations=citations, template=template, force=force
    )
    how = How(options, jobs, cluster, why, as_json, quiet, verbose)
    paths, problems = outlines_meant(outlines)
    show_problems(problems, quiet)
    first = run(paths, how)
    if watch:
        from briefgen.cli.watching import watch_and_run

        watch_and_run(outlines, how, first.problems.union(problems))
    return max(status_for(problems), first.status)
