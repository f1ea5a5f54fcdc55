"""The reference part of docs/cli.md, made from the commands: `python -m readyroom.cli.reference docs/cli.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

from readyroom.borders.files import read_regular, write_atomic
from readyroom.cli.main import PROGRAM, program
from readyroom.cli.noun import Noun, Verb, program_options

BEGIN = "<!-- commands: begin; made by python -m readyroom.cli.reference docs/cli.md -->"
END = "<!-- commands: end -->"


def all_commands() -> Iterator[tuple[str, Noun | Verb]]:
    """Every command with its path, groups before what is in them."""
    with click.Context(program, info_name=PROGRAM) as ctx:
        yield from _below(PROGRAM, program, ctx)


def reference() -> str:
    """All commands as Markdown: usage, options, examples."""
    return "\n".join(line for path, command in all_commands() for line in _entry(path, command))


def renewed(document: str) -> str:
    """The document with its reference made anew between the two marks."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{reference()}\n{END}{after}"


def _below(path: str, command: click.Command, ctx: click.Context) -> Iterator[tuple[str, Noun | Verb]]:
    assert isinstance(command, Noun | Verb)
    yield path, command
    if isinstance(command, Noun):
        for name in command.list_commands(ctx):
            found = command.get_command(ctx, name)
            assert found is not None
            yield from _below(f"{path} {name}", found, ctx)


def _entry(path: str, command: Noun | Verb) -> Iterator[str]:
    everywhere = {option.name for option in program_options()}
    with click.Context(command, info_name=path) as ctx:
        pieces = " ".join(command.collect_usage_pieces(ctx))
        yield from (f"{'##' if isinstance(command, Noun) else '###'} {path}", "")
        yield from (cleandoc(command.help or ""), "")
        yield from ("```text", f"{path} {pieces}", "```", "")
        options = [
            record
            for parameter in command.get_params(ctx)
            if isinstance(parameter, click.Option) and "--help" not in parameter.opts
            if (parameter.name not in everywhere or path == PROGRAM) and (record := parameter.get_help_record(ctx))
        ]
        if options:
            yield from ("| option | |", "|---|---|")
            yield from (f"| `{name}` | {_cell(text)} |" for name, text in options)
            yield ""
    yield from ("```sh", *command.examples, "```", "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(words: list[str]) -> int:
    """Renew the reference in the documents named."""
    for name in words:
        path = Path(name)
        write_atomic(path, renewed(read_regular(path).decode("utf-8")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
