from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from schoolctl.domain.duplicates import is_other_reading, is_same_message, text_digest
from schoolctl.domain.question import Question, Sender

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
NOBODY = Sender()
AIGUL = Sender(name="Айгуль")
AIGUL_MAIL = Sender("Айгуль", email="aigul@example.kz")
AIGUL_PHONE = Sender("Айгуль", phone="+77000000065")
AIGUL_BOTH = Sender("Айгуль", email="aigul@example.kz", phone="+77000000065")
NURLAN = Sender(name="Нурлан")
NURLAN_MAIL = Sender("Нурлан", email="nurlan@example.kz")


@pytest.mark.parametrize(
    ("old", "new", "seconds", "is_one"),
    [
        # One person, whenever they wrote.
        (AIGUL_MAIL, AIGUL_MAIL, 100_000, True),
        (AIGUL_PHONE, AIGUL_PHONE, None, True),
        (AIGUL, Sender(name=" айгуль "), 100_000, True),
        # A shared address is the same person.
        (AIGUL_BOTH, AIGUL_PHONE, 100_000, True),
        (AIGUL_PHONE, AIGUL_BOTH, None, True),
        # Two addresses are two people, even within the minute.
        (AIGUL_MAIL, NURLAN_MAIL, 0, False),
        (AIGUL_MAIL, AIGUL_PHONE, 0, False),
        # Where one side has no address, the moment decides.
        (AIGUL, NURLAN_MAIL, 0, True),
        (AIGUL, NURLAN, 59, True),
        (AIGUL, NURLAN, -59, True),
        (AIGUL, NURLAN, 60, False),
        (AIGUL, NURLAN, -60, False),
        (NOBODY, AIGUL_MAIL, 59, True),
        (NOBODY, AIGUL_MAIL, 61, False),
        (NOBODY, NOBODY, 59, True),
        (NOBODY, NOBODY, 60, False),
    ],
)
def test_equal_texts_are_one_message_of_one_person_or_moment(
    new_question: Callable[..., Question],
    old: Sender,
    new: Sender,
    seconds: int | None,
    is_one: bool,  # noqa: FBT001 - a column of the table
) -> None:
    later = None if seconds is None else NOON + timedelta(seconds=seconds)
    pair = new_question(sender=old, received_at=NOON), new_question(sender=new, received_at=later)
    assert is_same_message(*pair) is is_one


@pytest.mark.parametrize(
    ("old", "new", "moments", "is_one"),
    [
        (NOBODY, NOBODY, (None, None), True),
        (NOBODY, NOBODY, (NOON, None), False),
        (NOBODY, NOBODY, (None, NOON), False),
        (AIGUL, NOBODY, (None, None), False),
        (NOBODY, NURLAN_MAIL, (None, None), False),
        (AIGUL, NURLAN, (None, None), False),
        (AIGUL, NURLAN_MAIL, (NOON, None), False),
    ],
)
def test_without_a_moment_only_nameless_copies_are_one(
    new_question: Callable[..., Question],
    old: Sender,
    new: Sender,
    moments: tuple[datetime | None, datetime | None],
    is_one: bool,  # noqa: FBT001 - a column of the table
) -> None:
    pair = new_question(sender=old, received_at=moments[0]), new_question(sender=new, received_at=moments[1])
    assert is_same_message(*pair) is is_one


def test_the_same_moment_in_two_zones_is_the_same_moment(new_question: Callable[..., Question]) -> None:
    in_almaty = NOON.astimezone(timezone(timedelta(hours=5)))
    assert is_same_message(new_question(received_at=NOON), new_question(received_at=in_almaty, sender=AIGUL))


@pytest.mark.parametrize(
    ("ids", "old", "new", "is_one"),
    [
        (("1@example.kz", "1@example.kz"), AIGUL_MAIL, AIGUL_MAIL, True),
        (("1@example.kz", "1@example.kz"), NOBODY, NOBODY, True),
        (("1@example.kz", "1@example.kz"), AIGUL_MAIL, NURLAN_MAIL, False),
        (("1@example.kz", "2@example.kz"), AIGUL_MAIL, AIGUL_MAIL, False),
        (("", ""), AIGUL_MAIL, AIGUL_MAIL, False),
        (("1@example.kz", ""), AIGUL_MAIL, AIGUL_MAIL, False),
        (("", "1@example.kz"), AIGUL_MAIL, AIGUL_MAIL, False),
    ],
)
def test_another_reading_has_the_same_message_id_and_sender(
    new_question: Callable[..., Question],
    ids: tuple[str, str],
    old: Sender,
    new: Sender,
    is_one: bool,  # noqa: FBT001 - a column of the table
) -> None:
    pair = new_question(message_id=ids[0], sender=old), new_question(message_id=ids[1], sender=new, text="other words")
    assert is_other_reading(*pair) is is_one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Миелома — это рак?", "миелома  ЭТО рак"),
        ("_спасибо_", "Спасибо!"),
        ("👍 ", "👍"),
        ("👍\u200b", "👍"),
        ("?!", " ?!\n"),
    ],
)
def test_texts_that_differ_in_case_blanks_and_punctuation_have_one_digest(one: str, other: str) -> None:
    assert text_digest(one) == text_digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("👍", "👎"), ("👍", "👍👍"), ("?", "!"), ("", "?"), ("1.5", "15"), ("қан", "кан"), ("а б", "аб")],
)
def test_other_texts_have_other_digests(one: str, other: str) -> None:
    assert text_digest(one) != text_digest(other)


def test_a_lone_surrogate_does_not_stop_the_comparison() -> None:
    assert text_digest("\ud83d") == text_digest("")
