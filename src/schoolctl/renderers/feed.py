"""The season as one calendar that people subscribe to (RFC 7986)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from schoolctl.domain.announcement import organizer_facts
from schoolctl.domain.school import Organizer
from schoolctl.renderers.environment import render_blocks
from schoolctl.renderers.invite import FeedHead, InviteRequest, render_calendar

_REFRESH = timedelta(hours=6)


def render_feed(own_templates: Path, organizer: Organizer, language: str, requests: Sequence[InviteRequest]) -> bytes:
    """`season.LANG.ics`: one entry a school, in order of time; nobody is named in it but the organiser."""
    facts = {"organizer": organizer_facts(organizer, language)}
    name = render_blocks(own_templates, f"invite/feed.{language}.txt", {"name": "plain"}, facts)["name"]
    in_order = sorted(requests, key=lambda request: (request.school.starts, request.school.id))
    return render_calendar(own_templates, "PUBLISH", in_order, FeedHead(" ".join(name.split()), _REFRESH))
