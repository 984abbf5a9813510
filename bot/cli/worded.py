"""Commands whose help is in the catalogue: they name keys, and the session's catalogue says them."""

from difflib import get_close_matches

import click

from bot.cli.layout import Formatter
from bot.cli.session import Session
from bot.texts import Catalogue


class Mistake(click.UsageError):
    """A mistake in the arguments that has a sentence of its own, `errors.usage.<key>`, with its fields."""

    def __init__(self, key: str, ctx: click.Context | None, **fields: object) -> None:
        super().__init__(key, ctx)
        self.key = key
        self.fields = fields


class _Context(click.Context):
    formatter_class = Formatter


class WordedCommand(click.Command):
    """A command that takes every word of its help page from the session's catalogue."""

    context_class = _Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; a mistake names this command, whose help page says more."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=words_of(ctx)("cli.help.usage"))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.help or "")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, under a heading of the catalogue's."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        rows = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section(words_of(ctx)("cli.help.options")):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the `--help` option in the catalogue's words."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = words_of(ctx)("cli.help.option")
        return option


class CommandOfCommands(WordedCommand, click.Group):
    """A command with commands of its own; for a word that is none of them it names the nearest one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the first argument names, and the rest; raises `Mistake` when there is none."""
        known, name = self.list_commands(ctx), args[0]
        if name not in known and not name.startswith("-") and not ctx.resilient_parsing:
            near = get_close_matches(name, known, 1)
            raise Mistake("no_command_near" if near else "no_command", ctx, name=name, near="".join(near))
        return super().resolve_command(ctx, args)


def words_of(ctx: click.Context) -> Catalogue:
    """Return the catalogue of the session that a context belongs to."""
    return ctx.ensure_object(Session).words


def word(command: click.Command, section: str, words: Catalogue) -> click.Command:
    """Give a command the texts of its section: `summary`, `help` and one for each of `options`.

    An option that several commands share has its text in `cli.options`.
    """
    command.short_help = words(f"{section}.summary")
    command.help = words(f"{section}.help")
    for param in command.params:
        if isinstance(param, click.Option):
            own = f"{section}.options.{param.name}"
            param.help = words(own if own in words else f"cli.options.{param.name}")
    return command
