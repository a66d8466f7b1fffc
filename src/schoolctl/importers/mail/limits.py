"""What becomes of a mail beyond the limits: it is set aside with a reason, in bounded time and memory."""

from __future__ import annotations


class LimitExceededError(ValueError):
    """A mail breaks a limit; the message is the reason shown to the organiser."""
