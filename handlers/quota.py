"""How often one person, and all together, may do what costs the office time or the database room."""

from dataclasses import dataclass
from datetime import timedelta

from handlers.context import Context
from handlers.limits import Allowed, Limits

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quota:
    """Counted in memory alone, by keyed hash, so that nothing tells later who did it."""

    name: str
    span: timedelta
    of_one: int
    of_all: int | None = None

    def takes(self, context: Context, person: str) -> bool:
        """Count one more of a person; whether it is within the quota."""
        counted = [(person, self.of_one)] + ([] if self.of_all is None else [("", self.of_all)])
        for who, most in counted:
            limits: Limits = context.bot_data.setdefault((self.name, not who), Limits(most, self.span))
            if limits.count(who, context.now, context.number) is not Allowed.YES:
                return False
        return True
