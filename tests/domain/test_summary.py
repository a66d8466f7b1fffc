"""The questions in figures: all are counted, only what is for the School is quoted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.question import Question, Screening
from schoolctl.domain.summary import may_be_quoted, summarise

NewQuestion = Callable[..., Question]
ALMATY = ZoneInfo("Asia/Almaty")


def test_everything_is_counted(new_question: NewQuestion) -> None:
    evening = datetime(2026, 12, 1, 20, tzinfo=UTC)
    questions = [
        new_question(id=1, person=1, themes=("diet", "lifestyle"), received_at=evening),
        new_question(id=2, person=1, themes=("diet",), channel="whatsapp", language="kk"),
        new_question(id=3, person=3, themes=("treatment",), screening=Screening("personal"), status="personal"),
        new_question(id=4, themes=("diet",), screening=Screening("personal"), status="accepted", reviewed=True),
    ]
    summary = summarise(questions, ALMATY, 10, is_public=False)
    assert (summary.questions, summary.people, summary.waiting) == (4, 3, 3)
    assert summary.statuses == {"new": 2, "accepted": 1, "personal": 1}
    assert summary.screening == {"general": 2, "personal": 2}
    assert summary.channels == {"email": 3, "whatsapp": 1}
    assert summary.languages == {"ru": 3, "kk": 1}
    assert summary.themes == {"diet": 3}
    # One o'clock in the morning of the next day in Almaty.
    assert summary.days == {"2026-12-02": 1}
    assert [group.questions[0].id for group in summary.leading] == [1, 2, 4]


def test_a_public_summary_quotes_only_what_a_person_has_seen(new_question: NewQuestion) -> None:
    questions = [new_question(id=1), new_question(id=2, status="accepted", reviewed=True)]
    leading = summarise(questions, ALMATY, 10, is_public=True).leading
    assert [group.questions[0].id for group in leading] == [2]


def test_so_many_groups_lead_as_were_asked_for(new_question: NewQuestion) -> None:
    questions = [new_question(id=number) for number in (1, 2, 3)]
    assert len(summarise(questions, ALMATY, 2, is_public=False).leading) == 2


@pytest.mark.parametrize(
    ("values", "is_quoted"),
    [
        ({}, True),
        ({"status": "accepted", "reviewed": True, "screening": Screening("personal")}, True),
        ({"status": "personal", "reviewed": True}, False),
        ({"status": "rejected", "reviewed": True}, False),
        ({"status": "off_topic", "reviewed": True}, False),
        ({"screening": Screening("personal")}, False),
        ({"screening": Screening("logistics")}, False),
        ({"screening": Screening("not_question")}, False),
    ],
)
def test_what_was_set_apart_is_never_quoted(
    new_question: NewQuestion, values: dict[str, object], *, is_quoted: bool
) -> None:
    assert may_be_quoted(new_question(**values)) is is_quoted
