"""A meeting without its access code, for what anybody may read: many links carry the code in themselves."""

from __future__ import annotations

import re
from urllib.parse import unquote

from schoolctl.domain.school import Meeting

# How Zoom (pwd, tk), Teams (p) and others call the code in a link.
_CODE_NAMES = frozenset({"p", "pass", "passcode", "passwd", "password", "pw", "pwd", "tk", "token"})
_PARTS = re.compile(r"[&;]")


def without_access_code(meeting: Meeting) -> Meeting:
    """The meeting as it may be published: neither an access code nor a link that holds one; its ID stays."""
    address, hash_sign, fragment = meeting.url.partition("#")
    path, _, query = address.partition("?")
    kept = _without_code(query)
    kept_fragment = _without_code(fragment)
    url = path + (f"?{kept}" if kept else "") + (f"{hash_sign}{kept_fragment}" if kept_fragment else "")
    return Meeting(url, meeting.meeting_id)


def _without_code(query: str) -> str:
    return "&".join(part for part in _PARTS.split(query) if part and not _is_code(part))


def _is_code(part: str) -> bool:
    # A name may be written with %70 for p, and is read without regard to its case.
    return unquote(part.partition("=")[0]).casefold() in _CODE_NAMES
