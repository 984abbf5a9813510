"""Figures, not tests: `python -m tests.bench` prints speed and memory and asserts nothing."""
