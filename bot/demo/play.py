"""Plays the script, and says in lines what the group sees, what each person sees, and what the bot notes."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

from bot.core.arrival import StoredFinding
from bot.demo.script import Deed, Script, Step, Where
from bot.demo.stage import Stage, raised
from bot.emulator.actor import Place
from bot.emulator.clock import WorldClock
from bot.emulator.groups import Group
from bot.emulator.people import Person
from bot.emulator.transcript import Seen
from bot.texts import Catalogue
from storage.crypto import open_vault
from storage.unit_of_work import open_store

SPEED = 30
"""How fast the clock of the scene runs."""
STILL_SECONDS = 0.3
"""The bot has said what it wants to say when it was still for so long."""
AFTER_A_NIGHT_SECONDS = 2.5
"""The same after the clock was put forward: what waits for the morning is looked for every second or so."""
MOST_FINDINGS = 50
_EVENT = re.compile("<([a-z_]+)>")


@dataclass(slots=True)
class Play:
    """One performance."""

    script: Script
    words: Catalogue
    stage: Stage
    _group: Group = field(init=False)
    _shown: dict[tuple[int, int], str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        world = self.stage.world
        people = {name: world.user(name) for name in (self.script.owner, *self.script.members)}
        members = [people[name] for name in self.script.members]
        self._group = world.group(self.script.group, owner=people[self.script.owner], members=members)

    async def lines(self) -> AsyncIterator[str]:
        """The lines of the performance, as it goes on."""
        yield self.words("cli.demo.intro")
        for step in self.script.steps:
            if step.at is not None:
                self.stage.world.clock.set(step.at)
                yield ""
                yield self.words("cli.demo.at", at=f"{step.at:%Y-%m-%d %H:%M}")
                await self.stage.world.settled(still=AFTER_A_NIGHT_SECONDS)
                for line in self._news():
                    yield line
            async for line in self._done(step):
                yield line
            for line in self._news():
                yield line
        async for line in self._found():
            yield line
        yield ""
        yield self.words("cli.demo.end")

    async def _done(self, step: Step) -> AsyncIterator[str]:
        person = self.stage.world.people[step.who]
        match step.deed:
            case Deed.START:
                await person.start()
            case Deed.ADD_BOT:
                await self._group.add_bot(by=person, admin=True)
            case Deed.SAY:
                await person.say(self._place(step, person), step.text)
            case Deed.PRESS:
                button = step.text or _first(person.sees(person.private), step.row or 0)
                yield self.words("cli.demo.pressed", person=person.name, button=button)
                answer = await person.press(person.private, button)
                if answer.text:
                    yield self.words("cli.demo.answered", person=person.name, text=answer.text)
            case Deed.SHOW:
                for line in self._whole(step, person):
                    yield line
        await self.stage.world.settled(still=STILL_SECONDS)

    def _place(self, step: Step, person: Person) -> Place:
        return self._group if step.where is Where.GROUP else person.private

    def _news(self) -> Iterator[str]:
        """What can be seen now and could not be seen before, or looks different."""
        owner = self.stage.world.people[self.script.owner]
        places: list[tuple[str, Place, Person]] = [(self.script.group, self._group, owner)]
        people = self.stage.world.people.values()
        places += [(self.words("cli.demo.private", person=person.name), person.private, person) for person in people]
        for name, place, reader in places:
            for one in reader.sees(place):
                key, looks = (place.id, one.message_id), _looks(one)
                if one.kind in {"text", "poll"} and self._shown.get(key) != looks:
                    self._shown[key] = looks
                    yield f"{name}　{looks}"

    def _whole(self, step: Step, person: Person) -> Iterator[str]:
        place = self._place(step, person)
        chat = self.script.group if step.where is Where.GROUP else self.words("cli.demo.private", person=person.name)
        yield ""
        yield self.words("cli.demo.as_seen", chat=chat, person=person.name)
        yield _EVENT.sub(self._event, self.stage.world.transcript(place, seen_by=person, tz=self.script.zone))

    def _event(self, found: re.Match[str]) -> str:
        """An event of the group in plain words, where the catalogue has some."""
        key = f"cli.demo.event.{found[1]}"
        return self.words(key) if key in self.words else found[0]

    async def _found(self) -> AsyncIterator[str]:
        settings = self.stage.settings
        store = await open_store(settings.database.get_secret_value(), open_vault(settings.key_file))
        try:
            async with store.begin() as work:
                findings = await work.findings.latest(MOST_FINDINGS)
        finally:
            await store.close()
        yield ""
        yield self.words("cli.demo.found")
        for stored in reversed(findings):
            yield self._finding(stored)
        if not findings:
            yield self.words("cli.demo.stored_nothing")

    def _finding(self, stored: StoredFinding) -> str:
        finding, words = stored.finding, self.words
        return words(
            "cli.demo.found_line",
            at=f"{stored.at.astimezone(self.script.zone):%m-%d %H:%M}",
            category=words(f"category.{finding.category}.title"),
            reason=words.label("reason", finding.reason),
            clause=str(finding.clause),
        )


def _looks(one: Seen) -> str:
    lines = [f"{one.sender}: {one.text}"]
    lines += ["".join(f"[{label}]" for label in row) for row in one.buttons]
    if one.reactions:
        lines.append(" ".join(one.reactions))
    return "\n".join(lines).replace("\n", "\n　　")


def _first(seen: list[Seen], row: int) -> str:
    """The first button of a row of the newest message that has any."""
    newest = next(one for one in reversed(seen) if one.buttons)
    return newest.buttons[row][0]


async def play(script: Script, words: Catalogue) -> AsyncIterator[str]:
    """Raise the stage, play, and strike it; yields lines."""
    opening = script.steps[0].at
    clock = WorldClock(opening, speed=SPEED)
    async with raised(clock, office=script.office, contact=script.contact, language=words.language) as stage:
        async for line in Play(script, words, stage).lines():
            yield line
