"""What a command says of the documents it wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from schoolctl.cli.console import say, say_bytes, say_json, tell
from schoolctl.errors import WrongUsageError

if TYPE_CHECKING:
    from schoolctl.services.documents import Destination, Documents
    from schoolctl.services.workspace import Workspace


def destination_for(out: str | None, *, force: bool, dry_run: bool, as_json: bool = False) -> Destination:
    """Where `--out` wants documents to go; `as_json`: the names of the files are asked for as JSON."""
    from schoolctl.services.documents import Destination

    if out == "-" and as_json:
        message = "--out - shows the document itself, --json the names of files: choose one"
        raise WrongUsageError(message)
    folder = Path(out) if out and out != "-" else None
    return Destination(folder, to_stdout=out == "-", force=force, dry_run=dry_run)


def report_documents(documents: Documents, workspace: Workspace, destination: Destination, *, as_json: bool) -> None:
    """Show the one document, or name the files, or give them as JSON; notes go to standard error."""
    shown = [workspace.shown(path) for path in documents.files]
    if destination.to_stdout:
        # Byte for byte: a calendar file has CRLF lines, and its encoding is not the console's.
        say_bytes(b"".join(documents.files.values()))
    elif as_json:
        say_json({"files": shown})
    else:
        _say_written(documents, workspace, "would write" if destination.dry_run else "wrote")
    # Notes go to standard error: what goes through a pipe stays the document alone.
    for note in documents.notes:
        tell(f"note: {note}")


def _say_written(documents: Documents, workspace: Workspace, verb: str) -> None:
    for path in documents.files:
        say(f"{'unchanged' if path in documents.unchanged else verb} {workspace.shown(path)}")
