"""The command line: one module a command, imported when that command is asked for.

Exit statuses: 0 done; 1 problems found, and what could be made was made; 2 wrong usage; 130 interrupted.
"""

import io
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

from briefgen import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "bibliography": "Export works for Zotero and other reference managers.",
    "build": "Make a lecture deck and a handout from each outline.",
    "check": "Name every problem of outlines and sources; write nothing.",
    "cite": "Format works as notes and as a bibliography.",
    "completion": "Print what lets a shell complete commands and names.",
    "dates": "Show the time expressions of documents with their values.",
    "freeze": "Write an outline out with every chosen statement in place.",
    "man": "Print the manual page, with all commands in it.",
    "new": "Start a project: an outline, a sample source, schemas.",
    "read": "Show what is understood of source documents.",
    "schema": "Print the JSON Schema of outlines, for editors.",
    "search": "Find passages in the sources, ready to pin in an outline.",
    "sources": "Show the sources and their health.",
    "styles": "List the citation styles that are shipped.",
    "suggest": "Propose an outline from what the sources hold.",
    "templates": "List the deck templates, or say what becomes of one.",
    "verify": "Find every statement of a built file in its source again.",
}
"""Each command and the first sentence of its help, so that `briefgen --help` imports none of them."""


class _Lazy(click.Group):
    """A group whose commands are modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            if ctx.resilient_parsing:
                return None
            from briefgen.problems import nearest

            ctx.fail(f"no command is called {cmd_name!r}; {nearest(cmd_name, COMMANDS)}")
        command = import_module(f"briefgen.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        named = [CompletionItem(name, help=about) for name, about in COMMANDS.items() if name.startswith(incomplete)]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefgen", message="%(prog)s %(version)s")
def briefgen() -> None:
    """Turn source documents and a short outline into a lecture deck and printable handouts.

    Every statement in them is a passage of a source, with a footnote that leads to it.

    `briefgen COMMAND --help` tells of a command, `briefgen completion --help` how your shell completes them.

    Example: briefgen build outlines/survey.yaml
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` (the program's own where none are given) ask for; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = briefgen.main(given, prog_name="briefgen", standalone_mode=False)
    except click.ClickException as reason:
        reason.show()
        return reason.exit_code
    except click.Abort:
        return 130
    except Exception as reason:  # the last resort: a mistake in briefgen itself, said in one line
        _say_internal_error(reason, "--verbose" in given)
        return 1
    return int(status or 0)


def _say_internal_error(reason: Exception, verbose: bool) -> None:
    words = " ".join(str(reason).split())
    click.echo(f"internal error: {type(reason).__name__}: {words}", err=True)
    if verbose:
        import traceback

        traceback.print_exception(reason)
    else:
        click.echo("    hint: this is a mistake in briefgen; the same command with --verbose shows where", err=True)
