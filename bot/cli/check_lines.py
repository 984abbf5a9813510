"""Answers JSON lines: one in, one out, in order; what cannot be read is told on stderr."""

import sys
from collections.abc import Callable
from typing import BinaryIO

import click
from loguru import logger

from bot.app import Chats, Office
from bot.cli.answers import answer, json_line
from bot.cli.failures import harmless, sentence
from bot.cli.files import opened
from bot.cli.records import lines_of, read_message, read_record
from bot.cli.session import Session
from bot.core.errors import JianfuError
from bot.core.model import Message


def answer_lines(session: Session, office: Office, name: str) -> int:
    """Answer every line of a file or of standard input; return 1 when a line could not be read.

    Lines that name no chat stand in one chat together. A year of which the calendar is not known is
    said once on stderr.
    """
    warn = _warner(session, office)
    with opened(name) as stream:
        return _answer_all(session, office, stream, sys.stdout.buffer, warn)


def _answer_all(
    session: Session,
    office: Office,
    stream: BinaryIO,
    output: BinaryIO,
    warn: Callable[[Message], None],
) -> int:
    chats = Chats(office)
    malformed = 0
    for number, line in lines_of(stream):
        try:
            record = read_record(line)
            message = read_message(record, office.worktime)
        except JianfuError as error:
            malformed += 1
            said = session.words("cli.line", number=number, what=sentence(session.words, error))
            click.echo(harmless(said), err=True)
            continue
        warn(message)
        verdict = chats.judge(message)
        for failed in verdict.failures:
            logger.warning("line {}: detector {} failed", number, failed)
        output.write(json_line({"id": record["id"], **answer(verdict)}))
        output.flush()
    return 1 if malformed else 0


def _warner(session: Session, office: Office) -> Callable[[Message], None]:
    told: set[int] = set()

    def warn(message: Message) -> None:
        at = message.at
        if at is not None and at.year not in told and not office.worktime.known(at):
            told.add(at.year)
            click.echo(session.words("cli.check.unknown_year", year=at.year), err=True)

    return warn
