"""`jianfu completion`: prints the script that completes commands and options in a shell."""

import click

from bot.cli.worded import WordedCommand

SHELLS = ("bash", "zsh", "fish")


@click.command("completion", cls=WordedCommand)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    root = ctx.find_root()
    completion = get_completion_class(shell)
    if completion is not None:
        click.echo(completion(root.command, {}, "jianfu", "_JIANFU_COMPLETE").source())
