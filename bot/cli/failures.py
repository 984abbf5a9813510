"""The one place where a failure becomes a sentence on stderr and an exit code."""

import errno
import io
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO, TypeAlias

import click

from bot.cli.session import DEBUG_FILE, Session, begin, default_words
from bot.cli.worded import Mistake
from bot.core.errors import JianfuError, WorkerLost
from bot.texts import Catalogue

BAD_INPUT = 2
INTERNAL = 70
INTERRUPTED = 130
CLOSED_PIPE = 141

_UNWRITABLE = frozenset({errno.EBADF, errno.EDQUOT, errno.EIO, errno.ENOSPC})
"""What a stream answers that cannot be written; files are opened and replaced elsewhere, with words of their own."""

Action: TypeAlias = Callable[[Session, list[str]], object]


def sentence(words: Catalogue, error: JianfuError) -> str:
    """Return what the catalogue says of an error; one without a text of its own is named by its key."""
    text = words.texts.get(f"errors.{error.key}")
    return words("errors.other", code=error.key) if text is None else text.format_map(error.fields)


def harmless(text: str) -> str:
    """Return the text without the characters by which a file name or value could steer a terminal."""
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in text)


class ClosedPipe(Exception):
    """The reader of the output is gone; as an `OSError`, the library of the command line would end the process."""


def guarded(arguments: Sequence[str], action: Action) -> int:
    """Run an action on the arguments and return the exit code; nothing but an exit leaves here.

    0 for success, 2 for what cannot be used, 70 for a fault of the program, 130 when interrupted;
    a reader that closed the pipe is no failure to speak of.
    """
    _use_any_stream()
    session = Session(default_words())
    try:
        session, rest = begin(arguments)
        code = action(session, rest)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last resort: no traceback leaves here
        return _end(session, error)
    return code if isinstance(code, int) else 0


def _end(session: Session, error: BaseException) -> int:
    """Say what went wrong, and return the exit code for it."""
    words = session.words
    match error:
        case JianfuError():
            return _say(sentence(words, error), INTERNAL if isinstance(error, WorkerLost) else BAD_INPUT)
        case click.ClickException():
            return _say(_usage(words, error), BAD_INPUT)
        case click.Abort() | KeyboardInterrupt():
            return _say(words("cli.interrupted"), INTERRUPTED)
        case ClosedPipe() | BrokenPipeError():
            _give_up(sys.stdout)
            return CLOSED_PIPE
        case OSError(errno=number) if number in _UNWRITABLE:
            _give_up(sys.stdout)
            return _say(words("errors.input.output"), BAD_INPUT)
    return _say(_unexpected(session, error), INTERNAL)


def _use_any_stream() -> None:
    """Let no character and no closed stream be a failure: what goes into a closed one goes nowhere."""
    sys.stdin = sys.stdin or Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _give_up(stream: TextIO) -> None:
    """Let what is still to be written to a stream go nowhere, so that the end of the process does not fail at it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _say(text: str, code: int) -> int:
    try:
        click.echo(harmless(text), err=True)
    except OSError:  # nobody can be told, but the exit code still tells
        _give_up(sys.stderr)
    return code


def _usage(words: Catalogue, error: click.ClickException) -> str:
    ctx = getattr(error, "ctx", None)
    help_of = ctx.command_path if isinstance(ctx, click.Context) else "jianfu"
    return _mistake(words, error) + words("errors.usage.see", command=f"{help_of} --help")


def _mistake(words: Catalogue, error: click.ClickException) -> str:
    match error:
        case Mistake():
            return words(f"errors.usage.{error.key}", **error.fields)
        case click.NoSuchOption():
            return words("errors.usage.no_option", option=error.option_name)
        case click.MissingParameter():
            return words("errors.usage.missing", name=_name(words, error))
        case click.BadParameter():
            return _bad_value(words, error)
        case click.BadOptionUsage():
            key = "no_value" if _takes_value(error) else "option_value"
            return words(f"errors.usage.{key}", option=error.option_name)
    return words("errors.usage.too_many")


def _bad_value(words: Catalogue, error: click.BadParameter) -> str:
    """Say what the value should be, where its type tells."""
    match error.param.type if error.param else None:
        case click.Choice(choices=choices):
            return words("errors.usage.choice", name=_name(words, error), choices="、".join(map(str, choices)))
        case click.IntRange(min=least, max=most):
            return words("errors.usage.whole_number", name=_name(words, error), least=least, most=most)
    return words("errors.usage.bad_value", name=_name(words, error))


def _takes_value(error: click.BadOptionUsage) -> bool:
    """Whether the option needs a value, so that its value is what is missing."""
    options = error.ctx.command.params if error.ctx else ()
    return any(isinstance(one, click.Option) and error.option_name in one.opts and not one.is_flag for one in options)


def _name(words: Catalogue, error: click.BadParameter) -> str:
    """An option as it is written, an argument in words."""
    if error.param is None:
        return error.param_hint if isinstance(error.param_hint, str) else ""
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    return words.label("cli.argument", str(error.param.name))


def _unexpected(session: Session, error: BaseException) -> str:
    reference = secrets.token_hex(4)
    if not session.debug:
        return session.words("errors.unexpected", reference=reference)
    import traceback

    frames = "".join(traceback.format_tb(error.__traceback__))
    try:
        with DEBUG_FILE.open("a", encoding="utf-8") as log:
            log.write(f"{reference} {type(error).__name__}\n{frames}")
    except OSError:
        return session.words("errors.input.not_writable", file=DEBUG_FILE)
    return session.words("errors.unexpected_logged", reference=reference, file=DEBUG_FILE)
