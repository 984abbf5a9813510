"""Fits the word scores in `config/scores/` to the labelled messages: `make fit`."""
