"""What makes two mails to one person the same mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.announcement import KINDS, Kind
from schoolctl.domain.mailing import KINDS_FOR_INVITED, KINDS_WITH_INVITE, mailing_key
from schoolctl.domain.recipient import Recipient
from schoolctl.domain.school import Meeting, School, Speaker

ALMATY = ZoneInfo("Asia/Almaty")
SCHOOL = School(
    "2026-12-10-anemia",
    {"ru": "анемия"},
    datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY),
    datetime(2026, 12, 10, 20, 30, tzinfo=ALMATY),
    meeting=Meeting("https://zoom.example.org/j/1", "1", "2"),
)


def test_a_key_names_school_and_kind() -> None:
    key = mailing_key("call", SCHOOL)
    assert key[:2] == ("2026-12-10-anemia", "call")
    assert len(key.fingerprint) == 32
    assert mailing_key("call", replace(SCHOOL)) == key


@pytest.mark.parametrize(
    "changed",
    [
        replace(SCHOOL, starts=datetime(2026, 12, 10, 18, 0, tzinfo=ALMATY)),
        replace(SCHOOL, ends=datetime(2026, 12, 10, 21, 0, tzinfo=ALMATY)),
        replace(SCHOOL, mode="hybrid"),
        replace(SCHOOL, venue={"ru": "Астана"}),
        replace(SCHOOL, meeting=None),
        replace(SCHOOL, meeting=Meeting("https://zoom.example.org/j/1", "1", "3")),
        replace(SCHOOL, is_cancelled=True),
    ],
)
def test_another_hour_place_or_link_makes_another_mailing(changed: School) -> None:
    assert mailing_key("invitation", changed) != mailing_key("invitation", SCHOOL)
    assert mailing_key("recap", changed) == mailing_key("recap", SCHOOL)


@pytest.mark.parametrize(
    "changed",
    [
        replace(SCHOOL, topic={"ru": "анемии"}),
        replace(SCHOOL, speakers=(Speaker("Айгерім Үлгібаева"),)),
        replace(SCHOOL, recording="https://video.example.org/1"),
        replace(SCHOOL, starts=SCHOOL.starts.astimezone(ZoneInfo("UTC"))),
    ],
)
def test_a_corrected_word_does_not(changed: School) -> None:
    assert mailing_key("invitation", changed) == mailing_key("invitation", SCHOOL)


def test_a_recap_is_sent_again_when_there_is_a_recording() -> None:
    recorded = replace(SCHOOL, recording="https://video.example.org/1")
    assert mailing_key("recap", recorded) != mailing_key("recap", SCHOOL)


@pytest.mark.parametrize("kind", KINDS)
def test_kinds(kind: Kind) -> None:
    assert (kind in KINDS_WITH_INVITE) == (kind not in {"call", "recap"})
    assert (kind in KINDS_FOR_INVITED) == (kind in {"move", "cancellation"})
    assert Recipient("a@mail.example", "", "ru").language == "ru"
