"""briefgen completion"""

import os

import click

from briefgen.cli.common import Named, print_json, said_options

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=Named(SHELLS), required=False)
@said_options
def command(shell: str | None, as_json: bool, quiet: bool, verbose: bool) -> int:
    """Print what lets a shell complete commands and names.

    Commands, options, topics, styles, templates, formats and files are completed with the tab key. Without a name, it
    is for the shell that you use. Write it once to the place where the shell looks, and open a new terminal:

    \b
    bash: ~/.local/share/bash-completion/completions/briefgen
    zsh:  a folder of $fpath, such as ~/.zfunc, as _briefgen
    fish: ~/.config/fish/completions/briefgen.fish

    Example: briefgen completion fish > ~/.config/fish/completions/briefgen.fish
    """
    from briefgen.cli import briefgen

    named = shell or os.path.basename(os.environ.get("SHELL", ""))
    if named not in SHELLS:
        raise click.UsageError(f"name a shell; accepted: {', '.join(SHELLS)}")
    script = script_for(named, briefgen)
    if as_json:
        print_json({"shell": named, "script": script})
    else:
        click.echo(script)
    return 0


def script_for(shell: str, program: click.Command) -> str:
    """The script by which a shell asks briefgen what to offer."""
    from click.shell_completion import ShellComplete, get_completion_class

    made = get_completion_class(shell)
    assert made is not None
    # That of bash would run bash first, to see how old it is; here it may be written for another machine.
    script = ShellComplete.source(made(program, {}, "briefgen", "_BRIEFGEN_COMPLETE"))
    # That of fish would cut "pptx,html" at its comma.
    return script.replace('string split ","', 'string split --max 1 ","').strip("\n")
