"""briefgen styles"""

import click

from briefgen.cli.common import print_json, said_options


@click.command("styles")
@said_options
def command(as_json: bool, quiet: bool, verbose: bool) -> int:
    """List the citation styles that are shipped.

    Any other style of the Citation Style Language works, too: name its .csl file. --json prints an object for each.

    Example: briefgen styles
    """
    from briefgen.citations.csl_style import find_style, style_names

    for name in style_names():
        style, _ = find_style(name)
        if as_json:
            print_json({"name": name, "title": style.title, "notes": style.has_notes})
        elif not quiet:
            kind = "footnotes" if style.has_notes else "in the text; footnotes have the full form"
            click.echo(f"{name:21}{style.title} ({kind})")
    return 0
