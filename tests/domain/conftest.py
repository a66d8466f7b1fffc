"""Builders of schools and questions (invented people and places)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.question import Question, Screening, Sender, SourceRef
from schoolctl.domain.school import School

ALMATY = ZoneInfo("Asia/Almaty")
NewSchool = Callable[..., School]
NewQuestion = Callable[..., Question]


@pytest.fixture
def new_school() -> NewSchool:
    def build(**values: object) -> School:
        plain: dict[str, object] = {
            "id": "2026-12-10-myeloma",
            "topic": {"kk": "Көптік миелома", "ru": "Множественная миелома", "en": "Multiple myeloma"},
            "starts": datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY),
            "ends": datetime(2026, 12, 10, 21, 15, tzinfo=ALMATY),
        }
        return School(**(plain | values))  # type: ignore[arg-type]

    return build


@pytest.fixture
def new_question() -> NewQuestion:
    def build(**values: object) -> Question:
        plain: dict[str, object] = {
            "id": 1,
            "channel": "email",
            "text": "Передаётся ли миелома по наследству?",
            "original_text": "Передаётся ли миелома по наследству?",
            "redacted_text": "Передаётся ли миелома по наследству?",
            "language": "ru",
            "sender": Sender(),
            "received_at": None,
            "zone_assumed": False,
            "source": SourceRef("inbox.mbox", 1),
            "screening": Screening("general"),
        }
        return Question(**(plain | values))  # type: ignore[arg-type]

    return build
