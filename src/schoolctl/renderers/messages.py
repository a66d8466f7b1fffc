"""Announcements as messages to paste into WhatsApp and Telegram."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from schoolctl.renderers.announcement import Announcement, Wording
from schoolctl.renderers.message_markup import escape_message

Messenger = Literal["whatsapp", "telegram"]
# Telegram counts as UTF-16 does: a letter beyond the first 65,536 is two.
_LONGEST_TELEGRAM = 4096


def render_message(own_templates: Path, announcement: Announcement, language: str, messenger: Messenger) -> str:
    """The message in one language, each link bare on its line."""
    wording = Wording(own_templates, announcement, language)
    text = wording.blocks({"message": messenger})["message"]
    text = "\n".join(line.rstrip() for line in text.splitlines())
    wording.check(text, escape_message)
    length = len(text.encode("utf-16-le")) // 2
    if messenger == "telegram" and length > _LONGEST_TELEGRAM:
        message = f"the message is {length} signs long, Telegram takes at most {_LONGEST_TELEGRAM}: shorten it"
        raise wording.fault(message)
    return f"{text}\n"


def message_files(
    own_templates: Path, announcement: Announcement, language: str, messenger: Messenger
) -> Mapping[str, str]:
    """The message by the ending of its file's name."""
    return {"txt": render_message(own_templates, announcement, language, messenger)}
