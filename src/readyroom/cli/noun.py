"""Commands and groups of the house: examples in every help, options of the whole program everywhere, suggestions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click

from readyroom.cli.invocation import Invocation

_Function = TypeVar("_Function", bound=Callable[..., Any])


def _remember(ctx: click.Context, parameter: click.Parameter, value: Any) -> Any:
    if value is not None and value is not False and parameter.name:
        setattr(ctx.ensure_object(Invocation), parameter.name, value)
    return value


def program_options() -> list[click.Parameter]:
    """The options that every command takes, before the noun or after the verb."""
    return [
        click.Option(
            ["--workspace", "folder"],
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="Work in this workspace.",
            expose_value=False,
            callback=_remember,
        ),
        click.Option(
            ["--database"],
            metavar="URL",
            help="Use this database instead of the workspace's own file.",
            expose_value=False,
            callback=_remember,
        ),
        click.Option(
            ["--no-color"], is_flag=True, help="Print without colour.", expose_value=False, callback=_remember
        ),
    ]


class Verb(click.Command):
    """A command with examples."""

    def __init__(self, *arguments: Any, examples: tuple[str, ...] = (), **settings: Any) -> None:
        settings.setdefault("context_settings", {"help_option_names": ["-h", "--help"]})
        settings.setdefault("params", [])
        settings["params"] = [*(settings["params"] or []), *program_options()]
        super().__init__(*arguments, **settings)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        _write_examples(self.examples, formatter)


class Noun(click.Group):
    """A group whose verbs are imported only when they run; a misspelt one is suggested."""

    command_class = Verb

    def __init__(
        self,
        *arguments: Any,
        examples: tuple[str, ...] = (),
        lazy: Mapping[str, tuple[str, str]] | None = None,
        **settings: Any,
    ) -> None:
        settings.setdefault("context_settings", {"help_option_names": ["-h", "--help"]})
        settings["params"] = [*(settings.get("params") or []), *program_options()]
        super().__init__(*arguments, **settings)
        self.examples = examples
        self.lazy = lazy or {}
        """Names with their module and a line of help, in the order of the help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order they are told."""
        return [*self.lazy, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now if it was not."""
        if cmd_name in self.lazy:
            found = getattr(import_module(self.lazy[cmd_name][0]), "command")  # noqa: B009 - checked in tests
            assert isinstance(found, click.Command)
            return found
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one is a usage error with the nearest name."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            near = get_close_matches(name, self.list_commands(ctx), n=1)
            fix = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(self.list_commands(ctx))}"
            raise click.UsageError(f'there is no command "{name}"; {fix}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names with a line each, without importing a lazy one."""
        lines = [(name, line) for name, (_, line) in self.lazy.items()]
        lines += [(name, one.get_short_help_str(80)) for name, one in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(lines)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the commands."""
        _write_examples(self.examples, formatter)


def _write_examples(examples: tuple[str, ...], formatter: click.HelpFormatter) -> None:
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{'':>{formatter.current_indent}}{example}\n")


def usage_error(message: str) -> click.UsageError:
    """A usage error of the command that runs: what is wrong; how to ask instead."""
    return click.UsageError(message, click.get_current_context())


def as_json(function: _Function) -> _Function:
    """Add `--json` to a command."""
    return click.option("--json", "machine", is_flag=True, help="Print JSON for a program to read.")(function)


def out_file(what: str) -> Callable[[_Function], _Function]:
    """Add `--out FILE` to a command."""
    return click.option(
        "--out", type=click.Path(path_type=Path), metavar="FILE", help=f"Write {what} to this file; - prints it."
    )


invocation = click.make_pass_decorator(Invocation, ensure=True)
"""Hands a command the options of the whole program, and the way to its workspace."""
