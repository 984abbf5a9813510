"""`jianfu office`, where nobody can ask the bot yet."""

import pytest

from bot.texts import Catalogue

WORDS = Catalogue.load("zh-Hans")


def test_on_a_fresh_machine_it_says_what_is_missing_and_how_to_bind_it(jianfu):
    result = jianfu("office")
    assert result.lines == [
        WORDS("cli.office.desk_none"),
        WORDS("cli.office.channel_none"),
        WORDS("cli.office.contacts", count=0),
    ]


def test_places_of_the_settings_count(jianfu, monkeypatch):
    monkeypatch.setenv("JIANFU_OFFICE_CHAT", "-1001")
    monkeypatch.setenv("JIANFU_CHANNEL", "-1002")
    assert jianfu("office").lines[:2] == [WORDS("cli.office.desk_setting"), WORDS("cli.office.channel_setting")]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        pytest.param((), WORDS("errors.input.unit_missing"), id="no unit"),
        pytest.param(("--unit", "青山镇"), WORDS("errors.input.unit", value="青山镇"), id="an unknown unit"),
    ],
)
def test_a_contact_needs_a_unit_of_the_ledger(jianfu, given, sentence):
    result = jianfu("office", "--code", "contact", *given)
    assert (result.code, result.err) == (2, sentence + "\n")
