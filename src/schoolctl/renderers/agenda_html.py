"""The agenda as one page for the browser and the printer: no script, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

from schoolctl.domain.agenda import Agenda
from schoolctl.renderers.agenda_view import agenda_view
from schoolctl.renderers.environment import render_blocks


def render_agenda(own_templates: Path, agenda: Agenda, language: str) -> bytes:
    """The page in one language, from `templates/agenda/page.html`."""
    view = agenda_view(own_templates, agenda, language)
    page = render_blocks(own_templates, "agenda/page.html", {"document": "html"}, {"agenda": view, "words": view.words})
    return f"{page['document']}\n".encode()
