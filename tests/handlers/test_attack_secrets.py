"""Secrets and numbers of people that would slip into what is kept by other ways than a message in a group."""

import pytest

from bot.core.ledger_entry import role_of
from tests.handlers.dissolve_stage import END, project, row
from tests.handlers.stage import ADMIN
from tests.handlers.test_attack_places import asked
from tests.handlers.test_ledger_file import TABLE, Office, keys

MARKED = "机密★1年 关于某演习的安排"
PEOPLE = "110101199003077758 11010119900307774X 110101199003077731"


@pytest.mark.parametrize("words", [MARKED, PEOPLE], ids=["mark", "numbers"])
@pytest.mark.parametrize(
    "question",
    ["dissolve:1-3", "exempt:quiet.g1", "settings:purpose", "settings:owner", "settings:unit", "setup:purpose"],
)
def test_no_secret_is_taken_down_as_an_answer(question, words):
    stage = project()
    stage.open_bot(ADMIN)
    asked(stage, ADMIN, question)
    stage.play(stage.private(words, by=ADMIN))
    assert stage.texts()[-1:] == ["command.secret"]
    kept = f"{stage.store.tables.objects} {stage.store.tables.groups} {stage.store.tables.changes}"
    assert words not in kept
    assert row(stage).end_date == END


@pytest.mark.parametrize(
    ("table", "name"),
    [
        pytest.param(f"{MARKED},,,\n{TABLE}", "台账.csv", id="above the header"),
        pytest.param(TABLE + f"青山镇,{MARKED},3,\n", "台账.csv", id="in a cell"),
        pytest.param(TABLE + "".join(f"青山镇,{each},3,\n" for each in PEOPLE.split()), "台账.csv", id="numbers"),
    ],
)
def test_no_secret_comes_in_with_a_table(table, name):
    office = Office()
    office.table = table
    said = office.send(file_name=name)
    assert keys(said.speech) == ["errors.sheet.secret"]
    assert office.names() == []


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ("张三 13800138000", ""),
        ("办公室主任 13800138000", "办公室主任"),
        ("办公室主任，0472-5168888", "办公室主任"),
        ("110101199003077758", ""),
        ("第12网格员", "第12网格员"),
    ],
)
def test_the_owner_of_a_row_is_a_role_without_a_number_of_a_person(cell, role):
    assert role_of(cell) == role
