"""All SQL: tables, repositories, the unit of work, keys and migrations."""
