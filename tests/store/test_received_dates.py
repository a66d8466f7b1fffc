"""Dates read in a wrong order of day and month are put right when their file is imported with another order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from schoolctl.domain.duplicates import is_other_date_order
from schoolctl.domain.question import Draft, Question, Screening, Sender, SetAside, SourceRef
from schoolctl.store.database import Database
from schoolctl.store.question_store import QuestionFilter, QuestionStore
from schoolctl.store.received_dates import ReceivedDates
from schoolctl.store.set_aside_store import SetAsideStore

ALMATY = ZoneInfo("Asia/Almaty")
APRIL = datetime(2022, 4, 3, 10, 15, tzinfo=ALMATY)
MARCH = datetime(2022, 3, 4, 10, 15, tzinfo=ALMATY)
QUESTION = Question(
    id=0,
    channel="form",
    text="Можно ли мёд?",
    original_text="Можно ли мёд?",
    redacted_text="Можно ли мёд?",
    language="ru",
    sender=Sender("Айгуль"),
    received_at=APRIL,
    zone_assumed=True,
    source=SourceRef("form.csv", 2),
    screening=Screening("general"),
)
DRAFT = Draft(4, "form", "Спасибо", "Спасибо", Sender("Марат"), APRIL)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (APRIL, MARCH, True),
        (MARCH, APRIL, True),
        # 03/04/05 in three orders.
        (datetime(2005, 4, 3, tzinfo=UTC), datetime(2003, 4, 5, tzinfo=UTC), True),
        (datetime(2005, 3, 4, tzinfo=UTC), datetime(2003, 4, 5, tzinfo=UTC), True),
        # The same moment told in another zone, and an hour told in the clocks' time before and after a change.
        (MARCH.astimezone(UTC), APRIL, True),
        (datetime(2024, 2, 3, 10, tzinfo=ALMATY), datetime(2024, 3, 2, 10, tzinfo=ALMATY), True),
        (APRIL, APRIL, False),
        (APRIL, MARCH.replace(minute=16), False),
        (APRIL, MARCH.replace(year=2023), False),
        (APRIL, MARCH.replace(day=5), False),
        (APRIL, MARCH.replace(tzinfo=UTC), False),
    ],
)
def test_one_date_in_two_orders(old: datetime, new: datetime, *, expected: bool) -> None:
    assert is_other_date_order(old, new) is expected


@pytest.fixture(name="dates")
def dates_of(database: Database) -> ReceivedDates:
    return ReceivedDates(database, "form.csv")


@pytest.fixture(name="store")
def store_of(database: Database) -> QuestionStore:
    return QuestionStore(database)


def stored(store: QuestionStore) -> list[Question]:
    return store.find(QuestionFilter())


def test_a_date_read_in_the_wrong_order_is_put_right(store: QuestionStore, dates: ReceivedDates) -> None:
    store.add(replace(QUESTION, status="accepted", reviewed=True, school="a"))
    before = stored(store)[0]
    assert dates.mend(replace(QUESTION, received_at=MARCH)) == "updated"
    assert stored(store) == [replace(before, received_at=MARCH.astimezone(UTC))]
    assert dates.mend(replace(QUESTION, received_at=MARCH)) is None


def test_a_date_that_could_not_be_read_is_put_in(store: QuestionStore, dates: ReceivedDates) -> None:
    store.add(replace(QUESTION, received_at=None, zone_assumed=False, repairs=("the date could not be read",)))
    assert dates.mend(QUESTION) == "updated"
    (question,) = stored(store)
    assert (question.received_at, question.zone_assumed, question.repairs) == (APRIL, True, ())


def test_an_order_that_leaves_no_date_takes_none_away(store: QuestionStore, dates: ReceivedDates) -> None:
    undated = replace(QUESTION, received_at=None)
    assert dates.mend(undated) is None
    store.add(QUESTION)
    assert dates.mend(undated) == "duplicate"
    assert stored(store)[0].received_at == APRIL


@pytest.mark.parametrize(
    "other",
    [
        replace(QUESTION, text="Можно ли сахар?"),
        replace(QUESTION, source=SourceRef("form.csv", 3)),
        replace(QUESTION, source=SourceRef("form2.csv", 2)),
        replace(QUESTION, sender=Sender("Асель")),
        replace(QUESTION, sender=Sender("Айгуль", "a@example.kz")),
        replace(QUESTION, received_at=APRIL.replace(hour=11)),
        replace(QUESTION, received_at=datetime(2021, 3, 4, 10, 15, tzinfo=ALMATY)),
    ],
)
def test_another_question_keeps_its_date(store: QuestionStore, dates: ReceivedDates, other: Question) -> None:
    store.add(other)
    before = stored(store)
    assert dates.mend(replace(QUESTION, received_at=MARCH)) is None
    assert stored(store) == before


def test_a_name_that_is_no_utf_8_is_known_again(database: Database, store: QuestionStore) -> None:
    name = "form\udcff.csv"
    store.add(replace(QUESTION, source=SourceRef(name, 2)))
    dates = ReceivedDates(database, name)
    assert dates.mend(replace(QUESTION, source=SourceRef(name, 2), received_at=MARCH)) == "updated"


def test_what_was_set_aside_is_not_set_aside_once_more(database: Database, dates: ReceivedDates) -> None:
    kept = SetAsideStore(database)
    first = SetAside(4, "no question", DRAFT)
    for item in (
        first,
        SetAside(5, "no question", replace(DRAFT, position=5, original_text="Рахмет")),
        SetAside(6, "no text"),
    ):
        kept.add("form.csv", item)
    for item in (SetAside(4, "no question", replace(DRAFT, received_at=MARCH)), SetAside(6, "no text")):
        dates.mend_set_aside(item)
        kept.add("form.csv", item)
    assert [(message.source.position, message.draft and message.draft.received_at) for message in kept.find()] == [
        (4, MARCH.astimezone(UTC)),
        (5, APRIL.astimezone(UTC)),
        (6, None),
    ]
