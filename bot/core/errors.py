"""The errors Jianfu knows by name; their words stand in the catalogues of `bot/texts`.

JianfuError
|-- BadInput              what a person gave cannot be used: exit code 2, one sentence
|   |-- BadExport         a chat export that is no export, or a broken one
|   |-- BadRules          a mistake in a rule file; names key and line
|   |-- BadCalendar       a mistake in a calendar file; names key and line
|   |-- BadSheet          a table that cannot be read: no workbook, no header, locked, hostile
|   `-- BadMoment         a time, zone or set of hours that cannot be read
|-- BadSeal               something sealed cannot be opened: another key, or altered
|-- BadKeyFile            the key file cannot be used
|-- BadBackup             a backup cannot be read, or cannot be restored here
|-- CaseRefused           a step of a case that cannot be made; it says why
|-- UnknownYear           a year of which no official calendar is known
`-- WorkerLost            a process that helped an audit ended by itself: exit code 70
"""

from typing import ClassVar


class JianfuError(Exception):
    """An error with a code and fields, never with prose: `fields` fill the catalogue's text."""

    code: ClassVar[str] = "error"

    def __init__(self, reason: str, **fields: object) -> None:
        super().__init__(reason, fields)
        self.reason = reason
        self.fields = fields

    @property
    def key(self) -> str:
        """The catalogue key of this error's sentence, as `export.not_json`."""
        return f"{self.code}.{self.reason}"


class BadInput(JianfuError):
    """What a person gave cannot be used."""

    code = "input"


class BadExport(BadInput):
    """A file that is no chat export that Jianfu reads, or a broken one."""

    code = "export"


class BadRules(BadInput):
    """A mistake in a rule file; fields: `file`, `key`, `line`."""

    code = "rules"


class BadCalendar(BadInput):
    """A mistake in a calendar file; fields: `file`, `key`, `line`."""

    code = "calendar"


class BadSheet(BadInput):
    """A file whose table cannot be read; fields: `file`, and `row` or `names` where they help."""

    code = "sheet"


class BadMoment(BadInput):
    """A time, zone or set of working hours that cannot be read; field: `value`."""

    code = "moment"


class UnknownYear(JianfuError):
    """No official calendar is known for `year`; only raised where a guess would be wrong."""

    code = "year"


class BadSeal(JianfuError):
    """Something sealed cannot be opened: it was sealed with a key that is not known, or altered."""

    code = "seal"


class BadKeyFile(JianfuError):
    """The key file cannot be used; field: `file`."""

    code = "key_file"


class BadBackup(JianfuError):
    """A backup that cannot be read, or cannot be restored here; field: `file`."""

    code = "backup"


class CaseRefused(JianfuError):
    """A step of a case that cannot be made where it stands, or by whom it was tried; field: `state`."""

    code = "case"


class WorkerLost(JianfuError):
    """A process that helped an audit ended by itself."""

    code = "worker"
