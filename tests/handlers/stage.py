"""A watched group on a stage: raw updates go through the real handlers, in transactions, over the store in memory."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.arrival import StoredFinding
from bot.core.group import Group, GroupKind, GroupState, Response
from bot.core.speech import Outgoing
from config.secrecy import load_secrecy
from handlers.application import all_handlers
from handlers.context import PressAnswer
from handlers.dispatch import Dispatcher
from handlers.keyboard import read
from handlers.limits import Limits
from tests.fakes import FixedClock, InMemoryStore, InMemoryUnitOfWork
from tests.handlers.parts import ScriptedRequest, application, runtime

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHAT = -1001
MORNING = datetime(2026, 3, 11, 10, 0, tzinfo=SHANGHAI)
NIGHT = datetime(2026, 3, 11, 22, 0, tzinfo=SHANGHAI)
ADMIN, MEMBER, OFFICER = 7, 42, 99
DEMAND = "请各村今晚把秸秆禁烧排查台账报上来"
RECEIPT = "收到请回复"
COUNTED = {"messages": 1, "task": 1, "data_collection": 1, "work": 1, "late_work": 1, "asks": 1}
FOUND = {"finding.after_hours": 1, "finding.late_deadline": 1}
"""What `DEMAND` counts, and what is found in it, at night."""


RIGHTS = [
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories"),
]


class Stage:
    """One running bot with one group; `at` is its clock."""

    def __init__(self, now: datetime = MORNING, policy: dict[str, Any] | None = None, **group: Any) -> None:
        self.clock = FixedClock(now.astimezone(UTC))
        self.store = InMemoryStore()
        self.request = ScriptedRequest(self._answer)
        self.admins = {ADMIN}
        self.policy = {"office_members": frozenset({OFFICER})} | (policy or {})
        self.answers: list[PressAnswer] = []
        self.ids = 0
        asyncio.run(self._open(group))

    def _answer(self, method: str, given: dict[str, Any]) -> Any:
        if method == "getChatMember":
            return self._member(int(given["user_id"]))
        if method == "getChatAdministrators":
            return [self._member(user) for user in sorted(self.admins)]
        return True

    def _member(self, user: int) -> dict[str, Any]:
        person = {"id": user, "is_bot": False, "first_name": "x"}
        if user not in self.admins:
            return {"status": "member", "user": person}
        return {"status": "administrator", "user": person} | dict.fromkeys(RIGHTS, True)

    async def _open(self, fields: dict[str, Any]) -> None:
        made = runtime(self.store, self.clock, **self.policy)
        self.runtime = replace(made, secrecy=load_secrecy())
        bot = await application(self.request)
        self.dispatcher = Dispatcher(bot, self.runtime, all_handlers(), Limits(10_000))
        if fields.pop("empty", False):
            return
        fields["response"] = Response(fields.get("response", Response.WATCH_ONLY))
        group = Group(
            *(CHAT, "工作群"),
            **{
                "state": GroupState.WATCHING,
                "unit": "某镇",
                "kind": GroupKind.STANDING,
                "purpose": "日常",
                "owner": "办公室",
                "hours": "",
                "language": "zh-Hans",
                "is_admin": True,
                "contact": ADMIN,
                "joined_at": datetime(2026, 1, 1, tzinfo=UTC),
                "watching_since": datetime(2026, 1, 1, tzinfo=UTC),
            }
            | fields,
        )
        async with self.store.begin() as work:
            await work.groups.add(group)
            await work.commit()

    def play(self, *updates: dict[str, Any], undo: bool = False) -> None:
        """Handle updates in one transaction."""
        asyncio.run(self._play(updates, undo=undo))

    async def _play(self, updates: tuple[dict[str, Any], ...], *, undo: bool) -> None:
        async with self.store.begin() as work:
            shared = self.dispatcher.context(work, self.clock.now())
            for update in updates:
                self.answers += await self.dispatcher.handle(update, shared)
            await self.dispatcher.settle(shared)
            if undo:
                self.runtime.scenes.forget()
            else:
                await work.commit()

    def restart(self) -> None:
        """Forget all that the process had in memory."""
        self.runtime.scenes.forget()

    def update(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        self.ids += 1
        return {"update_id": self.ids, kind: body}

    def message(
        self, number: int, text: str = "", *, by: int = MEMBER, kind: str = "message", **more: Any
    ) -> dict[str, Any]:
        """A message of the group, written now."""
        body: dict[str, Any] = {
            "message_id": number,
            "date": int(self.clock.now().timestamp()),
            "chat": {"id": CHAT, "type": "supergroup", "title": "工作群"},
            "from": {"id": by, "is_bot": False, "first_name": "x", "language_code": "zh-hans"},
        }
        if text:
            body["text"] = text
            if text.startswith("/"):
                length = len(text.split(maxsplit=1)[0])
                body["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self.update(kind, body | more)

    def edit(self, number: int, text: str, **more: Any) -> dict[str, Any]:
        """The edit of a message, made now."""
        return self.message(number, text, kind="edited_message", edit_date=int(self.clock.now().timestamp()), **more)

    def private(self, text: str, by: int = MEMBER) -> dict[str, Any]:
        """A private message."""
        made = self.message(self.ids + 1, text, by=by)
        made["message"]["chat"] = {"id": by, "type": "private", "first_name": "x"}
        return made

    def open_bot(self, *users: int) -> None:
        """Let people open the bot, so that they may be written to; what is said then is let go."""
        self.play(*(self.private("/start", by=user) for user in users))
        self.store.tables.outbox.clear()

    def press(self, label_key: str, by: int, of: Outgoing | PressAnswer | None = None) -> None:
        """Press the button with a label of the last thing said, or of `of`."""
        said = of or self.said()[-1]
        assert said.speech is not None
        buttons = [button for row in said.speech.buttons for button in row]
        button = next(button for button in buttons if button.label.key == label_key)
        data = self.signed(button.data)
        assert read(data, self.runtime.vault)
        assert len(data.encode()) <= 64
        self.pressed(data, by)

    def signed(self, data: str) -> str:
        """The data of a button as the bot sends it."""
        return f"{data}~{self.runtime.vault.sign(data)}"

    def pressed(self, sent: str, by: int, message: dict[str, Any] | None = None, **more: Any) -> None:
        """A press on a message of the bot, with any data; in private, unless a message of another chat is given."""
        shown = message or self.private("x", by=by)["message"]
        shown = shown | {"from": {"id": 1, "is_bot": True, "first_name": "bot"}} | more
        query = {"id": str(self.ids), "chat_instance": "1", "message": shown, "data": sent}
        who = {"from": {"id": by, "is_bot": False, "first_name": "x"}}
        self.play(self.update("callback_query", query | who))

    def said(self) -> list[Outgoing]:
        """What waits to be said, in order."""
        return self.store.queued()

    def in_group(self) -> list[Outgoing]:
        """What waits to be done in the group."""
        return [outgoing for outgoing in self.said() if outgoing.chat_id == CHAT]

    def findings(self) -> list[StoredFinding]:
        return list(self.store.tables.findings.values())

    def categories(self) -> set[str]:
        return {stored.finding.category.value for stored in self.findings()}

    def counts(self) -> dict[str, int]:
        """The counts of all days together."""
        sums: dict[str, int] = {}
        for (_, _, name), amount in self.store.tables.counts.items():
            sums[name] = sums.get(name, 0) + amount
        return {name: amount for name, amount in sums.items() if amount}

    def group(self) -> Group:
        return next(iter(self.store.tables.groups.values()))

    def texts(self) -> list[str]:
        """The catalogue keys of all that waits to be said."""
        return [part.key for outgoing in self.said() if outgoing.speech for part in outgoing.speech.parts]


def in_store(stage: Stage, act: Callable[[InMemoryUnitOfWork], Awaitable[Any]]) -> Any:
    """Do something with the store of a stage, in a transaction of its own."""

    async def go() -> Any:
        async with stage.store.begin() as work:
            done = await act(work)
            await work.commit()
            return done

    return asyncio.run(go())
