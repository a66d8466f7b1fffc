"""What was decided is kept, told and taken back; never over what was decided since."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from schoolctl.domain.question import Mark, Question, Screening, Sender, SourceRef
from schoolctl.errors import SchoolctlError
from schoolctl.store.change_log import Change, ChangeLog
from schoolctl.store.database import Database
from schoolctl.store.erasure import Eraser
from schoolctl.store.question_store import QuestionFilter, QuestionStore

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
QUESTION = Question(
    id=0,
    channel="email",
    text="Можно ли пить чай?",
    original_text="Можно ли пить чай?",
    redacted_text="Можно ли пить чай?",
    language="ru",
    sender=Sender("Асан Асанов", "asan@example.kz"),
    received_at=NOON,
    zone_assumed=False,
    source=SourceRef("inbox.mbox", 1),
    screening=Screening("general"),
)
NOTHING = "there is no change to take back. See: schoolctl history"


class Desk:
    """A store with three questions, and decisions about them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.store = QuestionStore(database)
        self.log = ChangeLog(database)
        for number in range(1, 4):
            self.store.insert(replace(QUESTION, text=f"Сұрақ {number}"))

    def decide(self, summary: str, number: int, **values: object) -> int | None:
        old = self.store.get([number])[0]
        new = replace(old, **values)  # type: ignore[arg-type]
        self.store.save(new)
        return self.log.record(summary, NOON, [(old, new)])

    def every(self) -> list[Question]:
        return self.store.find(QuestionFilter())

    def kept(self) -> list[tuple[object, ...]]:
        rows = self.database.rows("SELECT change, question, before, after FROM changed_question ORDER BY 1, 2")
        return [(row[0], row[1], json.loads(row[2]), json.loads(row[3])) for row in rows]


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_only_what_changed_is_kept(desk: Desk) -> None:
    assert desk.decide("set 1: accepted", 1, status="accepted", reviewed=True) == 1
    assert desk.decide("set 2: wording", 2, text="Чай?", decided=frozenset({"text"})) == 2
    assert desk.decide("set 1: accepted", 1, status="accepted") is None
    assert desk.kept() == [
        (1, 1, {"status": "new", "reviewed": 0}, {"status": "accepted", "reviewed": 1}),
        (2, 2, {"decided": "", "text": "Сұрақ 2"}, {"decided": "text", "text": "Чай?"}),
    ]
    assert desk.log.find(5) == [
        Change(2, NOON, "set 2: wording", (2,), is_undone=False),
        Change(1, NOON, "set 1: accepted", (1,), is_undone=False),
    ]
    assert [change.id for change in desk.log.find(1)] == [2]


@pytest.mark.parametrize(
    "values",
    [
        {"school": "a"},
        {"school": ""},
        {"status": "personal", "reviewed": True},
        {"language": "kk"},
        {"text": "Чай?", "redacted_text": "[есімі]?", "redactions": (Mark("name", "a rule"),)},
        {"screening": Screening("personal", ("жас",), 7)},
        {"themes": ("diet",), "theme_reasons": ('diet: "чай"',), "decided": frozenset({"themes", "text"})},
        {"group": 3, "decided": frozenset({"group", "wording"})},
    ],
    ids=" ".join,
)
def test_every_kind_of_change_is_taken_back(desk: Desk, values: dict[str, object]) -> None:
    before = desk.every()
    desk.decide("set", 2, **values)
    assert desk.every() != before
    assert desk.log.undo() == Change(1, NOON, "set", (2,), is_undone=False)
    assert desk.every() == before
    assert desk.log.find(5)[0].is_undone


def test_one_after_the_other_is_taken_back_or_one_by_its_number(desk: Desk) -> None:
    for number in (1, 2, 3):
        desk.decide(f"set {number}", number, status="accepted")
    assert desk.log.undo(2).id == 2
    assert desk.log.undo().id == 3
    assert desk.log.undo().id == 1
    for change in (None, 2, 99):
        with pytest.raises(SchoolctlError) as refusal:
            desk.log.undo(change)
        assert str(refusal.value) == NOTHING
    assert [question.status for question in desk.every()] == ["new"] * 3


def test_what_was_decided_since_stays_and_so_do_all_others(desk: Desk) -> None:
    old = desk.store.get([1, 2])
    new = [replace(question, status="accepted") for question in old]
    for question in new:
        desk.store.save(question)
    desk.log.record("set 1, 2: accepted", NOON, zip(old, new, strict=True))
    desk.store.save(replace(new[1], status="answered"))
    before = desk.every()
    with pytest.raises(SchoolctlError) as refusal:
        desk.log.undo()
    assert str(refusal.value) == (
        "question 2 was changed since: it stays as it is. Set it anew: schoolctl questions set"
    )
    assert desk.every() == before
    # Another column is nobody's business.
    desk.store.save(replace(new[1], themes=("diet",)))
    desk.log.undo()
    assert [(question.status, question.themes) for question in desk.every()][1] == ("new", ("diet",))


def test_a_question_that_was_made_goes_with_its_words(desk: Desk) -> None:
    old = desk.store.get([3])[0]
    first = replace(old, text="Бірінші бөлігі")
    desk.store.save(first)
    part = replace(old, text="Екінші бөлігі", split_from=3)
    part = replace(part, id=desk.store.insert(part))
    desk.log.record("split 3", NOON, [(old, first), (None, part)])
    assert desk.log.find(1)[0].questions == (3, 4)
    assert desk.log.undo().questions == (3, 4)
    assert [question.id for question in desk.every()] == [1, 2, 3]
    assert desk.every()[2] == old
    # The number 4 may be given to somebody else's question now.
    assert [row[:2] for row in desk.kept()] == [(1, 3)]


def test_what_was_erased_is_passed_over(desk: Desk) -> None:
    desk.decide("set 1", 1, status="accepted")
    desk.decide("set 2", 2, text="Айгүл не дейді?")
    Eraser(desk.database).erase_questions(desk.store.get([2]))
    assert [change.summary for change in desk.log.find(5)] == ["set 1"]
    assert desk.kept() == [(1, 1, {"status": "new"}, {"status": "accepted"})]
    assert desk.log.undo().id == 1
    with pytest.raises(SchoolctlError):
        desk.log.undo()


def test_the_log_is_no_archive(desk: Desk) -> None:
    for number in range(502):
        desk.decide(f"set 1: {number}", 1, group=number)
    assert len(desk.log.find(1_000)) == 500
    assert [desk.log.find(1_000)[place].summary for place in (0, -1)] == ["set 1: 501", "set 1: 2"]
    assert {row[0] for row in desk.kept()} == set(range(3, 503))
