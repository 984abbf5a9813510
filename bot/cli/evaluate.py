"""`jianfu evaluate`: scores the verdicts on labelled messages."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from bot.cli.office_options import Given, office_options
from bot.cli.paths import InputName
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.errors import BadInput
from bot.render.lines import padded, width_of
from bot.texts import Catalogue

if TYPE_CHECKING:
    from bot.services.evaluate import Evaluation, Miss, Score


@click.command("evaluate", cls=WordedCommand)
@click.argument("files", nargs=-1, required=True, type=InputName(), metavar="FILE...")
@click.option("--misses", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@office_options()
@click.pass_obj
def command(session: Session, files: tuple[str, ...], misses: bool, as_json: bool, given: Given) -> None:
    """Score labelled messages."""
    from bot.cli.labelled import judge_file
    from bot.services.evaluate import evaluate

    office = session.office(**given)
    evaluation = evaluate(judge_file(office, name, session.words) for name in files)
    if not evaluation.messages:
        raise BadInput("no_labelled", file=session.words("cli.join").join(files))
    if as_json:
        values = _values(evaluation) | ({"misses": [_miss(miss) for miss in evaluation.misses]} if misses else {})
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    lines = [*_table(evaluation, session.words), *(_misses(evaluation, session.words) if misses else ())]
    click.echo("\n".join(lines))


def _table(evaluation: "Evaluation", words: Catalogue) -> Iterator[str]:
    columns = ("precision", "recall", "f1", "right", "false", "missed")
    overall = words("cli.evaluate.overall")
    rows = [(words("cli.evaluate.label"), *(words(f"cli.evaluate.{column}") for column in columns))]
    rows += [_row(label, score) for label, score in evaluation.categories.items()]
    rows += [_row(overall, evaluation.overall)]
    rows += [_row(label, score) for label, score in evaluation.facts.items()]
    widths = [max(width_of(row[place]) for row in rows) for place in range(len(columns) + 1)]
    for row in rows:
        figures = [" " * (width - width_of(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([padded(row[0], widths[0]), *figures])
    yield ""
    rate = evaluation.false_per_100_clean
    yield words(
        "cli.evaluate.clean",
        messages=evaluation.messages,
        clean=evaluation.clean,
        false=evaluation.false_on_clean,
        rate="–" if rate is None else f"{rate:.2f}",
    )


def _row(label: str, score: "Score") -> tuple[str, ...]:
    shares = ("–" if share is None else f"{share:.3f}" for share in (score.precision, score.recall, score.f1))
    return (label, *shares, str(score.right), str(score.false), str(score.missed))


def _misses(evaluation: "Evaluation", words: Catalogue) -> Iterator[str]:
    from bot.core.marking import plain

    yield ""
    for miss in evaluation.misses:
        said = [f"+{label}" for label in miss.false] + [f"-{label}" for label in miss.missed]
        yield f"{plain(miss.id)}  {' '.join(said)}\n    {plain(miss.text)}"
    yield words("cli.evaluate.misses", count=len(evaluation.misses))


def _values(evaluation: "Evaluation") -> dict[str, Any]:
    return {
        "messages": evaluation.messages,
        "categories": {label: _score(score) for label, score in evaluation.categories.items()},
        "overall": _score(evaluation.overall),
        "facts": {label: _score(score) for label, score in evaluation.facts.items()},
        "clean": evaluation.clean,
        "false_on_clean": evaluation.false_on_clean,
        "false_per_100_clean": evaluation.false_per_100_clean,
    }


def _score(score: "Score") -> dict[str, Any]:
    return {
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        "right": score.right,
        "false": score.false,
        "missed": score.missed,
    }


def _miss(miss: "Miss") -> dict[str, Any]:
    return {"id": miss.id, "text": miss.text, "false": miss.false, "missed": miss.missed}
