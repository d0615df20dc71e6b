"""briefgen schema"""

import json

import click

from briefgen.cli.common import said_options


@click.command("schema")
@said_options
def command(as_json: bool, quiet: bool, verbose: bool) -> int:
    """Print the JSON Schema of outlines, for editors.

    An editor that knows it completes keys and marks mistakes while you write. It is always JSON, whatever the
    options.

    Example: briefgen schema > outlines/outline.schema.json
    """
    from briefgen.outline import schema

    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))
    return 0
