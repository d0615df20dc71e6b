"""briefgen templates"""

from pathlib import Path

import click

from briefgen.cli import completions
from briefgen.cli.common import (
    force_option,
    print_json,
    problems_as_json,
    said_options,
    show_problems,
    status_for,
)
from briefgen.problems import Problem


@click.command("templates")
@click.argument("template", required=False, metavar="[TEMPLATE]", shell_complete=completions.templates)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the built-in TEMPLATE to this file, to change it in PowerPoint or LibreOffice.",
)
@force_option
@said_options
def command(*, template: str | None, out: Path | None, force: bool, as_json: bool, quiet: bool, verbose: bool) -> int:
    """List the deck templates, or say what becomes of one.

    TEMPLATE is a built-in one or any .pptx or .potx file: its layout for each kind of slide, its fonts, and what
    stands in for what it has not. --json prints an object for each.

    Example: briefgen templates university.potx
    """
    from briefgen.renderers import TEMPLATES

    if template is None:
        if out:
            raise click.UsageError("-o needs the name of a built-in template")
        for name, about in TEMPLATES.items():
            if as_json:
                print_json({"name": name, "about": about})
            elif not quiet:
                click.echo(f"{name:9}{about}")
        return 0
    if out:
        return _written(template, out, force, quiet)
    return _described(template, as_json, quiet)


def _written(name: str, out: Path, force: bool, quiet: bool) -> int:
    from briefgen.problems import error, nearest
    from briefgen.renderers import TEMPLATES
    from briefgen.renderers.deck.template import builtin
    from briefgen.writing import write_new

    problems: tuple[Problem, ...] = (error(f"no built-in template is called {name!r}", nearest(name, TEMPLATES)),)
    if name in TEMPLATES:
        problems = write_new(out, builtin(name), force)
    show_problems(problems, quiet)
    if not problems and not quiet:
        click.echo(f"{name} -> {out}")
    return status_for(problems)


def _described(name: str, as_json: bool, quiet: bool) -> int:
    from briefgen.model import is_template_file
    from briefgen.problems import error, nearest
    from briefgen.renderers import TEMPLATES
    from briefgen.renderers.deck.layouts import TOLD
    from briefgen.renderers.deck.template import template

    if name not in TEMPLATES and not is_template_file(name):
        show_problems([error(f"unknown template {name!r}", nearest(name, TEMPLATES))], quiet)
        return 1
    made, problems = template(name)
    show_problems(problems, quiet)
    if status_for(problems):
        return 1
    layouts = {TOLD[role]: found.name for role, found in made.layouts.items()}
    fonts = list(dict.fromkeys((made.look.heading.family, made.look.text.family)))
    if as_json:
        said = {"name": name, "layouts": layouts, "fonts": fonts, "problems": problems_as_json(problems)}
        print_json({**said, "width": round(made.look.grid.width * made.scale, 3), "height": round(7.5 * made.scale, 3)})
    elif not quiet:
        for told, layout in layouts.items():
            click.echo(f"{told:20}{layout}")
        click.echo(f"{'fonts':20}{', '.join(fonts)}")
    return 0
