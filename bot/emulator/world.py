"""The little world: its people, chats and bot, its clock, and everything the bot was told and asked for."""

import asyncio
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, tzinfo

from bot.emulator.actor import Place
from bot.emulator.botself import BotSelf
from bot.emulator.clock import WorldClock
from bot.emulator.faults import Faults
from bot.emulator.files import FileStore
from bot.emulator.groups import Channel, Group
from bot.emulator.limits import Limits
from bot.emulator.log import Call, Press
from bot.emulator.objects import user_object
from bot.emulator.people import Person
from bot.emulator.private import private_chat
from bot.emulator.rights import DEFAULT_PERMISSIONS
from bot.emulator.spec import Json, Spec
from bot.emulator.state import STAND_INS, Account, ChatState, ChatType, Member, Numbers, Status
from bot.emulator.transcript import transcript
from bot.emulator.updates import UpdateQueue
from bot.emulator.webhook import WebhookPusher

TOKEN = "7300000001:AAEmulatorOfJianfu_no_secret_at_all"  # noqa: S105 - the emulator's own, opens nothing
ADMIN_NAMES = ("delete_messages", "pin_messages")


class World:
    """Holds everything; people and groups act through it, the bot through its HTTP side."""

    def __init__(
        self,
        clock: WorldClock | Callable[[], datetime] | datetime | None = None,
        *,
        bot_name: str = "减负助手",
        bot_username: str = "jianfu_bot",
        token: str = TOKEN,
        strict: bool = True,
    ) -> None:
        self.clock = clock if isinstance(clock, WorldClock) else WorldClock(clock)
        self.token = token
        self.strict = strict
        """Hold every update and result against the documentation; switch it off to measure speed."""
        self.spec = Spec()
        self.complaints: list[str] = []
        """What the emulator could not do or found undocumented: a test wants this empty."""
        self.calls: list[Call] = []
        """Every call of the bot except getUpdates, with its outcome."""
        self.busy = 0
        self.last_call = time.monotonic()
        self.updates = UpdateQueue(self.clock, self.spec.update_kinds, self.complain)
        self.webhook = WebhookPusher(self.updates)
        self.limits = Limits()
        self.faults = Faults()
        self._fill(Account(int(token.partition(":")[0]), bot_name, bot_username, is_bot=True))

    def _fill(self, bot: Account) -> None:
        self.bot = bot
        self.bot_self = BotSelf()
        self.accounts: dict[int, Account] = {bot.id: bot}
        self.chats: dict[int, ChatState] = {}
        self.people: dict[str, Person] = {}
        self.places: dict[str, Group | Channel] = {}
        self.files = FileStore()
        self.presses: dict[str, Press] = {}
        self.votes: dict[str, dict[int, list[int]]] = {}
        self.numbers = Numbers()

    def user(
        self, name: str, *, language_code: str | None = "zh-hans", username: str | None = None, is_bot: bool = False
    ) -> Person:
        """A new person, or another bot."""
        account = Account(next(self.numbers.users), name, username, language_code, is_bot=is_bot)
        self.accounts[account.id] = account
        person = Person(self, account)
        self.people[name] = person
        return person

    def group(
        self, title: str, *, owner: Person, members: Iterable[Person] = (), basic: bool = False, topics: bool = False
    ) -> Group:
        """A new group: a supergroup, unless basic; with topics it is a forum."""
        if basic and topics:
            raise ValueError("only a supergroup can have topics")
        kind = ChatType.GROUP if basic else ChatType.SUPERGROUP
        chat = ChatState(self.new_chat_id(kind), kind, title, is_forum=topics, permissions=DEFAULT_PERMISSIONS)
        if basic:
            chat.numbers = self.numbers.box
        self.places[title] = group = Group(self, self._peopled(chat, owner, members))
        return group

    def channel(self, title: str, *, owner: Person, username: str | None = None) -> Channel:
        """A new channel."""
        chat = ChatState(self.new_chat_id(ChatType.CHANNEL), ChatType.CHANNEL, title, username)
        self.places[title] = channel = Channel(self, self._peopled(chat, owner, ()))
        return channel

    def new_chat_id(self, kind: ChatType) -> int:
        """An id of the kind's range."""
        if kind is ChatType.GROUP:
            return -next(self.numbers.groups)
        return -1_000_000_000_000 - next(self.numbers.channels)

    def _peopled(self, chat: ChatState, owner: Person, members: Iterable[Person]) -> ChatState:
        chat.members[owner.id] = Member(owner.account, Status.CREATOR)
        for person in members:
            chat.members[person.id] = Member(person.account, Status.MEMBER)
        self.chats[chat.id] = chat
        return chat

    def private(self, person: Account) -> ChatState:
        """The private chat of the bot and a person."""
        return private_chat(self, person)

    def set_privacy(self, on: bool) -> None:  # noqa: FBT001 - reads as in BotFather
        """Switches privacy mode; groups notice when the bot is added again, or at once where it is admin."""
        self.bot_self.privacy = on

    def flood(self, where: Place | Person, *, retry_after: int = 3, times: int | None = 1) -> None:
        """The next calls to a chat are refused with 429: so many, or with None all for that long."""
        self.limits.tell(where.private.id if isinstance(where, Person) else where.id, retry_after, times)

    async def block(self, person: Person) -> None:
        """A person blocks the bot."""
        await person.block()

    async def unblock(self, person: Person) -> None:
        """A person takes the bot back."""
        await person.unblock()

    def emit(self, kind: str, content: Json) -> Json | None:
        """Tells the bot something, if it asked for such updates."""
        body = self.updates.put(kind, content)
        if body is not None and self.strict:
            for problem in self.spec.problems("Update", body):
                self.complain(f"update: {problem}")
        return body

    def inject(self, content: Json) -> Json:
        """Queues an update as it is, e.g. one that cannot be parsed."""
        return self.updates.put_raw(content)

    def complain(self, what: str) -> None:
        """Records a failure of the emulator's own."""
        self.complaints.append(what)

    def calls_of(self, *methods: str) -> list[Call]:
        """The bot's calls of some methods, in order."""
        return [call for call in self.calls if call.method in methods]

    def shown_account(self, account_id: int) -> Json:
        """The User object of an account or a stand-in."""
        return STAND_INS.get(account_id) or user_object(self.accounts[account_id])

    async def settled(self, *, still: float = 0.1, timeout: float = 10.0) -> None:
        """Waits until the bot has confirmed every update and made no call for a while."""
        await self.until(self._is_settled(still), timeout=timeout, what="the bot to settle")

    def _is_settled(self, still: float) -> Callable[[], bool]:
        begun = time.monotonic()

        def is_settled() -> bool:
            quiet_since = max(begun, self.last_call)
            return not self.updates.pending and not self.busy and time.monotonic() - quiet_since >= still

        return is_settled

    async def until(self, condition: Callable[[], object], *, timeout: float = 10.0, what: str = "it") -> None:
        """Waits until something is so, looking often; fails after the timeout."""
        limit = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > limit:
                raise TimeoutError(f"waited {timeout} s for {what}; {len(self.updates.pending)} updates are waiting")
            await asyncio.sleep(0.005)

    def transcript(self, where: Place, *, seen_by: Person | None = None, tz: tzinfo = UTC) -> str:
        """What the chat would see, as lines of text."""
        return transcript(where, seen_by=seen_by, tz=tz)
