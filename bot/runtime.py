"""The built services and ports that handlers, jobs and the web are given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.core.errors import JianfuError
from bot.core.model import Category, Clause
from bot.core.pipeline import Pipeline
from bot.core.policy import Policy
from bot.core.secrecy import Secrecy
from bot.core.workcal import WorkCalendar
from bot.core.worktime import WorkingHours
from bot.ports import Clock, Forgotten, Store, Vault
from bot.services.places import OfficeTime
from bot.services.report_drafts import Drafts
from bot.services.scenes import Scenes


@dataclass(frozen=True, slots=True)
class Runtime:
    """One running bot. `troubles` are mistakes of the configuration with which it still runs, and which it tells."""

    policy: Policy
    pipeline: Pipeline
    calendar: WorkCalendar
    hours: WorkingHours
    zone: ZoneInfo
    clauses: Mapping[Category, Clause]
    store: Store
    vault: Vault
    clock: Clock
    scenes: Scenes
    forgotten: Forgotten
    drafts: Drafts = field(default_factory=Drafts)
    """What is remembered between the steps of a report, and nowhere else."""
    secrecy: Secrecy = field(default_factory=Secrecy)
    """The marks of secrecy in force (`config.secrecy.load_secrecy`)."""
    troubles: tuple[JianfuError, ...] = ()
    username: str = ""
    """The bot's own name on the platform, for links into the private chat."""
    instance: str = ""
    """Names this process among replicas."""
    gone: Callable[[str], bool] = lambda _: False
    """Whether the process of such a name surely runs no more (`bot.process.is_gone`)."""

    @property
    def office(self) -> OfficeTime:
        """The office's own time, and by it that of each group."""
        return OfficeTime(self.calendar, self.hours, self.zone)
