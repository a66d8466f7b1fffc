"""Questions are kept once, found again, and changed only by decision."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import product
from typing import get_args

import pytest

from schoolctl.domain.closing import is_left_over
from schoolctl.domain.groups import Membership
from schoolctl.domain.question import Draft, Mark, Question, Screening, Sender, SetAside, SourceRef
from schoolctl.domain.vocabulary import STATUSES, Aspect, ScreeningLabel
from schoolctl.errors import SchoolctlError
from schoolctl.store.database import Database
from schoolctl.store.question_store import QuestionFilter, QuestionStore
from schoolctl.store.set_aside_store import SetAsideStore

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=timezone(timedelta(hours=5)))
ASAN = Sender("Асан Асанов", "asan@example.kz", "")
USEN = Sender("Үсен Үсенов", "usen@example.kz", "")
PHONE = Sender("", "", "+77000000007")
NAMED = Sender("Айгүл  Серікова")
NOBODY = Sender()
QUESTION = Question(
    id=0,
    channel="email",
    text="Миелома емделе ме?",
    original_text="Миелома емделе ме?\n\nАсан",
    redacted_text="Миелома емделе ме?",
    language="kk",
    sender=ASAN,
    received_at=NOON,
    zone_assumed=False,
    source=SourceRef("inbox.mbox", 3),
    screening=Screening("general", ("себеп",)),
    message_id="1@example.kz",
    themes=("diet", "treatment"),
    repairs=("түзетілді",),
)


@pytest.fixture(name="store")
def store_of(database: Database) -> QuestionStore:
    return QuestionStore(database)


def every(store: QuestionStore) -> list[Question]:
    return store.find(QuestionFilter())


def test_what_is_left_over_at_a_school_is_counted_as_closing_tells_it(store: QuestionStore) -> None:
    labels = get_args(ScreeningLabel)
    for number, (status, label) in enumerate(product(STATUSES, labels)):
        one = replace(QUESTION, text=f"{number}?", message_id="", school="may", status=status)
        store.add(replace(one, screening=Screening(label)))
        store.add(replace(one, text=f"June {number}?", school="june", decided=frozenset({"stays"})))
    there = [question for question in every(store) if question.school == "may"]
    assert len(there) == len(STATUSES) * len(labels)
    assert store.left_over("may") == sum(map(is_left_over, there)) > 0
    # A person said of these that they stay.
    assert store.left_over("june") == 0


def test_a_question_is_read_back_as_it_was_stored(store: QuestionStore) -> None:
    assert store.add(QUESTION) == "imported"
    assert every(store) == [replace(QUESTION, id=1, person=1)]
    assert every(store)[0].received_at == NOON
    empty = replace(QUESTION, text="?", sender=NOBODY, received_at=None, message_id="", zone_assumed=True, themes=())
    assert store.add(empty) == "imported"
    assert store.get([2, 1]) == [replace(empty, id=2, person=2), replace(QUESTION, id=1, person=1)]


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        pytest.param({}, "duplicate", id="the same once more"),
        pytest.param({"source": SourceRef("other.mbox", 1)}, "duplicate", id="in another file"),
        pytest.param({"message_id": ""}, "duplicate", id="without its Message-ID"),
        pytest.param({"message_id": "2@example.kz"}, "duplicate", id="sent twice"),
        pytest.param({"received_at": NOON + timedelta(days=3)}, "duplicate", id="sent again later"),
        pytest.param({"received_at": None}, "duplicate", id="without its hour"),
        pytest.param({"text": "  МИЕЛОМА емделе ме"}, "duplicate", id="in capitals, without its mark"),
        pytest.param({"sender": replace(ASAN, name="A. A.")}, "duplicate", id="under another name"),
        pytest.param({"sender": replace(ASAN, phone="+77000000001")}, "duplicate", id="with a phone too"),
        pytest.param({"sender": USEN}, "imported", id="from another person"),
        pytest.param({"sender": USEN, "message_id": "2@example.kz"}, "imported", id="from another person by mail"),
        pytest.param({"sender": PHONE, "message_id": ""}, "imported", id="from a phone in the same minute"),
        pytest.param({"sender": NAMED, "message_id": ""}, "duplicate", id="from a bare name in the same minute"),
        pytest.param(
            {"sender": NAMED, "message_id": "", "received_at": NOON + timedelta(seconds=59)},
            "duplicate",
            id="from a bare name within the minute",
        ),
        pytest.param(
            {"sender": NAMED, "message_id": "", "received_at": NOON + timedelta(seconds=60)},
            "imported",
            id="from a bare name a minute later",
        ),
        pytest.param(
            {"sender": NAMED, "message_id": "", "received_at": NOON.astimezone(UTC)},
            "duplicate",
            id="from a bare name in the same minute of another zone",
        ),
        pytest.param({"sender": NOBODY, "received_at": None, "message_id": ""}, "imported", id="from nobody, no hour"),
        pytest.param({"text": "Миелома қайтадан емделе ме?"}, "updated", id="the same mail read otherwise"),
        pytest.param({"text": "Басқа сұрақ?", "message_id": ""}, "imported", id="another text"),
        pytest.param({"text": "Басқа сұрақ?", "sender": USEN}, "imported", id="a Message-ID of somebody else's mail"),
    ],
)
def test_what_counts_as_the_same_message(store: QuestionStore, change: dict[str, object], outcome: str) -> None:
    store.add(QUESTION)
    before = every(store)
    assert store.add(replace(QUESTION, **change)) == outcome  # type: ignore[arg-type]
    assert len(every(store)) == (2 if outcome == "imported" else 1)
    if outcome != "updated":
        assert every(store)[:1] == before


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        (NAMED, replace(NAMED, name="айгүл серікова"), "duplicate"),
        (NAMED, Sender("Айгүл Серікқызы"), "imported"),
        (NAMED, replace(NAMED, name="Айгүл Серікова", email="a@example.kz"), "imported"),
        (PHONE, PHONE, "duplicate"),
        (Sender("", "a@example.kz", "+77000000007"), PHONE, "duplicate"),
        (NOBODY, NOBODY, "imported"),
    ],
)
def test_who_counts_as_the_same_person_on_another_day(
    store: QuestionStore, first: Sender, second: Sender, outcome: str
) -> None:
    store.add(replace(QUESTION, sender=first, message_id=""))
    later = replace(QUESTION, sender=second, message_id="", received_at=NOON + timedelta(days=1))
    assert store.add(later) == outcome


def test_two_copies_of_which_nothing_is_known_are_one(store: QuestionStore) -> None:
    unknown = replace(QUESTION, sender=NOBODY, received_at=None, message_id="")
    assert [store.add(unknown), store.add(unknown)] == ["imported", "duplicate"]


def test_the_school_is_filled_in_once(store: QuestionStore) -> None:
    store.add(QUESTION)
    assert store.add(replace(QUESTION, school="a")) == "updated"
    assert store.add(replace(QUESTION, school="a")) == "duplicate"
    assert store.add(replace(QUESTION, school="b")) == "duplicate"
    assert store.add(QUESTION) == "duplicate"
    assert every(store) == [replace(QUESTION, id=1, school="a", person=1)]


def test_another_reading_brings_its_texts_and_keeps_every_decision(store: QuestionStore) -> None:
    store.add(QUESTION)
    themes: frozenset[Aspect] = frozenset({"themes"})
    decided = replace(QUESTION, id=1, school="a", status="accepted", reviewed=True, themes=("fear",), decided=themes)
    store.save(decided)
    reading = replace(
        QUESTION,
        text="Как лечат миелому?",
        original_text="Как лечат миелому?!",
        redacted_text="Как лечат?",
        language="ru",
        screening=Screening("personal", ("age",), 5),
        themes=("diet",),
        redactions=(Mark("name", "a rule"),),
        repairs=(),
    )
    assert store.add(reading) == "updated"
    wanted = replace(
        reading, id=1, school="a", status="accepted", reviewed=True, themes=("fear",), decided=frozenset({"themes"})
    )
    assert every(store) == [replace(wanted, person=1)]
    assert store.add(reading) == "duplicate"


def test_another_reading_brings_its_themes_where_nobody_decided(store: QuestionStore) -> None:
    store.add(replace(QUESTION, theme_reasons=("diet: шай",)))
    reading = replace(QUESTION, text="Как лечат миелому?", themes=("prognosis",), theme_reasons=("prognosis: x",))
    assert store.add(reading) == "updated"
    assert every(store) == [replace(reading, id=1, person=1)]


@pytest.mark.parametrize("aspect", ["text", "redaction"])
def test_a_wording_that_a_person_chose_stays(store: QuestionStore, aspect: Aspect) -> None:
    store.add(QUESTION)
    decided: frozenset[Aspect] = frozenset({aspect})
    chosen = replace(QUESTION, id=1, text="Миелома туралы", redacted_text="Миелома туралы", decided=decided)
    store.save(chosen)
    store.save(replace(chosen, status="accepted"))
    assert store.add(QUESTION) == "duplicate"
    assert store.add(replace(QUESTION, text="Басқаша оқылған")) == "duplicate"
    assert every(store) == [replace(chosen, status="accepted", person=1)]


def test_words_that_a_person_translated_stay(store: QuestionStore) -> None:
    mail = replace(QUESTION, message_id="1@example.kz")
    store.add(mail)
    translated = replace(mail, id=1, person=1, translations={"ru": "Чем опасна миелома?"})
    store.save(translated)
    assert store.add(replace(mail, text="Басқаша оқылған")) == "duplicate"
    assert every(store) == [translated]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (QuestionFilter(), [1, 2, 3]),
        (QuestionFilter(search="МИЕЛОМА"), [1, 2, 3]),
        (QuestionFilter(search="ҚАУІП"), [2]),
        (QuestionFilter(search="қауіп"), [2]),
        (QuestionFilter(search="Ёлка"), [3]),
        (QuestionFilter(search="ёЛКА"), [3]),
        (QuestionFilter(search="асан"), [1, 2, 3]),
        (QuestionFilter(search="%"), []),
        (QuestionFilter(school="a"), [2]),
        (QuestionFilter(statuses=("accepted", "new")), [1, 2, 3]),
        (QuestionFilter(statuses=("accepted",)), [3]),
        (QuestionFilter(theme="fear"), [3]),
        (QuestionFilter(channel="zoom"), [2]),
        (QuestionFilter(language="kk", channel="email"), [1]),
        (QuestionFilter(search="асан", language="ru"), [3]),
    ],
)
def test_questions_are_found_without_regard_to_case(
    store: QuestionStore, wanted: QuestionFilter, ids: list[int]
) -> None:
    store.add(QUESTION)
    store.add(replace(QUESTION, text="Қауіпті ме?", message_id="", school="a", channel="zoom"))
    store.add(replace(QUESTION, text="ЁЛКА", message_id="", themes=("fear",), language="ru", status="accepted"))
    assert [question.id for question in store.find(wanted)] == ids


def test_ids_that_are_not_there_are_named(store: QuestionStore) -> None:
    store.add(QUESTION)
    for ids, missing in (([7, 1, 9], "7, 9"), ([0, -1], "0, -1"), ([10**20, 1, -(10**20)], f"{10**20}, -{10**20}")):
        with pytest.raises(SchoolctlError) as refusal:
            store.get(ids)
        assert str(refusal.value) == f"there is no question {missing}. See: schoolctl questions list"


def test_all_that_is_decided_and_why_is_read_back(store: QuestionStore) -> None:
    whole = replace(
        QUESTION,
        school="",
        status="personal",
        reviewed=True,
        decided=frozenset({"text", "redaction", "themes", "group", "wording"}),
        screening=Screening("personal", ("жас", "доза"), 11),
        theme_reasons=('diet: "шай"', "learnt from your decisions: diet (шай)"),
        redactions=(Mark("name", "the sender's own name"), Mark("phone", "digits")),
        group=7,
        split_from=3,
    )
    assert store.insert(whole) == 1
    assert store.get([1]) == [replace(whole, id=1, person=1)]


def test_a_part_of_a_message_of_nobody_known_is_the_same_person_s(store: QuestionStore) -> None:
    store.insert(replace(QUESTION, sender=NOBODY))
    store.insert(replace(QUESTION, sender=NOBODY, person=1))
    store.insert(replace(QUESTION, sender=NOBODY))
    assert [question.person for question in every(store)] == [1, 1, 3]


def test_groups_are_given_and_found(store: QuestionStore) -> None:
    for number, label in enumerate(["general", "not_question", "general"]):
        screening = Screening(label)  # type: ignore[arg-type]
        store.insert(replace(QUESTION, text=f"{number}", school="a", screening=screening))
    store.insert(replace(QUESTION, text="3", group=9, decided=frozenset({"group"})))
    store.put_into_groups({1: 1, 3: 1})
    assert [question.group for question in every(store)] == [1, None, 1, 9]
    assert [question.id for question in store.find(QuestionFilter(group=1))] == [1, 3]
    assert store.group_numbers() == {1, 9}
    # Thanks are no question, unless a person says so.
    free = [Membership(1, "0", 1, is_decided=False), Membership(3, "2", 1, is_decided=False)]
    assert store.memberships("a", 9) == free
    assert store.memberships("a", 1) == free[1:]
    store.save(replace(store.get([2])[0], reviewed=True))
    assert [member.id for member in store.memberships("a", 9)] == [1, 2, 3]
    assert store.memberships(None, 9) == [Membership(4, "3", 9, is_decided=True)]


def test_what_waits_for_a_person_is_counted_without_thanks(store: QuestionStore) -> None:
    for number, (label, reviewed) in enumerate([("general", 0), ("personal", 0), ("not_question", 0), ("general", 1)]):
        screening = Screening(label)  # type: ignore[arg-type]
        store.insert(replace(QUESTION, text=f"{number}", school="a", screening=screening, reviewed=bool(reviewed)))
    assert (store.waiting("a"), store.waiting("b")) == (2, 0)


def test_decisions_about_themes_are_found(store: QuestionStore) -> None:
    store.insert(QUESTION)
    store.insert(replace(QUESTION, text="Шай?", themes=("diet",), decided=frozenset({"themes", "text"})))
    store.insert(replace(QUESTION, text="Ем?", themes=(), decided=frozenset({"themes"})))
    assert store.theme_decisions() == [("Шай?", ("diet",)), ("Ем?", ())]


def test_questions_are_counted_by_school_and_status(store: QuestionStore) -> None:
    for number, (school, status) in enumerate([(None, "new"), ("a", "new"), ("a", "new"), ("a", "accepted")]):
        store.add(replace(QUESTION, text=f"{number}", message_id="", school=school, status=status))  # type: ignore[arg-type]
    assert store.counts() == {None: {"new": 1}, "a": {"new": 2, "accepted": 1}}
    assert (store.count_for("a"), store.count_for("b")) == (3, 0)


def test_a_message_is_set_aside_once(database: Database) -> None:
    store = SetAsideStore(database)
    draft = Draft(4, "email", "", "Автожауап", ASAN, NOON, message_id="9@example.kz")
    for file in ("a.mbox", "b.mbox"):
        store.add(file, SetAside(4, "automatic reply", draft))
        store.add(file, SetAside(5, "cannot be read"))
        store.add(file, SetAside(4, "newsletter", draft))
    kept = [tuple(row) for row in database.rows("SELECT source_file, source_position, reason FROM set_aside")]
    assert kept == [
        ("a.mbox", 4, "automatic reply"),
        ("a.mbox", 5, "cannot be read"),
        ("a.mbox", 4, "newsletter"),
        ("b.mbox", 5, "cannot be read"),
    ]


def test_what_no_database_takes_is_stored_all_the_same(store: QuestionStore, database: Database) -> None:
    draft = Draft(1, "email", "a\udcffb\x00", "\ud800", Sender("\udcd0"))
    SetAsideStore(database).add("\udcd0.mbox", SetAside(1, "broken \udcff", draft))
    assert store.add(replace(QUESTION, source=SourceRef("\udcd0.mbox", 1))) == "imported"
    row = database.row("SELECT source_file, reason, draft FROM set_aside")
    assert row is not None
    assert tuple(row)[:2] == ("?.mbox", "broken ?")
    assert json.loads(row["draft"])["text"] == draft.text
    assert every(store)[0].source.file == "?.mbox"


@pytest.mark.parametrize("same", [False, True], ids=["different texts", "one text of many people"])
def test_adding_does_not_slow_down_as_the_store_grows(store: QuestionStore, database: Database, *, same: bool) -> None:
    def add(first: int, count: int) -> float:
        began = time.process_time()
        with database.transaction():
            for number in range(first, first + count):
                person = Sender(f"{number}", f"{number}@example.kz")
                moment = NOON + timedelta(minutes=5 * number)
                text = "Рақмет" if same else f"Сұрақ {number}"
                store.add(replace(QUESTION, text=text, sender=person, received_at=moment, message_id=f"{number}"))
        return time.process_time() - began

    early = add(0, 300)
    add(300, 1_400)
    assert add(1_700, 300) < 8 * early
    assert len(every(store)) == 2_000
