"""The workspace: the folder with sessions.toml in which everything happens."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from schoolctl.domain.school import Schedule
from schoolctl.errors import SchoolctlError
from schoolctl.store import DATABASE_FILE, SCHEDULE_FILE
from schoolctl.store.schedule_file import ScheduleFile

WORKSPACE_VARIABLE = "SCHOOLCTL_WORKSPACE"


class Workspace(NamedTuple):
    """A folder with a sessions.toml; `questions.db`, `templates/` and `out/` lie beside it."""

    root: Path

    @property
    def schedule_path(self) -> Path:
        """The schedule."""
        return self.root / SCHEDULE_FILE

    @property
    def database_path(self) -> Path:
        """The store of questions."""
        return self.root / DATABASE_FILE

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
        # Always with "/": scripts compare these names, on Windows too.
        absolute = path.absolute()
        inside = absolute.is_relative_to(self.root)
        return (absolute.relative_to(self.root) if inside else absolute).as_posix()


def find_workspace(given: Path | None, start: Path) -> Workspace:
    """The folder given, else the one in $SCHOOLCTL_WORKSPACE, else the nearest one from `start` upwards."""
    named = given or _from_environment()
    # A folder that was named is never searched upwards: the work would land in another season's workspace.
    candidates = [named] if named else [start, *start.absolute().parents]
    for folder in candidates:
        if (folder / SCHEDULE_FILE).is_file():
            return Workspace(folder.absolute())
    where = f"{named} has no {SCHEDULE_FILE}" if named else f"no {SCHEDULE_FILE} here or above"
    message = f"{where}. Begin a workspace with: schoolctl init"
    raise SchoolctlError(message)


def _from_environment() -> Path | None:
    # An empty variable is how shells and service files unset one.
    value = os.environ.get(WORKSPACE_VARIABLE)
    return Path(value) if value else None
