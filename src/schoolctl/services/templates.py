"""The templates: which there are, which are the organiser's own, and copying one to edit it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schoolctl.errors import SchoolctlError
from schoolctl.resources import shipped_templates
from schoolctl.services.workspace import Workspace
from schoolctl.store.output_files import write_files


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template by its name (`announcement/call.kk.md`) and whether the workspace has its own copy of it."""

    name: str
    is_own: bool


def list_templates(workspace: Workspace) -> list[TemplateFile]:
    """All templates, shipped and own, by name."""
    own = _names(workspace.templates)
    return [TemplateFile(name, name in own) for name in sorted(_names(shipped_templates()) | own)]


def copy_template(workspace: Workspace, name: str, *, dry_run: bool) -> Path:
    """Copy a shipped template into the workspace's `templates/`, where it wins over the shipped one."""
    if not any(template.name == name for template in list_templates(workspace)):
        message = f'there is no template "{name}". See: schoolctl templates list'
        raise SchoolctlError(message)
    # The name is one of those listed, so it cannot lead out of the folder.
    target = workspace.templates / name
    if target.exists():
        message = f"{workspace.shown(target)} is your own already: edit it, or delete it to get the default back"
        raise SchoolctlError(message)
    if not dry_run:
        write_files({target: (shipped_templates() / name).read_bytes()})
    return target


def _names(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*.*") if path.is_file())
    # Hidden files are an editor's or our own locks, no templates.
    return {path.relative_to(folder).as_posix() for path in files if not path.name.startswith(".")}
