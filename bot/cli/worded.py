"""Commands whose help is in the catalogue: they name keys, and the session's catalogue says them."""

import click

from bot.cli.layout import Formatter
from bot.cli.session import Session
from bot.texts import Catalogue


class _Context(click.Context):
    formatter_class = Formatter


class WordedCommand(click.Command):
    """A command that takes every word of its help page from the session's catalogue."""

    context_class = _Context

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


def words_of(ctx: click.Context) -> Catalogue:
    """Return the catalogue of the session that a context belongs to."""
    return ctx.ensure_object(Session).words


def word(command: click.Command, section: str, words: Catalogue) -> click.Command:
    """Give a command the texts of its section: `summary`, `help` and one for each of `options`."""
    command.short_help = words(f"{section}.summary")
    command.help = words(f"{section}.help")
    for param in command.params:
        if isinstance(param, click.Option):
            param.help = words(f"{section}.options.{param.name}")
    return command
