"""The `jianfu` command with its subcommands, each loaded only when it is called."""

import importlib
from collections.abc import Sequence

import click

from bot.cli.failures import ClosedPipe, guarded
from bot.cli.session import Session
from bot.cli.worded import CommandOfCommands, word, words_of
from bot.texts import LANGUAGES

COMMANDS = (
    "run", "demo", "audit", "check", "evaluate", "rules", "calendar", "len",
    "units", "ledger", "approvals", "cases", "log", "digest", "settings", "doctor", "office", "backup", "restore",
    "keys", "completion",
)  # fmt: skip
"""The subcommands in the order of the help page; each is `command` in the module of its name."""

NAME = "jianfu"


class Program(CommandOfCommands):
    """The group of all commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command and give it its words; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"bot.cli.{cmd_name}").command
        return word(command, f"cli.{cmd_name}", words_of(ctx))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was called; raises `ClosedPipe` where nobody reads on."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ClosedPipe from error

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the global options."""
        words = words_of(ctx)
        with formatter.section(words("cli.help.commands")):
            formatter.write_dl([(name, words(f"cli.{name}.summary")) for name in COMMANDS])
        super().format_options(ctx, formatter)


def program(session: Session) -> Program:
    """Build the program in the words of one session.

    `--language` and `--debug` were taken out of the arguments before, wherever they stood; they are
    declared for the help page and for completion.
    """
    options = [
        click.Option(["--language"], type=click.Choice(LANGUAGES), expose_value=False),
        click.Option(["--debug"], is_flag=True, expose_value=False),
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version),
    ]
    group = Program(NAME, params=list(options), invoke_without_command=True, callback=_help_alone)
    word(group, "cli.program", session.words)
    return group


def run(arguments: Sequence[str]) -> int:
    """Run the program on these arguments and return its exit code; says of every failure what it is."""
    return guarded(
        arguments,
        lambda session, rest: program(session).main(
            rest, NAME, complete_var="_JIANFU_COMPLETE", standalone_mode=False, obj=session
        ),
    )


@click.pass_context
def _help_alone(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version

        click.echo(f"{NAME} {version(NAME)}")
        ctx.exit()
