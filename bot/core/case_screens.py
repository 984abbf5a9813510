"""Which viewer sees which field of a case on which screen: one table, from which every screen of a case is made.

A page is given a view (`core/case_views.py`) and never the case itself, so that what stands in no row of the table
cannot be shown. A unit sees the office's own wording and nothing of what began the case; a reporter sees their own
words and how far it has come; group admins and members see nothing but a correction in the channel (Baotou 2019
items 28 and 30).
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.core.case_moves import CaseState


class Party(StrEnum):
    """Who looks at a case."""

    OFFICE = "office"
    UNIT = "unit"
    REPORTER = "reporter"
    GROUP_ADMIN = "group_admin"
    MEMBER = "member"


class CaseScreen(StrEnum):
    """Where something of a case is shown."""

    OFFICE_LIST = "office_list"
    OFFICE_PAGE = "office_page"
    OFFICE_FILE = "office_file"
    DESK_LIST = "desk_list"
    DESK_PAGE = "desk_page"
    DESK_FILE = "desk_file"
    DESK_POST = "desk_post"  # what the bot posts there unasked
    UNIT_LIST = "unit_list"
    UNIT_PAGE = "unit_page"
    UNIT_POST = "unit_post"  # what a contact is written unasked
    RECEIPT = "receipt"
    CHANNEL = "channel"


class CaseField(StrEnum):
    """What a case file holds."""

    NUMBER = "number"
    CATEGORY = "category"
    GROUP = "group"
    MEMBERS = "members"
    PLACE = "place"
    UNIT = "unit"
    CONTACTS = "contacts"
    STATE = "state"
    COARSE = "coarse"
    OPENED_ON = "opened_on"
    MOVED_ON = "moved_on"
    DUE = "due"
    SHOWN = "shown"
    REPORT_COUNT = "report_count"
    FINDING_COUNT = "finding_count"
    WORDING = "wording"
    ANSWER = "answer"
    OBJECTION = "objection"
    REASON = "reason"
    FORMER = "former"
    CLEARING = "clearing"
    CLEARING_WORDS = "clearing_words"
    REOPENING = "reopening"
    REPORT_DAY = "report_day"
    REPORT_WORDS = "report_words"
    REPORT_PLACE = "report_place"
    OPEN_HANDED = "open_handed"
    REPORTER = "reporter"
    TALK = "talk"
    FINDING_DAY = "finding_day"
    EXCERPT = "excerpt"
    HISTORY = "history"


class Coarse(StrEnum):
    """How far a case has come, as a reporter is told: not whether a unit answered, nor what."""

    RECEIVED = "received"
    CHECKING = "checking"
    TOLD = "told"
    CORRECTED = "corrected"
    CONFIRMED = "confirmed"
    CLEARED = "cleared"
    CLOSED = "closed"


COARSE: Mapping[CaseState, Coarse] = {
    CaseState.SUSPECTED: Coarse.RECEIVED,
    CaseState.UNDER_CHECK: Coarse.CHECKING,
    CaseState.SENT: Coarse.TOLD,
    CaseState.ANSWERED: Coarse.TOLD,
    CaseState.CORRECTED: Coarse.CORRECTED,
    CaseState.CONFIRMED: Coarse.CONFIRMED,
    CaseState.CLEARED: Coarse.CLEARED,
    CaseState.CLOSED: Coarse.CLOSED,
}

_F = CaseField
_NAME = frozenset({_F.NUMBER, _F.CATEGORY})
_LIST = _NAME | {_F.GROUP, _F.PLACE, _F.STATE, _F.DUE}
_PAGE = _LIST | {
    *(_F.MEMBERS, _F.UNIT, _F.CONTACTS, _F.OPENED_ON, _F.MOVED_ON, _F.SHOWN, _F.REPORT_COUNT, _F.FINDING_COUNT),
    *(_F.WORDING, _F.ANSWER, _F.FORMER, _F.OBJECTION, _F.REASON, _F.CLEARING, _F.CLEARING_WORDS, _F.REOPENING),
}
_DESK_FILE = _NAME | {
    *(_F.REPORT_COUNT, _F.REPORT_DAY, _F.REPORT_WORDS, _F.REPORT_PLACE, _F.OPEN_HANDED, _F.TALK),
    *(_F.FINDING_COUNT, _F.FINDING_DAY, _F.EXCERPT, _F.HISTORY),
    *(_F.WORDING, _F.ANSWER, _F.OBJECTION, _F.REASON, _F.CLEARING, _F.CLEARING_WORDS, _F.REOPENING),
}
_UNIT_PAGE = _LIST - {_F.PLACE} | {
    *(_F.UNIT, _F.WORDING, _F.ANSWER, _F.OBJECTION, _F.REASON, _F.CLEARING, _F.CLEARING_WORDS)
}
_RECEIPT = frozenset({_F.CATEGORY, _F.COARSE, _F.REPORT_DAY, _F.REPORT_WORDS, _F.REPORT_PLACE, _F.REPORTER, _F.TALK})
_CHANNEL = frozenset({_F.CATEGORY})

Rows = Mapping[Party, Mapping[CaseScreen, frozenset[CaseField]]]

SEES: Rows = {
    Party.OFFICE: {
        CaseScreen.OFFICE_LIST: _LIST,
        CaseScreen.OFFICE_PAGE: _PAGE,
        CaseScreen.OFFICE_FILE: _DESK_FILE | {_F.REPORTER},  # who chose to be known is not shown to a whole chat
        CaseScreen.DESK_LIST: _LIST,
        CaseScreen.DESK_PAGE: _PAGE,
        CaseScreen.DESK_FILE: _DESK_FILE,
        CaseScreen.DESK_POST: _NAME | {_F.UNIT},
        CaseScreen.CHANNEL: _CHANNEL,
    },
    Party.UNIT: {
        CaseScreen.UNIT_LIST: _LIST - {_F.PLACE},
        CaseScreen.UNIT_PAGE: _UNIT_PAGE,
        CaseScreen.UNIT_POST: _UNIT_PAGE - {_F.ANSWER, _F.OBJECTION},
        CaseScreen.CHANNEL: _CHANNEL,
    },
    Party.REPORTER: {CaseScreen.RECEIPT: _RECEIPT, CaseScreen.CHANNEL: _CHANNEL},
    Party.GROUP_ADMIN: {CaseScreen.CHANNEL: _CHANNEL},
    Party.MEMBER: {CaseScreen.CHANNEL: _CHANNEL},
}
"""What is not named is not seen."""

WORDS = frozenset(
    {
        *(_F.PLACE, _F.WORDING, _F.ANSWER, _F.FORMER, _F.OBJECTION, _F.REASON, _F.CLEARING_WORDS, _F.REOPENING),
        *(_F.REPORT_WORDS, _F.REPORT_PLACE, _F.REPORTER, _F.TALK, _F.EXCERPT),
    }
)
"""What is shown no longer once a case is sealed off."""
