"""`jianfu units`: the tree of units from and into files."""

from bot.cli.worded_group import WordedGroup

command = WordedGroup("units", ("import", "export", "merge"))
