"""The command line: Typer and Rich live here and nowhere else; a command parses, calls one service and prints."""
