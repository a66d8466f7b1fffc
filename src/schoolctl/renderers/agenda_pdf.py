"""The agenda as a PDF to print and to hand round."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from schoolctl.domain.agenda import Agenda
from schoolctl.renderers.agenda_view import agenda_view
from schoolctl.renderers.typesetting import typeset


def render_agenda(own_templates: Path, agenda: Agenda, language: str) -> bytes:
    """The PDF in one language, on A4; its layout is `templates/agenda/agenda.typ`."""
    view = agenda_view(own_templates, agenda, language)
    # Texts are data: nothing in them is ever read as typesetting code.
    inputs = {"agenda": json.dumps(asdict(view), ensure_ascii=False)}
    return typeset(own_templates, "agenda/agenda.typ", inputs, "pdf", "agendas as PDF")
