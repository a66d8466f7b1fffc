from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.privacy import full_sender, mask_sender
from schoolctl.domain.question import Sender
from schoolctl.domain.redaction.numbers import is_iin

STABLE = settings(deadline=None, derandomize=True, max_examples=100)


@pytest.mark.parametrize(
    ("sender", "masked"),
    [
        (Sender(), ""),
        (Sender(name="Айгуль Примерова"), "А***"),
        (Sender(phone="+77000000065"), "+7***65"),
        (Sender(email="aigul@example.kz"), "a***@example.kz"),
        (Sender("Әлия", "aliya@example.org", "+77000000012"), "Ә*** +7***12 a***@example.org"),
        (Sender(name="+7 700 000 00 65"), "+***"),
        (Sender(phone="1414"), "***"),
        (Sender(phone="+777777"), "***"),
        (Sender(email="@example.kz"), "***@example.kz"),
    ],
)
def test_a_sender_is_masked(sender: Sender, masked: str) -> None:
    assert mask_sender(sender) == masked


@STABLE
@given(
    st.text("АӘБйёabc -", min_size=2).filter(str.strip),
    st.from_regex(r"\+[1-9][0-9]{7,14}", fullmatch=True),
    st.from_regex(r"[a-z0-9._-]{2,64}", fullmatch=True),
)
def test_a_mask_holds_first_letters_and_two_digits_at_most(name: str, phone: str, mailbox: str) -> None:
    masked = mask_sender(Sender(name, f"{mailbox}@example.kz", phone))
    assert masked == f"{name[0]}*** {phone[:2]}***{phone[-2:]} {mailbox[0]}***@example.kz"


@STABLE
@given(st.from_regex(r"\+?[0-9]{1,20}", fullmatch=True))
def test_a_masked_phone_never_shows_more_than_half_of_its_signs(phone: str) -> None:
    shown = mask_sender(Sender(phone=phone)).replace("*", "")
    assert len(shown) <= len(phone) / 2
    assert len(shown) <= 4


def test_a_sender_in_full_is_what_is_known_of_them() -> None:
    assert full_sender(Sender("Айгуль", "a@example.kz", "+77000000065")) == "Айгуль, +77000000065, a@example.kz"
    assert full_sender(Sender(email="a@example.kz")) == "a@example.kz"
    assert full_sender(Sender()) == ""


# The second three need the second row of weights.
@pytest.mark.parametrize(
    "digits",
    ["850412300006", "850412300016", "850412300026", "850412300704", "850412300716", "850412300728"],
)
def test_an_iin_has_a_birth_date_and_a_right_check_digit(digits: str) -> None:
    assert is_iin(digits)


@pytest.mark.parametrize("digits", ["850412300006", "850412300704"])
def test_any_other_last_digit_makes_no_iin(digits: str) -> None:
    assert [last for last in "0123456789" if is_iin(digits[:-1] + last)] == [digits[-1]]


@pytest.mark.parametrize("start", ["85041230073", "90011340348"])
def test_a_number_whose_two_sums_give_ten_is_never_an_iin(start: str) -> None:
    assert not any(is_iin(f"{start}{last}") for last in range(10))


@pytest.mark.parametrize("date", ["850012", "851312", "850400", "850432", "999999"])
def test_digits_without_a_birth_date_are_no_iin(date: str) -> None:
    assert not any(is_iin(f"{date}30000{last}") for last in range(10))
