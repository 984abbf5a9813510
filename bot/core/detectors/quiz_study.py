"""Online quizzes, study hours, questionnaires and lessons demanded (Baotou 2019 item 22)."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.detectors.base import DemandDetector
from bot.core.model import Category


@dataclass(frozen=True, slots=True)
class QuizStudy(DemandDetector):
    """Online quizzes, study hours, questionnaires and lessons demanded (Baotou 2019 item 22)."""

    category: ClassVar[Category] = Category.QUIZ_STUDY
