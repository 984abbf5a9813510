"""All Telegram code: what arrives is parsed, handed to one service, and answered."""
