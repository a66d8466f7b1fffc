"""The workspace: the folder with sessions.toml in which everything happens."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from schoolctl.domain.school import Schedule
from schoolctl.errors import SchoolctlError
from schoolctl.store import database, schedule_file
from schoolctl.store.schedule_file import ScheduleFile

WORKSPACE_VARIABLE = "SCHOOLCTL_WORKSPACE"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with a sessions.toml; `questions.db`, `templates/` and `out/` lie beside it."""

    root: Path

    @property
    def schedule_path(self) -> Path:
        """The schedule."""
        return self.root / schedule_file.FILE_NAME

    @property
    def database_path(self) -> Path:
        """The store of questions."""
        return self.root / database.FILE_NAME

    @property
    def templates(self) -> Path:
        """The organiser's own templates, which win over the shipped ones."""
        return self.root / "templates"

    def schedule_file(self) -> ScheduleFile:
        """The schedule's file as it is now."""
        return ScheduleFile.read(self.schedule_path)

    def schedule(self) -> Schedule:
        """The schedule; FileProblemsError when the file has mistakes."""
        return self.schedule_file().schedule

    def shown(self, path: Path) -> str:
        """A path as it is told to the user: relative to the workspace when inside it, with `/` everywhere."""
        absolute = path.absolute()
        inside = absolute.is_relative_to(self.root)
        return (absolute.relative_to(self.root) if inside else absolute).as_posix()


def find_workspace(given: Path | None, start: Path) -> Workspace:
    """The folder given, else the one in $SCHOOLCTL_WORKSPACE, else the nearest one from `start` upwards."""
    named = given or (Path(value) if (value := os.environ.get(WORKSPACE_VARIABLE)) else None)
    candidates = [named] if named else [start, *start.absolute().parents]
    for folder in candidates:
        if (folder / schedule_file.FILE_NAME).is_file():
            return Workspace(folder.absolute())
    where = f"{named} has no {schedule_file.FILE_NAME}" if named else f"no {schedule_file.FILE_NAME} here or above"
    message = f"{where}. Begin a workspace with: schoolctl init"
    raise SchoolctlError(message)
