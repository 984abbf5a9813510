"""Judges files of labelled messages, for their scores."""

from bot.app import Chats, Office
from bot.cli.failures import sentence
from bot.cli.files import opened
from bot.cli.records import Record, lines_of, read_message, read_record, read_texts
from bot.core.errors import BadInput, JianfuError
from bot.services.evaluate import CATEGORIES, FACTS, Judged
from bot.texts import Catalogue

_LABELS = CATEGORIES | FACTS


def judge_file(office: Office, name: str, words: Catalogue) -> list[Judged]:
    """Judge every message of a file; one that names no chat is judged in a chat of its own.

    Raises `BadInput` that names the first line which cannot be used: a score of the rest would not
    be the score of the file.
    """
    chats = Chats(office)
    judged = []
    with opened(name) as stream:
        for number, line in lines_of(stream):
            try:
                judged.append(_judge(office, chats, read_record(line), number))
            except JianfuError as error:
                what = sentence(words, error)
                raise BadInput("line", file=name, number=number, what=what) from error
    return judged


def _judge(office: Office, chats: Chats, record: Record, number: int) -> Judged:
    message = read_message({"id": number} | record, office.worktime)
    if record.get("labels") is None:
        raise BadInput("missing_field", field="labels")
    labels = read_texts(record, "labels")
    for label in labels:
        if label not in _LABELS:
            raise BadInput("unknown_label", label=label)
    verdict = chats.judge(message) if message.chat else office.judge_alone(message)
    told = verdict.facts | {finding.category for finding in verdict.findings}
    return Judged(str(record.get("id", number)), message.text, frozenset(labels), frozenset(map(str, told)))
