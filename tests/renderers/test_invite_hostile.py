"""No value, whatever it holds, adds a line, a property or an invisible sign to a calendar file."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schoolctl.domain.invite import Method, Revision
from schoolctl.domain.school import Meeting, Organizer, School, Speaker
from schoolctl.errors import SchoolctlError
from schoolctl.renderers.feed import render_feed
from schoolctl.renderers.invite import InviteRequest, render_invite

ALMATY = ZoneInfo("Asia/Almaty")
OWN = Path("no-own-templates")
REVISION = Revision(3, datetime(2026, 12, 1, 5, tzinfo=UTC), "f")
EVENT = ["UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "TRANSP",
         "ORGANIZER"]  # fmt: skip
HEAD = ["BEGIN", "VERSION", "PRODID", "CALSCALE", "METHOD"]
ALARM = ["BEGIN", "ACTION", "DESCRIPTION", "TRIGGER", "END"]
INJECTION = "ATTENDEE:mailto:victim@example.org"
HOSTILE = [
    f"a\r\n{INJECTION}",
    f"a\n{INJECTION}",
    f"a\r{INJECTION}",
    f"a\x85{INJECTION}",
    f"a\u2028{INJECTION}",
    f"a\u2029{INJECTION}",
    f"a\x0b\x0c\x1c\x1d\x1e{INJECTION}",
    "a\x00b\x07\x1b[31m",
    'a";X-EVIL="b":c',
    "a;b,c:d\\n\\;e\\",
    "a^n^'^^b",
    "\u202ea\u2066b\u200f\ufeff",
    "END:VEVENT\r\nEND:VCALENDAR",
    "{{ 7*7 }}{% block x %}",
    "ж" * 10_000,
    "🩸" * 3_000,
    "a" * 74 + "ж" * 74,
    "\ud800",
]


def hostile_school(text: str) -> School:
    return School(
        id="2026-12-10-a",
        topic={"ru": text},
        starts=datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY),
        ends=datetime(2026, 12, 10, 20, 30, tzinfo=ALMATY),
        mode="hybrid",
        venue={"ru": text},
        cancel_reason={"ru": text},
        meeting=Meeting("https://zoom.example.org/j/1", text, text),
        speakers=(Speaker(text, {"ru": text}),),
    )


def organizer(name: str = "Центр") -> Organizer:
    return Organizer({"ru": name}, "school@example.kz", "+7 700 000 00 65")


def request(school: School, method: Method, name: str, *, in_feed: bool = False) -> InviteRequest:
    attendee = None if method == "PUBLISH" else "a@example.org"
    return InviteRequest(school, organizer(name), REVISION, "ru", method, attendee, in_feed)


def names(raw: bytes) -> list[str]:
    """The properties of a file, line by line as a reader unfolds them."""
    assert raw.endswith(b"\r\n")
    lines = raw.split(b"\r\n")[:-1]
    assert max(len(line) for line in lines) <= 75
    text = raw.decode("utf-8").replace("\r\n ", "")
    assert re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]", text) is None
    assert text.count("\n") == text.count("\r") == text.count("\r\n")
    return [re.split("[:;]", line, maxsplit=1)[0] for line in text.split("\r\n")[:-1]]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:24]))
def test_a_hostile_text_stays_inside_its_property(text: str) -> None:
    school = hostile_school(text)
    invite = names(render_invite(OWN, request(school, "REQUEST", text)))
    assert invite == [*HEAD, "BEGIN", *EVENT, "ATTENDEE", "CONFERENCE", *ALARM, "END", "END"]
    cancel = names(render_invite(OWN, request(school, "CANCEL", text)))
    assert cancel == [*HEAD, "BEGIN", *EVENT, "ATTENDEE", "END", "END"]
    feed = names(render_feed(OWN, organizer(text), "ru", [request(school, "PUBLISH", text, in_feed=True)]))
    assert feed == [
        *HEAD, "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "BEGIN", *EVENT, "CONFERENCE", *ALARM,
        "END", "END",
    ]  # fmt: skip


@settings(deadline=None, derandomize=True, max_examples=60)
@given(text=st.text(min_size=1))
@example(text="\r\n")
def test_any_text_stays_inside_its_property(text: str) -> None:
    found = names(render_invite(OWN, request(hostile_school(text), "REQUEST", text)))
    assert (found.count("ATTENDEE"), found.count("BEGIN"), len(found)) == (1, 3, 26)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ('Центр "А"', "ORGANIZER;CN=\"Центр 'А'\":mailto:school@example.kz"),
        ("a;b:c,d", 'ORGANIZER;CN="a;b:c,d":mailto:school@example.kz'),
        ("a\r\nX:1", 'ORGANIZER;CN="a X:1":mailto:school@example.kz'),
        ("a\x00\x1bb", "ORGANIZER;CN=ab:mailto:school@example.kz"),
    ],
)
def test_a_name_cannot_leave_its_parameter(name: str, line: str) -> None:
    text = render_invite(OWN, request(hostile_school("a"), "PUBLISH", name)).replace(b"\r\n ", b"").decode()
    assert [found for found in text.split("\r\n") if "CN=" in found] == [line]


@pytest.mark.parametrize(
    "url",
    [
        f"https://zoom.example.org/j/1\r\n{INJECTION}",
        "https://zoom.example.org/j/1\u2028x",
        'https://zoom.example.org/j/"1',
        "https://zoom.example.org/j/\x00",
        "javascript:alert(1)",
        "https://zoom.example.org/<a>",
        "http://zoom.example.org/j/1",
    ],
    ids=ascii,
)
def test_what_is_no_link_is_refused(url: str) -> None:
    school = School("a", {"ru": "a"}, hostile_school("a").starts, hostile_school("a").ends, meeting=Meeting(url))
    with pytest.raises(SchoolctlError):
        render_invite(OWN, request(school, "PUBLISH", "Центр"))


@pytest.mark.parametrize(
    "address",
    [f"a@example.org\r\n{INJECTION}", 'a"@example.org', "a@example.org\x00", "a;b@example.org", "a", ""],
    ids=ascii,
)
def test_what_is_no_address_is_refused(address: str) -> None:
    made = InviteRequest(hostile_school("a"), organizer(), REVISION, "ru", "REQUEST", address or "@")
    with pytest.raises(SchoolctlError):
        render_invite(OWN, made)
    sender = Organizer({"ru": "Центр"}, address or "@", "+7 700 000 00 65")
    with pytest.raises(SchoolctlError):
        render_invite(OWN, InviteRequest(hostile_school("a"), sender, REVISION, "ru", "PUBLISH"))
