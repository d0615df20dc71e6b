"""The manual page, made of the same words as --help, in the man macros that groff and mandoc know."""

import re
from collections.abc import Iterable, Iterator

import click

from briefgen import __version__

_STATUSES = (
    ("0", "Done; there may be warnings."),
    ("1", "There were errors, and what could be made was made; for verify, something is changed, missing or new."),
    ("2", "The command was wrong."),
    ("130", "It was interrupted."),
)
_VARIABLES = (
    ("BRIEFGEN_CACHE", "The folder in which what was read is kept; empty, nothing is kept."),
    ("SOURCE_DATE_EPOCH", "Seconds since 1970: the day that files are dated where their outline has no date."),
    ("NO_COLOR", "Any words in it: no colours."),
    ("FORCE_COLOR", "Any words in it: colours, also where the output is no terminal."),
)
_FILES = (
    ("outlines/*.yaml", "Outlines: what a lecture shows."),
    ("briefgen.yaml", "Defaults for all outlines below its folder."),
    ("outlines/topics/NAME.yaml", "Topics of your own."),
    ("sources/NAME.source.yaml", "What you know of the source NAME beside it."),
    ("output/NAME.evidence.json", "Where each statement of a deck or handout comes from."),
)


def manual(program: click.Group, names: Iterable[str]) -> str:
    """The page `briefgen.1`, with a section for each command. It names no day, so that it is always the same."""
    context = click.Context(program, info_name="briefgen", **program.context_settings)
    summary, *more = _paragraphs(program.help or "")
    lines = [
        f'.TH BRIEFGEN 1 "" "briefgen {__version__}" "User Commands"',
        ".SH NAME",
        f"briefgen \\- {_text(summary[0].lower() + summary[1:].rstrip('.'))}",
        ".SH SYNOPSIS",
        *_usage(program, context),
        ".SH DESCRIPTION",
        *_told([summary, *more]),
        ".SH OPTIONS",
        *_options(program, context),
        ".SH COMMANDS",
        *(line for name in names for line in _command(program, name, context)),
        *_table("EXIT STATUS", _STATUSES),
        *_table("ENVIRONMENT", _VARIABLES),
        *_table("FILES", _FILES),
    ]
    return "".join(f"{line}\n" for line in lines)


def _command(program: click.Group, name: str, context: click.Context) -> Iterator[str]:
    command = program.get_command(context, name)
    assert command is not None
    own = click.Context(command, info_name=name, parent=context)
    yield f".SS {name}"
    yield from _usage(command, own)
    yield from _told(_paragraphs(command.help or ""))
    yield from _options(command, own)


def _usage(command: click.Command, context: click.Context) -> Iterator[str]:
    pieces = " ".join(_styled(piece) for piece in command.collect_usage_pieces(context))
    yield f"\\fB{_text(context.command_path)}\\fR {pieces}"


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and record[1]:
            yield from _item(_styled(record[0]), record[1])


def _table(heading: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f".SH {heading}"
    for name, about in rows:
        yield from _item(f"\\fB{_text(name)}\\fR", about)


def _item(name: str, about: str) -> Iterator[str]:
    yield ".TP"
    yield name
    yield _line(" ".join(about.split()))


def _styled(words: str) -> str:
    """The words of a usage: options in bold, what stands for something else in italics."""
    return " ".join(f"\\f{'B' if word.startswith('-') else 'I'}{_text(word)}\\fR" for word in words.split())


def _told(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        name, mark, example = paragraph.partition("Example: ")
        yield ".PP"
        if mark and not name:
            yield from ("Example:", ".PP", ".in +4", ".nf", _line(example), ".fi", ".in")
        elif paragraph.startswith("\b"):
            yield from (".nf", *map(_line, paragraph[1:].strip("\n").split("\n")), ".fi")
        else:
            yield _line(paragraph)


def _paragraphs(help_text: str) -> list[str]:
    """The paragraphs of a help, each in one line but those whose lines are to stay."""
    found = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", help_text.strip())]
    return [part if part.startswith("\b") else " ".join(part.split()) for part in found]


def _line(words: str) -> str:
    """A line of text, which a dot or apostrophe at its start would make a request."""
    text = _text(words)
    return f"\\&{text}" if text.startswith((".", "'")) else text


def _text(words: str) -> str:
    """Text without signs that roff takes for its own, and in ASCII."""
    escaped = words.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    escaped = escaped.replace("~", "\\(ti").replace("^", "\\(ha")
    return "".join(sign if sign.isascii() else f"\\[u{ord(sign):04X}]" for sign in escaped)
