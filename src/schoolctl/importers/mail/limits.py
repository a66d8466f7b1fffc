"""Limits of one mail (bytes, counts): hostile input is set aside with a reason, in bounded time and memory."""

from __future__ import annotations

MESSAGE_BYTES = 25 * 1024 * 1024
HEADER_LINE_BYTES = 64 * 1024
HEADER_COUNT = 1_000
MIME_DEPTH = 50
MIME_PARTS = 500
HTML_CHARACTERS = 1_000_000
PLAIN_CHARACTERS = 2_000_000


class LimitExceededError(ValueError):
    """A mail breaks a limit; the message is the reason shown to the organiser."""
