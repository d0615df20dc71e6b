"""briefgen man"""

import click

from briefgen.cli.common import print_json, said_options


@click.command("man")
@said_options
def command(as_json: bool, quiet: bool, verbose: bool) -> int:
    """Print the manual page, with all commands in it.

    It is roff, for man: read it with `briefgen man | man -l -`, or write it to where man looks.

    Example: briefgen man > ~/.local/share/man/man1/briefgen.1
    """
    from briefgen.cli import COMMANDS, briefgen
    from briefgen.cli.manpage import manual

    page = manual(briefgen, COMMANDS)
    if as_json:
        print_json({"name": "briefgen.1", "text": page})
    else:
        click.echo(page, nl=False)
    return 0
