"""The command line: a file a command, which parses its arguments and calls one function."""
