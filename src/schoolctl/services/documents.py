"""Where documents go, and what a command says of the documents it made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from schoolctl.domain.school import School
from schoolctl.errors import WrongUsageError
from schoolctl.services.workspace import Workspace
from schoolctl.store.output_files import holds, refuse_to_overwrite, write_files


@dataclass(frozen=True, slots=True)
class Destination:
    """Where documents go: a folder (None: `out/SCHOOL-ID/`), to standard output, or nowhere in a rehearsal.

    `force` allows replacing files that differ.
    """

    folder: Path | None = None
    to_stdout: bool = False
    force: bool = False
    dry_run: bool = False

    def folder_for(self, workspace: Workspace, school: School) -> Path:
        """The folder to write to."""
        return self.folder if self.folder is not None else workspace.root / "out" / school.id

    def check(self, files: Mapping[Path, bytes]) -> None:
        """Refuse before anything is recorded or written."""
        if not self.to_stdout:
            refuse_to_overwrite(files, force=self.force)
        elif len(files) != 1:
            message = f"--out - shows one document, this would be {len(files)}: choose one with --lang"
            raise WrongUsageError(message)

    def deliver(self, files: Mapping[Path, bytes], notes: Sequence[str] = ()) -> Documents:
        """Write the files (unless they go to standard output or this is a rehearsal) and say what they are."""
        # Asked before writing: afterwards every file is as it should be.
        unchanged = frozenset(path for path, content in files.items() if holds(path, content))
        if not (self.to_stdout or self.dry_run):
            write_files(files)
        return Documents(dict(files), unchanged, tuple(notes))


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents a command made, with their contents, and what the organiser should know about them.

    `unchanged` are those that lay there already, byte for byte: they were not written again.
    """

    files: Mapping[Path, bytes]
    unchanged: frozenset[Path] = frozenset()
    notes: tuple[str, ...] = ()
