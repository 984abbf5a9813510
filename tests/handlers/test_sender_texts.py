"""What the sender makes of words: signed buttons, long texts in parts or as a file, a text that is missing."""

from typing import Any

from bot.core.speech import Button, Part, Speech
from tests.handlers.parts import Refused, default
from tests.handlers.sender_stage import HELLO, Stage, answer


def test_buttons_are_signed():
    speech = Speech(HELLO.parts, "en", ((Button(Part("live_upkeep.press.old"), "set:1"),),))
    stage = Stage()
    stage.run(answer(speech=speech))
    assert "set:1~" in str(stage.request.made("sendMessage")[0]["reply_markup"])


def _long(paragraphs: int) -> Speech:
    part = Part("live_upkeep.again", {"reference": "1", "contact": "长" * 900})
    return Speech((part,) * paragraphs, "zh-Hans")


def test_a_long_text_comes_in_parts():
    stage = Stage()
    stage.run(answer(speech=_long(10)))
    assert len(stage.request.made("sendMessage")) == 3
    assert stage.states == [("sent", "")]


def test_a_very_long_text_comes_as_a_file():
    stage = Stage()
    stage.run(answer(speech=_long(40)))
    assert [method for method, _ in stage.request.calls] == ["sendDocument"]


def test_a_long_text_that_broke_off_does_not_begin_anew():
    calls = []

    def script(method: str, _: dict[str, Any]) -> Any:
        calls.append(method)
        if len(calls) == 2:
            raise Refused(500, "Internal Server Error")
        return default(method)

    stage = Stage(script)
    stage.run(answer(speech=_long(10)), steps=3)
    assert stage.states == [("dropped", "unsure")]
    assert len(calls) == 2


def test_a_text_that_the_catalogue_does_not_have_is_dropped():
    stage = Stage()
    stage.run(answer(speech=Speech.of("no.such.key")), answer(), steps=2)
    assert [state for state, _ in stage.states] == ["dropped", "sent"]
