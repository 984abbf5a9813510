"""Everything that people write, as marks, fields of a format, and far too long: it is shown as it was written."""

from html.parser import HTMLParser
from typing import Any

import pytest

from bot.core.speech import Outgoing, Speech
from bot.render.messages import plain_of, text_of, words_of
from handlers.answers import LONGEST_LINE
from handlers.keyboard import markup
from handlers.split import LONGEST, MOST_PARTS, plain, split, units
from tests.handlers.stage import ADMIN, CHAT, OFFICER, Stage

OFFICE = -1009
NASTY = (
    "<b>粗</b>",
    "</b><a href='tg://user?id=1'>x</a>",
    "<script>",
    "&lt;b&gt; &amp; & &#60;",
    "{0.__class__} {x} {} {{}} {0!r:>99}",
    "%s %d %(x)s $x ${x}",
    "<" * 30,
    "\u202e\u200b\ufeff x",
)
ALLOWED = {"b", "i", "code", "a"}


class _Tags(HTMLParser):
    """The tags of a text, which must be well nested and of the catalogue alone."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.links: list[str | None] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        self.open.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _shown(stage: Stage, outgoing: Outgoing | Any) -> str:
    """What a reader sees of a speech, sent as the bot sends it."""
    words = words_of(outgoing.speech, "zh-Hans")
    html = text_of(outgoing.speech, words)
    markup(outgoing.speech, words, stage.runtime.vault)
    for part in split(html):
        assert units(plain(part)) <= LONGEST
        tags = _Tags()
        tags.feed(part)
        tags.close()
        assert tags.open == []
        assert not [link for link in tags.links if link and link.startswith("tg:")]
    whole = _Tags()
    whole.feed(html)
    whole.close()
    return whole.text


def _all(stage: Stage) -> str:
    for answer in stage.answers:
        if answer.toast is not None:
            plain_of(answer.toast, words_of(Speech(()), "zh-Hans"))
    return "\n".join(_shown(stage, each) for each in [*stage.said(), *stage.answers] if each.speech is not None)


@pytest.mark.parametrize("words", NASTY)
def test_a_title_is_shown_as_it_is_written(words):
    stage = Stage(response="private_hint", policy={"office_chat": OFFICE})
    stage.open_bot(ADMIN)
    stage.play(stage.message(1, new_chat_title=words, by=ADMIN))
    for command in ("/settings", "/status", "/urgent", "/urgent 23:00 防汛", "/duty"):
        stage.play(stage.private(command, by=ADMIN))
    titled = {"chat": {"id": CHAT, "type": "supergroup", "title": words}}
    stage.play(stage.message(2, "请各村今晚十点前把秸秆禁烧排查台账报上来", by=ADMIN, **titled))
    stage.play(stage.private("/review", by=OFFICER), stage.private("/mine", by=ADMIN))
    assert " ".join(words.split()) in " ".join(_all(stage).split())


@pytest.mark.parametrize("step", ["unit", "purpose", "owner"])
@pytest.mark.parametrize("words", NASTY)
def test_a_statement_is_shown_as_it_is_written(words, step):
    stage = Stage()
    stage.play(stage.private("/settings", by=ADMIN))
    stage.press(f"settings.button.{step}", ADMIN)
    stage.play(stage.private(words, by=ADMIN))
    assert getattr(stage.group(), step) == " ".join(words.split())
    assert " ".join(words.split()) in " ".join(_all(stage).split())


@pytest.mark.parametrize("words", NASTY)
def test_words_to_the_office_are_shown_as_they_are_written(words):
    stage = Stage(policy={"office_chat": OFFICE})
    stage.play(stage.private("/feedback", by=5))
    stage.press("feedback.button.signed", 5)
    signed = stage.private(words, by=5)
    signed["message"]["from"] |= {"first_name": words, "last_name": words}
    stage.play(signed, stage.private(f"/urgent 23:00 {words} x", by=ADMIN))
    to_office = [said for said in stage.said() if said.chat_id == OFFICE]
    assert len(to_office) == 2
    assert all(" ".join(words.split()) in " ".join(_shown(stage, said).split()) for said in to_office)


WRONG = ("/urgent {}", "/check {}", "/len {}", "/start {}", "/feedback {}", "{}", "/unknown{}", "/help@{}")


@pytest.mark.parametrize("text", WRONG)
@pytest.mark.parametrize("words", [*NASTY, "x" * 4000, "<" * 4000, "{" * 4000, "👀" * 2000, "&" * 4000])
def test_whatever_is_written_in_private_is_answered_well_formed(text, words):
    stage = Stage(policy={"office_chat": OFFICE})
    stage.play(stage.private(text.format("") + words if text != "{}" else words, by=ADMIN))
    assert stage.said()
    _all(stage)


@pytest.mark.parametrize("words", ["x" * 4000, "<b>" * 1300, "&amp;" * 800])
def test_wrong_lines_and_hours_are_told_well_formed(words):
    stage = Stage()
    for command, button in (("/duty", "exempt.button.office"), ("/quiet", "exempt.button.office")):
        stage.play(stage.private(command, by=OFFICER))
        stage.press(button, OFFICER)
        stage.play(stage.private(words, by=OFFICER))
    stage.play(stage.private("/settings", by=ADMIN))
    menu = stage.said()[-1]
    for button in ("hours", "zone", "kind"):
        stage.press(f"settings.button.{button}", ADMIN, menu)
        stage.play(stage.private(words, by=ADMIN))
    _all(stage)


def test_the_longest_text_of_all_is_cut_between_marks_and_never_without_end():
    for text in ("<b>" + "&lt;" * 9000 + "</b>", "<b>x</b>" * 3000, "\n" * 20_000 + "x", "👀" * 9000):
        parts = split(text)
        assert all(units(plain(part)) <= LONGEST for part in parts)
        for part in parts:
            tags = _Tags()
            tags.feed(part)
            tags.close()
            assert tags.open == []
    assert MOST_PARTS * LONGEST > LONGEST_LINE
