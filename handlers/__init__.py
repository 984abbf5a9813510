"""All Telegram code: what arrives is parsed, handed to one service, and answered."""

import os

# Spans of time as such: python-telegram-bot warns at every 429 until it is told which of the two is wanted.
os.environ.setdefault("PTB_TIMEDELTA", "true")
