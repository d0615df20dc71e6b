"""briefgen schema"""

import json

import click

from briefgen.cli.common import Named, said_options

KINDS = ("outline", "defaults", "topic", "source")


@click.command("schema")
@click.option(
    "--of",
    "kind",
    type=Named(KINDS),
    default="outline",
    show_default=True,
    help="The kind of file: an outline, defaults (briefgen.yaml), a topic, or a source (NAME.source.yaml).",
)
@said_options
def command(kind: str, as_json: bool, quiet: bool, verbose: bool) -> int:
    """Print the JSON Schema of outlines, for editors.

    An editor that knows it completes and explains keys, and marks mistakes, while you write. It is always JSON,
    whatever the options. --of asks for the schema of the other files that briefgen reads.

    Example: briefgen schema > outlines/outline.schema.json
    """
    from briefgen.schemas import schema

    click.echo(json.dumps(schema(kind), indent=2, ensure_ascii=False))
    return 0
