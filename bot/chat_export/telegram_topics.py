"""Telling, from replies alone, to which topic of a forum a message belongs."""

REMEMBERED = 100_000
"""At least so many of the newest messages are remembered as somewhere to reply to."""

TOPICS_KEPT = 10_000
"""Of more topics in one chat the further ones are not told apart."""


class Topics:
    """The topics of one chat, learnt while its messages go by, in bounded memory.

    An export states no topic: a message belongs to the topic that it answers, or to the topic of
    the message that it answers. What answers nothing stays without a topic.
    """

    __slots__ = ("_earlier", "_later", "_topics")

    def __init__(self) -> None:
        self._topics: set[int] = set()
        self._later: dict[int, int] = {}
        self._earlier: dict[int, int] = {}

    def open(self, number: int) -> None:
        """Learn that the service message `number` created a topic."""
        if len(self._topics) < TOPICS_KEPT:
            self._topics.add(number)

    def thread(self, number: int, reply_to: int) -> str | None:
        """Return the topic of message `number`, which answers `reply_to`, and remember it."""
        if not self._topics:
            return None
        topic = reply_to if reply_to in self._topics else self._later.get(reply_to)
        if topic is None:
            topic = self._earlier.get(reply_to)
        if topic is None:
            return None
        if len(self._later) >= REMEMBERED:
            self._earlier = self._later
            self._later = {}
        self._later[number] = topic
        return str(topic)
