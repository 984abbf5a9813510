"""The detectors, one file for each category, in alphabetical order."""

from bot.core.detectors.after_hours import AfterHours
from bot.core.detectors.apportion import Apportion
from bot.core.detectors.base import Detector
from bot.core.detectors.duplicate_collection import DuplicateCollection
from bot.core.detectors.forced_app import ForcedApp
from bot.core.detectors.ghost_writing import GhostWriting
from bot.core.detectors.late_deadline import LateDeadline
from bot.core.detectors.quiz_study import QuizStudy
from bot.core.detectors.ranking import Ranking
from bot.core.detectors.receipt import Receipt
from bot.core.detectors.repeated_document import RepeatedDocument
from bot.core.detectors.screenshot_checkin import ScreenshotCheckin
from bot.core.detectors.urgent_misuse import UrgentMisuse
from bot.core.detectors.visit_on_rest_day import VisitOnRestDay
from bot.core.detectors.vote_like import VoteLike

DETECTORS: tuple[type[Detector], ...] = (
    AfterHours,
    Apportion,
    DuplicateCollection,
    ForcedApp,
    GhostWriting,
    LateDeadline,
    QuizStudy,
    Ranking,
    Receipt,
    RepeatedDocument,
    ScreenshotCheckin,
    UrgentMisuse,
    VisitOnRestDay,
    VoteLike,
)

CARDS = tuple(kind.category for kind in DETECTORS if kind.has_card)
"""The categories that have a card of word scores."""
