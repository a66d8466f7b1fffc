"""What the tests of WhatsApp chats have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta, timezone

from schoolctl.importers.source import ImportOptions

from .reading import Row

ALMATY = timezone(timedelta(hours=5))
OPTIONS = ImportOptions(zone=ALMATY)
LRM = "\u200e"
MEDIA = "picture or voice message without text"
ReadChat = Callable[..., list[Row]]
