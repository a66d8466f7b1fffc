"""Somebody who gets a mailing."""

from __future__ import annotations

from typing import NamedTuple


class Recipient(NamedTuple):
    """An e-mail address in small letters, a name as it is shown (empty when not known) and a language's code."""

    email: str
    name: str
    language: str
