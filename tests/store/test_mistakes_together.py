from __future__ import annotations

import pytest

from schoolctl.errors import Problem
from schoolctl.store.schedule_reader import read_schedule

from .sample_schedule import SCHEDULE, changed, error

NO_SECONDS = ("the hour has no seconds", "Write the hour with its seconds: 2026-12-10 18:30:00")
NO_QUOTES = ("a value is neither a text in quotes nor a number", 'Put the text between quotes: "…"')
CURLY = ("the quotes are curly", 'Put the text between straight quotes: "…"')
NOT_UTF8 = ("the file is not in UTF-8", "Save the file as UTF-8: in Notepad, Save as…, Encoding: UTF-8")
NO_ORGANIZER = error(
    None, "organizer is missing", 'Write a line [organizer], and below it name = { kk = "…", ru = "…", en = "…" }'
)


def problems_of(raw: bytes) -> list[Problem]:
    return list(read_schedule(raw, "sessions.toml")[1])


def test_all_mistakes_of_a_file_are_told_at_once_in_line_order() -> None:
    text = changed(
        ('"Asia/Almaty"', '"Asia/Almati"'),
        ("+7 700 000 00 01", "87000000001"),
        ("starts = 2026-12-10 18:30:00", "starts = 2026-12-10 18:30"),
        ('mode = "online"', "mode = online"),
        ("2026-12-17-leukemia", "2026-12-10-anemia"),
        ('ru = "лейкоз"', "ru = «лейкоз»"),
        ("ends = 2026-12-17 20:30:00", "ends = 2026-12-17 10:30:00"),
    )
    assert problems_of(text.encode()) == [
        error(2, 'there is no time zone "Asia/Almati". Write it as Asia/Almaty', ""),
        error(7, "whatsapp: write it as +7 700 000 00 00", ""),
        error(12, *NO_SECONDS),
        error(14, *NO_QUOTES),
        error(17, 'the ID "2026-12-10-anemia" is used twice', "Give one of them another ID"),
        error(18, *CURLY),
        error(20, "the school ends before it starts", "Compare starts and ends"),
    ]


def test_a_school_without_a_topic_has_its_other_mistakes_told_too() -> None:
    text = changed(
        ('topic = { kk = "анемия", ru = "анемия", en = "anemia" }\n', ""),
        ('mode = "online"', 'mode = "Online"\nmeeting = { url = "http://example.org" }'),
        ("ends = 2026-12-10 20:30:00", "ends = 2026-12-10 08:30:00"),
    )
    assert [(problem.line, problem.message.split(":")[0]) for problem in problems_of(text.encode())] == [
        (9, "topic is missing"),
        (12, "the school ends before it starts"),
        (13, 'mode cannot be "Online"'),
        (14, "url"),
    ]


@pytest.mark.parametrize("heading", ["[[school]", "[school", "[[ school"])
def test_below_a_broken_heading_mistakes_are_still_found(heading: str) -> None:
    text = changed(("[[school]]", heading), ('mode = "online"', 'mode = "onlin"'))
    found = problems_of(text.encode())
    assert [problem.line for problem in found] == [9, 14]
    assert found[1] == error(14, 'mode cannot be "onlin"', "Use one of: online, hybrid, onsite")


@pytest.mark.parametrize(
    ("raw", "problems"),
    [
        pytest.param(SCHEDULE.encode(), [], id="no mistake"),
        pytest.param(b"\xef\xbb\xbf" + SCHEDULE.encode(), [], id="byte order mark"),
        pytest.param(SCHEDULE.replace("\n", "\r\n").encode(), [], id="Windows line ends"),
        pytest.param(SCHEDULE.replace("\n", "\r\n", 5).encode(), [], id="mixed line ends"),
        pytest.param(SCHEDULE.encode("cp1251", "replace"), [error(5, *NOT_UTF8)], id="windows-1251"),
        pytest.param(SCHEDULE.encode("utf-16"), [error(1, *NOT_UTF8)], id="UTF-16"),
        pytest.param(
            SCHEDULE.replace("\n", "\r").encode(),
            [
                error(
                    None,
                    "the file has line ends that only old Macs knew",
                    "Save the file with the line ends of Windows or Unix",
                )
            ],
            id="line ends of an old Mac",
        ),
        pytest.param(
            b" \r\n",
            [
                error(
                    None,
                    "the file is empty",
                    "Put a copy from your backup in its place, or delete it and run: schoolctl init",
                )
            ],
            id="empty",
        ),
        pytest.param("# ескертпе\n".encode(), [NO_ORGANIZER], id="comments only"),
        pytest.param(
            b'{"school": []}\n',
            [
                NO_ORGANIZER,
                error(
                    1, "this line is neither a comment nor key = value", "Begin a comment with #, or write key = value"
                ),
            ],
            id="JSON",
        ),
    ],
)
def test_the_file_as_a_whole(raw: bytes, problems: list[Problem]) -> None:
    assert problems_of(raw) == problems


def test_a_file_of_nothing_but_mistakes_ends_the_list_at_fifty() -> None:
    raw = "\n".join(f"ескертпе {number}" for number in range(5_000)).encode()
    found = problems_of(raw)
    assert len(found) == 50
    assert found[-1].line == 50


def test_the_offset_that_is_offered_for_an_hour_shown_twice_is_accepted() -> None:
    twice = (
        "starts = 2026-12-10 18:30:00\nends = 2026-12-10 20:30:00",
        "starts = 2024-02-29 23:30:00\nends = 2024-03-01 01:00:00",
    )
    (problem,) = problems_of(changed(twice).encode())
    offers = [part.split(" for the")[0] for part in problem.hint.split("starts = ")[1:]]
    assert offers == ["2024-02-29 23:30:00+06:00", "2024-02-29 23:30:00+05:00"]
    for offer in offers:
        schedule, found = read_schedule(
            changed((twice[0], twice[1].replace("2024-02-29 23:30:00", offer))).encode(), ""
        )
        assert found == ()
        assert f"{schedule.schools[0].starts:%H:%M %z}" == f"23:30 {offer[-6:].replace(':', '')}"
