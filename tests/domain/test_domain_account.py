from __future__ import annotations

from typing import get_args

import pytest

from schoolctl.domain.question import ImportAccount, Refusal, Sender, SetAsideNote
from schoolctl.domain.vocabulary import Channel, ScreeningLabel, Status


@pytest.mark.parametrize(
    ("sender", "person", "is_addressed"),
    [
        (Sender(), "", False),
        (Sender(name="  Айгуль\u00a0 ПРИМЕРОВА "), "айгуль примерова", False),
        (Sender("Айгуль", phone="+77000000065"), "+77000000065", True),
        (Sender("Айгуль", "a@example.kz", "+77000000065"), "a@example.kz", True),
    ],
)
def test_a_person_is_known_by_an_address_before_a_name(
    sender: Sender,
    person: str,
    is_addressed: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert (sender.person, sender.is_addressed) == (person, is_addressed)


def test_every_message_seen_stands_in_one_column() -> None:
    account = ImportAccount(imported=3, duplicates=2, updated=1, set_aside=[SetAsideNote("a.mbox", 7, "no text")])
    assert account.seen == 7
    assert ImportAccount().seen == 0


def test_accounts_of_two_files_add_up() -> None:
    account = ImportAccount(imported=1, warnings=["first"])
    account.add(
        ImportAccount(2, 3, 4, [SetAsideNote("b.csv", 1, "no text")], [Refusal("c.bin", "no questions")], ["second"])
    )
    assert account == ImportAccount(
        3, 3, 4, [SetAsideNote("b.csv", 1, "no text")], [Refusal("c.bin", "no questions")], ["first", "second"]
    )
    assert account.seen == 11


def test_the_account_that_was_added_stays_as_it_is() -> None:
    first, second = ImportAccount(), ImportAccount(set_aside=[SetAsideNote("b.csv", 1, "no text")])
    first.add(second)
    first.add(second)
    assert (first.seen, second.seen) == (2, 1)


def test_the_words_that_scripts_rely_on() -> None:
    assert get_args(Channel) == ("email", "whatsapp", "form", "zoom", "chat", "other")
    assert get_args(ScreeningLabel) == ("general", "personal", "logistics", "off_topic", "not_question")
    assert get_args(Status) == ("new", "accepted", "personal", "off_topic", "duplicate", "answered", "rejected")
