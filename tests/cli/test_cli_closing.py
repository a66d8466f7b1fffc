"""After the event: what was answered, where the rest goes, and every mistake that stops it before anything changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]

ANEMIA, OTHER, NEXT = "2026-12-10-anemia", "2026-12-17-thalassemia", "2027-03-11-anemia"
AFTER = {"SOURCE_DATE_EPOCH": str(int(datetime(2026, 12, 11, 5, tzinfo=UTC).timestamp()))}
CLOSE = ("school", "close", ANEMIA)
REPORT = """\
Q&A Report
Topic,Webinar ID,Actual Start Time,# Question
Школа пациентов: анемия,812 0000 0010,2026-12-10 18:20:00,5
#,Question,Asker Name,Asker Email,Answer(s),Question Time
1,Можно ли при анемии пить зеленый чай?!,Гость,guest@example.kz,live answered,2026-12-10 18:40:00
2,Как часто сдавать анализ на ферритин?,Гость,guest@example.kz,,2026-12-10 18:41:00
3,"Мне 34 года, гемоглобин 80, какие таблетки мне пить?",Гостья,other@example.kz,Напишите нам,2026-12-10 18:42:00
4,Где будет запись?,Гостья,other@example.kz,Пришлём ссылку,2026-12-10 18:43:00
5,Анемия кезінде жасыл шай ішуге бола ма?,Берік Үлгіов,berik@example.kz,live answered,2026-12-10 18:44:00
"""
REVIEW = f"  schoolctl questions review --school {ANEMIA}\n"
NOTHING = "note: nothing was decided anew, so there is nothing of it to undo\n"
LEFT = f"left: 3 nobody has looked at (2 personal?, 1 logistics?):\n{REVIEW}"


@pytest.fixture(autouse=True)
def accepted(request: pytest.FixtureRequest, run: Run) -> None:
    """Four accepted questions (1 and 2 are near-copies, in a group), personal ones, one about the link."""
    request.getfixturevalue("piled")
    run("questions", "set", "1", "2", "3", "5", "--status", "accepted")
    run("questions", "set", "6", "--status", "rejected")
    # The rules take thalassemia for an anemia.
    run("school", "edit", OTHER, "--topic", "kk=лимфома", "--topic", "ru=лимфома", "--topic", "en=lymphoma")


@pytest.fixture
def following(run: Run) -> None:
    """A school about the same that is still to come."""
    run("school", "add", "--id", NEXT, "--topic", "ru=Анемия", "--starts", "2027-03-11 18:30", "--duration", "2h")


@pytest.fixture
def report(workspace: Path) -> str:
    (workspace / "report.csv").write_text(REPORT, "utf-8")
    return "report.csv"


def every(run: Run) -> dict[int, tuple[str, str | None, list[str]]]:
    questions: list[dict[str, Any]] = json.loads(run("questions", "list", "--json")[1])
    return {one["id"]: (one["status"], one["school"], one["carried_from"]) for one in questions}


@pytest.mark.usefixtures("following")
def test_what_was_answered_stays_and_the_rest_goes_over(run: Run) -> None:
    before = every(run)
    assert run(*CLOSE, "--answered", "1,3", "--dry-run", env=AFTER) == (
        0,
        f"would be answered: 3 questions\nwould be carried over: 1 question to {NEXT} (11.03.2027)\n{LEFT}",
        "",
    )
    assert every(run) == before
    assert run(*CLOSE, "--answered", "1,3", env=AFTER) == (
        0,
        f"answered: 3 questions\ncarried over: 1 question to {NEXT} (11.03.2027)\n{LEFT}",
        "",
    )
    assert {number: one for number, one in every(run).items() if one != before[number]} == {
        1: ("answered", ANEMIA, []),
        2: ("answered", ANEMIA, []),
        3: ("answered", ANEMIA, []),
        5: ("accepted", NEXT, [ANEMIA]),
    }
    assert run("history", "--limit", "1", env=AFTER)[1] == (
        f"   3  11.12.2026 10:00  close {ANEMIA}: 3 answered, 1 carried over\n"
    )
    assert run("undo", env=AFTER)[0] == 0
    assert every(run) == before


@pytest.mark.usefixtures("following")
def test_what_was_called_answered_by_mistake_is_open_again(run: Run) -> None:
    run(*CLOSE, "--answered", "all", env=AFTER)
    assert run(*CLOSE, "--unanswered", "5", env=AFTER)[1] == (
        f"answered: 0 questions\ncarried over: 1 question to {NEXT} (11.03.2027)\n{LEFT}"
    )
    assert every(run)[5] == ("accepted", NEXT, [ANEMIA])


@pytest.mark.usefixtures("following")
def test_what_a_person_gives_back_was_not_carried(run: Run) -> None:
    run(*CLOSE, "--answered", "1,3", env=AFTER)
    assert run("questions", "set", "5", "--school", ANEMIA)[0] == 0
    assert every(run)[5] == ("accepted", ANEMIA, [])


@pytest.mark.usefixtures("following")
def test_erasing_a_school_tells_what_stands_elsewhere_by_now(run: Run) -> None:
    run(*CLOSE, "--answered", "1,3", env=AFTER)
    code, _, error = run("questions", "forget", "--school", ANEMIA)
    note = "note: not erased: 1 question carried over to another school by now\n"
    assert (code, error) == (0, note)
    assert every(run) == {5: ("accepted", NEXT, [ANEMIA])}


@pytest.mark.usefixtures("following")
def test_closing_again_mends_and_changes_nothing_else(run: Run) -> None:
    run(*CLOSE, "--answered", "3", env=AFTER)
    settled = every(run)
    assert run(*CLOSE, "--answered", "3", env=AFTER) == (
        0,
        f"answered: 0 questions\n{LEFT}",
        f"note: 3 questions carried over before stay there; --answered with a number brings one back\n{NOTHING}",
    )
    assert every(run) == settled
    assert run(*CLOSE, "--answered", "3,5", env=AFTER)[1] == f"answered: 1 question\n{LEFT}"
    assert every(run) == settled | {5: ("answered", ANEMIA, [])}


@pytest.mark.parametrize(
    ("told", "answered"),
    [
        ("12 # the last one\n\n  2-3\n# nothing else\n5", None),
        ("2-3 # said so in the chat\n5", [1, 2, 3, 5]),
        ("\ufeff5\r\n", [5]),
    ],
)
def test_ids_may_stand_in_a_file_with_notes(run: Run, workspace: Path, told: str, answered: list[int] | None) -> None:
    (workspace / "answered.txt").write_text(told, "utf-8")
    code, output, error = run(*CLOSE, "--answered", "answered.txt", "--json", env=AFTER)
    if answered is None:
        assert (code, error) == (
            1,
            (
                f"error: not accepted questions of {ANEMIA}: 12 (there is none). "
                f"See: schoolctl questions list --school {ANEMIA} --status accepted\n"
            ),
        )
    else:
        assert (code, json.loads(output)["answered"]) == (0, answered)


def test_without_a_next_school_the_rest_stays_and_the_way_is_told(run: Run) -> None:
    assert run(*CLOSE, "--unanswered", "5", env=AFTER) == (
        0,
        (
            "answered: 3 questions\n"
            "left: 1 question, for no school of this topic is to come. Add one:\n"
            "  schoolctl school add …\n"
            f"  schoolctl school close {ANEMIA} --answered none --to NEW-ID\n"
            f"{LEFT}"
        ),
        "",
    )
    assert run(*CLOSE, "--answered", "none", "--to", OTHER, env=AFTER)[1] == (
        f"answered: 0 questions\ncarried over: 1 question to {OTHER} (17.12.2026)\n{LEFT}"
    )
    assert every(run)[5] == ("accepted", OTHER, [ANEMIA])
    assert f"Not answered at: {ANEMIA}\n" in run("questions", "show", "5")[1]


@pytest.mark.usefixtures("following")
def test_the_rest_can_be_kept(run: Run) -> None:
    kept = f"answered: 0 questions\nleft: 4 questions, as you said\n{LEFT}"
    assert run(*CLOSE, "--answered", "none", "--keep", env=AFTER) == (0, kept, "")
    view = json.loads(run(*CLOSE, "--answered", "all", "--json", env=AFTER)[1])
    assert view["answered"] == [1, 2, 3, 5]


@pytest.mark.usefixtures("following")
def test_a_report_of_the_meeting_tells_what_was_answered(run: Run, report: str) -> None:
    before = every(run)
    account = "5 messages seen: 4 would be imported, 1 duplicate, 0 updated, 0 set aside\n"
    assert run(*CLOSE, "--live", report, "--dry-run", env=AFTER) == (
        0,
        (
            f"{account}would be answered: 5 questions (4 of them told by the live files)\n"
            f"would be carried over: 2 questions to {NEXT} (11.03.2027)\n"
            f"left: 4 nobody has looked at (3 personal?, 1 logistics?):\n{REVIEW}"
        ),
        "",
    )
    assert every(run) == before
    view = json.loads(run(*CLOSE, "--live", report, "--from", "zoom", "--json", env=AFTER)[1])
    assert (view["school"], view["answered"]) == (ANEMIA, [1, 2, 3, 10, 13])
    assert {key: view["live"][key] for key in ("seen", "imported", "duplicates")} == {
        "seen": 5,
        "imported": 4,
        "duplicates": 1,
    }
    assert view["carried"] == {"to": NEXT, "questions": [5, 11]}
    assert view["left"] == [
        {"id": 4, "why": "personal"},
        {"id": 8, "why": "logistics"},
        {"id": 9, "why": "personal"},
        {"id": 12, "why": "personal"},
    ]
    # Taking it back takes back the decisions; what came in stays.
    run("undo", env=AFTER)
    now = every(run)
    assert {number: now[number] for number in before} == before
    assert [now[number][0] for number in (10, 11, 12, 13)] == ["answered", "new", "new", "answered"]
    again = json.loads(run(*CLOSE, "--live", report, "--json", env=AFTER)[1])
    assert (again["live"]["imported"], again["answered"]) == (0, [1, 2, 3])


def test_a_report_that_cannot_be_read_closes_nothing(run: Run, workspace: Path, report: str) -> None:
    (workspace / "polls.csv").write_text("Poll Report\nTopic,Webinar ID\nA,1\n", "utf-8")
    before = every(run)
    assert run(*CLOSE, "--live", "polls.csv", "--live", report, "--live", "none.csv", env=AFTER) == (
        1,
        "",
        (
            "error: polls.csv: is a report of polls: it holds no questions\n"
            "error: none.csv: there is no such file\n"
            f"error: school {ANEMIA} was not closed\n"
        ),
    )
    assert {number: every(run)[number] for number in before} == before


def test_a_file_without_messages_is_told_of(run: Run, workspace: Path) -> None:
    (workspace / "chat.csv").write_text("Вопрос,Имя\n", "utf-8")
    code, output, error = run(*CLOSE, "--live", "chat.csv", "--keep", env=AFTER)
    assert (code, error) == (0, "warning: chat.csv holds no messages\n")
    assert output.startswith("0 messages seen: 0 imported")


WRONG_IDS = f"error: not accepted questions of {ANEMIA}: 4 (its status is new), 6 (its status is rejected)"
NO_WORD = (
    "error: say which questions were answered: --answered all|none|IDS|FILE, --unanswered IDS|FILE or --live FILE\n"
)


@pytest.mark.usefixtures("following", "wrong_files", "nothing_changes")
@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        ((), 2, NO_WORD),
        (("--to", NEXT), 2, NO_WORD),
        (("--answered", "all", "--unanswered", "5"), 2, "error: give --answered or --unanswered, not both\n"),
        (("--answered", "all", "--keep", "--to", NEXT), 2, "error: give --to or --keep, not both\n"),
        (("--answered", "4,6"), 1, f"{WRONG_IDS}. See: schoolctl questions list --school {ANEMIA} --status accepted\n"),
        (
            ("--answered", "5-3"),
            2,
            'error: --answered: "5-3" is no range of questions: write the lower number first, 1,000 at most\n',
        ),
        (
            ("--unanswered", "all"),
            2,
            'error: --unanswered "all": no file is called so, and it is no list of numbers as 12,14-18\n',
        ),
        (
            ("--answered", "broken.txt"),
            1,
            (
                'error: broken.txt:2: "five" is no number of a question. Write them as 12, 14-18 20\n'
                'error: broken.txt:4: "9-1" is no range of questions: write the lower number first, 1,000 at most\n'
            ),
        ),
        (("--answered", "empty.txt"), 1, "error: empty.txt: no number of a question stands in it\n"),
        (
            ("--answered", "all", "--to", ANEMIA),
            1,
            (
                f"error: --to {ANEMIA}: it is the very school. "
                "Name a school still to come: schoolctl school list --upcoming\n"
            ),
        ),
        (
            ("--answered", "all", "--to", "nope"),
            1,
            f'error: there is no school "nope" in sessions.toml. Schools there: {ANEMIA}, {OTHER}, {NEXT}\n',
        ),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_changes(
    run: Run, words: tuple[str, ...], code: int, error: str
) -> None:
    assert run(*CLOSE, *words, env=AFTER) == (code, "", error)


@pytest.fixture
def wrong_files(workspace: Path) -> None:
    (workspace / "broken.txt").write_text("1\nfive\n3\n9-1 # what?\n", "utf-8")
    (workspace / "empty.txt").write_text("# nothing\n", "utf-8")


@pytest.mark.usefixtures("nothing_changes")
def test_a_school_that_is_not_over_is_not_closed(run: Run) -> None:
    not_over = f"error: school {ANEMIA} is not over yet: it ends 10.12.2026 20:30 (Asia/Almaty)\n"
    assert run(*CLOSE, "--answered", "all") == (1, "", not_over)


@pytest.mark.usefixtures("following")
@pytest.mark.parametrize("id_", [OTHER, NEXT])
def test_a_school_that_is_over_or_cancelled_takes_nothing(run: Run, id_: str) -> None:
    late = {"SOURCE_DATE_EPOCH": str(int(datetime(2027, 3, 12, tzinfo=UTC).timestamp()))}
    assert f"--to {id_}: it is not to come any more" in run(*CLOSE, "--answered", "all", "--to", id_, env=late)[2]
    run("school", "cancel", id_)
    assert f"--to {id_}: it is cancelled" in run(*CLOSE, "--answered", "all", "--to", id_, env=AFTER)[2]


def test_of_a_cancelled_school_everything_goes_over(run: Run, report: str) -> None:
    run("school", "cancel", ANEMIA)
    refused = (
        f"error: school {ANEMIA} is cancelled: nothing was answered there. "
        f"To carry its questions over: schoolctl school close {ANEMIA}\n"
    )
    for words in (("--answered", "1"), ("--unanswered", "1"), ("--live", report)):
        assert run(*CLOSE, *words) == (1, "", refused)
    assert f"  schoolctl school close {ANEMIA} --to NEW-ID\n" in run(*CLOSE)[1]
    run("school", "add", "--id", NEXT, "--topic", "ru=Анемия", "--starts", "2027-03-11 18:30", "--duration", "2h")
    assert run(*CLOSE)[1] == f"answered: 0 questions\ncarried over: 4 questions to {NEXT} (11.03.2027)\n{LEFT}"


@pytest.mark.usefixtures("following")
def test_the_list_of_what_is_to_do_names_it(run: Run) -> None:
    def steps() -> list[tuple[str, str, str | None]]:
        (school,) = json.loads(run("status", ANEMIA, "--json", env=AFTER)[1])
        return [(step["name"], step["state"], step["command"]) for step in school["steps"]]

    recap = ("recap", "due", f"schoolctl announce {ANEMIA} --kind recap --channel all")
    unread = ("questions", "due", f"schoolctl questions review --school {ANEMIA}")
    assert steps() == [("close", "due", f"schoolctl school close {ANEMIA}"), unread, recap]
    run(*CLOSE, "--answered", "3", "--keep", env=AFTER)
    # What stays because a person said so is nothing to do.
    assert steps()[0] == ("close", "done", None)
    assert run("undo")[0] == 0
    assert steps()[0] == ("close", "due", f"schoolctl school close {ANEMIA}")
    run("school", "cancel", NEXT)
    run(*CLOSE, "--answered", "3", env=AFTER)
    assert steps()[0] == ("close", "later", f"schoolctl school close {ANEMIA} --answered none --to NEW-ID")
    run(*CLOSE, "--answered", "all", env=AFTER)
    assert steps() == [("close", "done", None), unread, recap]


def test_closing_where_nothing_is_kept_leaves_nothing_behind(run: Run, workspace: Path) -> None:
    (workspace / "questions.db").unlink()
    assert run(*CLOSE, "--answered", "all", env=AFTER) == (0, "answered: 0 questions\n", NOTHING)
    assert not (workspace / "questions.db").exists()
