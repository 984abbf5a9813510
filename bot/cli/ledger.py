"""`jianfu ledger`: the ledger from and into files, and its log."""

from bot.cli.worded_group import WordedGroup

command = WordedGroup("ledger", ("import", "export", "log"))
