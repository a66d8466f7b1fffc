"""Which formats and channels there are: a new one is a new module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from schoolctl.domain.agenda import Agenda
from schoolctl.renderers import agenda_json, agenda_markdown
from schoolctl.renderers.announcement import Announcement
from schoolctl.renderers.mail import mail_files
from schoolctl.renderers.messages import message_files

AGENDA_FORMATS: dict[str, Callable[[Path, Agenda, str], bytes]] = {
    "md": agenda_markdown.render_agenda,
    "json": agenda_json.render_agenda,
}

# A channel's files in one language: what follows CHANNEL.LANG in the name -> content.
CHANNEL_FILES: Mapping[str, Callable[[Path, Announcement, str], Mapping[str, str]]] = {
    "whatsapp": partial(message_files, messenger="whatsapp"),
    "telegram": partial(message_files, messenger="telegram"),
    "email": mail_files,
}
