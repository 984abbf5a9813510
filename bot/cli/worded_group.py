"""Commands of a command, as `jianfu ledger import`: each in a module that is loaded only when it is called."""

import importlib
from collections.abc import Sequence

import click

from bot.cli.worded import CommandOfCommands, word, words_of


class WordedGroup(CommandOfCommands):
    """A command whose commands are `command` in the modules `bot.cli.<name>_<command>`."""

    def __init__(self, name: str, commands: Sequence[str]) -> None:
        super().__init__(name, invoke_without_command=True, callback=_help_alone)
        self._commands = commands

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands, in the order of the help page."""
        return list(self._commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command and give it its words; None when there is none of that name."""
        if cmd_name not in self._commands:
            return None
        command: click.Command = importlib.import_module(f"bot.cli.{self.name}_{cmd_name}").command
        return word(command, f"cli.{self.name}.{cmd_name}", words_of(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options."""
        words = words_of(ctx)
        with formatter.section(words("cli.help.commands")):
            formatter.write_dl([(name, words(f"cli.{self.name}.{name}.summary")) for name in self._commands])
        super().format_options(ctx, formatter)


@click.pass_context
def _help_alone(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
