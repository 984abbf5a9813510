"""`jianfu cases`: the cases for whoever runs the machine of the office."""

from bot.cli.worded_group import WordedGroup

command = WordedGroup("cases", ("list", "show", "export"))
