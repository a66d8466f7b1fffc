"""Which formats there are: a new one is a new module and one line here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from schoolctl.domain.agenda import Agenda
from schoolctl.renderers import agenda_json, agenda_markdown

AGENDA_FORMATS: dict[str, Callable[[Path, Agenda, str], bytes]] = {
    "md": agenda_markdown.render_agenda,
    "json": agenda_json.render_agenda,
}
