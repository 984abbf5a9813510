"""Settings of every kind: calendars, rules and environment, read once at the start."""
