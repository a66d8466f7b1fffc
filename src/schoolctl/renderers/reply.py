"""The answer to a question that is none for the School: plain text to paste into a mail or a chat."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from schoolctl.domain.announcement import organizer_facts
from schoolctl.domain.school import Organizer
from schoolctl.renderers.environment import render_blocks

ReplyKind = Literal["personal", "off_topic"]
REPLY_KINDS: tuple[ReplyKind, ...] = ("personal", "off_topic")


def render_reply(own_templates: Path, organizer: Organizer, kind: ReplyKind, language: str) -> str:
    """The answer in `language`; it says nothing of the question, so that it can be pasted without a second look."""
    facts = {"organizer": organizer_facts(organizer, language)}
    name = f"reply/{kind}.{language}.txt"
    return render_blocks(own_templates, name, {"text": "plain"}, facts)["text"]
