"""Commands that are built only when they are wanted: building all of them takes longer than most of them run."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup


class LazyCommand(NamedTuple):
    """A command that is not built yet, and what the help of its group says of it."""

    summary: str
    build: Callable[[], Any]


class LazyGroup(TyperGroup):
    """A group of lazy commands."""

    def __init__(self, commands: Mapping[str, LazyCommand], **settings: Any) -> None:  # noqa: ANN401 - handed on
        """Keep the names alone: they are listed, and offered when one is mistyped."""
        super().__init__(**settings)
        self._lazy = commands
        self.commands = dict.fromkeys(commands)  # type: ignore[assignment]

    def get_command(self, _context: Any, cmd_name: str) -> Any:  # noqa: ANN401 - Typer keeps these types to itself
        """Build the command called `cmd_name`, if there is one."""
        return self._lazy[cmd_name].build() if cmd_name in self._lazy else None

    def format_commands(self, _context: Any, formatter: Any) -> None:  # noqa: ANN401 - the same
        """List the commands by their summaries, which need no building."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in self._lazy.items()])


def lazy_commands(app: typer.Typer) -> dict[str, LazyCommand]:
    """The commands that are registered with a Typer application, by name; the summary is the docstring's first line."""
    commands = {
        str(info.name): LazyCommand(_first_line(info.callback), partial(_build, info))
        for info in app.registered_commands
    }
    for inner in filter(None, (group.typer_instance for group in app.registered_groups)):
        # One without a name is no group of its own: a long list of commands parted into modules.
        if not isinstance(name := inner.info.name, str):
            commands |= lazy_commands(inner)
            continue
        summary = str(inner.info.help)
        commands[name] = LazyCommand(summary.split("\n", 1)[0], partial(lazy_group, name, summary, inner))
    return commands


def lazy_group(name: str, summary: str, app: typer.Typer) -> LazyGroup:
    """A group of the commands registered with a Typer application."""
    return LazyGroup(lazy_commands(app), name=name, help=summary, no_args_is_help=True, rich_markup_mode=None)


def _build(info: Any) -> Any:  # noqa: ANN401 - Typer's own types
    return typer.main.get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)


def _first_line(callback: Callable[..., Any] | None) -> str:
    return (inspect.getdoc(callback) or "").split("\n", 1)[0]
