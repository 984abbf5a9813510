"""`jianfu log`: the log of everything that was changed, of the ledger, the office and the cases alike."""

from bot.cli.worded_group import WordedGroup

command = WordedGroup("log", ("verify",))
