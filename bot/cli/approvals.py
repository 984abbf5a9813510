"""`jianfu approvals`: the list of approved inspections, collections and forms, from and into files."""

from bot.cli.worded_group import WordedGroup

command = WordedGroup("approvals", ("import", "export", "list"))
