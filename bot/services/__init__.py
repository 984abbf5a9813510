"""The use cases: each takes values and ports, and gives values; no words, no files, no framework."""
