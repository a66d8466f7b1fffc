"""Which formats and channels there are: a new one is a new module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from schoolctl.domain.agenda import Agenda
from schoolctl.renderers import (
    agenda_docx,
    agenda_html,
    agenda_json,
    agenda_markdown,
    agenda_pdf,
    agenda_pptx,
)
from schoolctl.renderers.announcement import Announcement
from schoolctl.renderers.mail import mail_files
from schoolctl.renderers.messages import message_files

AGENDA_FORMATS: dict[str, Callable[[Path, Agenda, str], bytes]] = {
    "md": agenda_markdown.render_agenda,
    "html": agenda_html.render_agenda,
    "docx": agenda_docx.render_agenda,
    "pptx": agenda_pptx.render_agenda,
    "pdf": agenda_pdf.render_agenda,
    "json": agenda_json.render_agenda,
}
# Doctors write their answers into these, and organisers choose how they look: only what they were made of is compared.
EDITED_FORMATS = frozenset({"docx", "pptx"})

# A channel's files in one language: what follows CHANNEL.LANG in the name -> content.
CHANNEL_FILES: Mapping[str, Callable[[Path, Announcement, str], Mapping[str, str]]] = {
    "whatsapp": partial(message_files, messenger="whatsapp"),
    "telegram": partial(message_files, messenger="telegram"),
    "email": mail_files,
}
