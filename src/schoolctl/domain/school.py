"""A school (one meeting of the Patient School), the schedule it stands in, and the organiser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from schoolctl.domain.limits import DEFAULT_LIMITS, Limits
from schoolctl.domain.reminders import DEFAULT_REMINDERS
from schoolctl.errors import MissingTranslationError, SchoolctlError

Texts = Mapping[str, str]
Mode = Literal["online", "hybrid", "onsite"]
Format = Literal["questions", "lecture"]
SchoolStatus = Literal["planned", "cancelled", "held"]

MODES: tuple[Mode, ...] = ("online", "hybrid", "onsite")
FORMATS: tuple[Format, ...] = ("questions", "lecture")
PLACEHOLDER = "FILL IN"

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# Names that Windows keeps for devices: a folder called so cannot be made.
_DEVICE_NAMES = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
# RFC 3986's characters but for brackets and quotes, which would end a Markdown link early, and but for three points:
# they are how some programs write the "…" of a link they have cut.
_URL_CHARACTERS = re.compile(r"(?!.*\.\.\.)[A-Za-z0-9\-._~:/?#@!$&*+,;=%]+")
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,59})"
_URL_HOST = re.compile(_HOST)
_EMAIL = re.compile(rf"(?!\.|[^@]*\.[.@])[A-Za-z0-9._%+-]{{1,64}}@{_HOST}")


class Speaker(NamedTuple):
    """Who speaks: a name and a role, each one text for all languages or a text by language; `themes` by their codes."""

    name: str | Texts
    role: str | Texts | None = None
    themes: tuple[str, ...] = ()


class ProgrammeItem(NamedTuple):
    """One row of a programme; `minutes` long, beginning where the row before it ends.

    `theme` is the code of the theme whose questions are answered in it, empty when there is none. `speakers` are names,
    or words for several people ("all doctors"), each one text for all languages or a text by language.
    """

    title: Texts
    minutes: int
    speakers: tuple[str | Texts, ...] = ()
    theme: str = ""


class Meeting(NamedTuple):
    """The online meeting: its https address and, where given, ID and access code as they are shown."""

    url: str
    meeting_id: str = ""
    passcode: str = ""


@dataclass(frozen=True, slots=True)
class School:
    """One meeting of the Patient School. `starts` and `ends` are aware, in the zone the organisers think in.

    `registration`: the link to join is given only to those who ask for it; `recording` is the https address of the
    video, empty while there is none. `moderator` leads through the meeting. `reminders`: how many minutes before the
    start calendars remind of it.
    """

    id: str
    topic: Texts
    starts: datetime
    ends: datetime
    mode: Mode = "online"
    venue: Texts | None = None
    format: Format = "questions"
    questions_until: datetime | None = None
    is_cancelled: bool = False
    cancel_reason: Texts | None = None
    moved_from: datetime | None = None
    meeting: Meeting | None = None
    speakers: tuple[Speaker, ...] = ()
    programme: tuple[ProgrammeItem, ...] = ()
    moderator: Speaker | None = None
    registration: bool = False
    recording: str = ""
    reminders: tuple[int, ...] = DEFAULT_REMINDERS

    @property
    def joining(self) -> Meeting | None:
        """The online meeting to join; none for a school that takes place on-site only, whatever link is kept."""
        return self.meeting if self.mode != "onsite" else None

    @property
    def zone(self) -> tzinfo:
        """The zone of `starts`; its `str()` is the IANA name."""
        return self.starts.tzinfo or UTC

    @property
    def minutes(self) -> int:
        """How long the school really lasts (the difference of two hours would ignore a change of clocks)."""
        return round((self.ends.astimezone(UTC) - self.starts.astimezone(UTC)).total_seconds() / 60)

    def status(self, now: datetime) -> SchoolStatus:
        """Cancelled when the organisers said so, held once it has ended, else planned."""
        if self.is_cancelled:
            return "cancelled"
        return "held" if self.ends <= now else "planned"

    def programme_times(self) -> list[tuple[datetime, datetime, ProgrammeItem]]:
        """The programme's rows with the moments at which each begins and ends."""
        rows, begins = [], self.starts
        for item in self.programme:
            finish = later(begins, minutes=item.minutes)
            rows.append((begins, finish, item))
            begins = finish
        return rows


class Organizer(NamedTuple):
    """Who invites: name by language, the addresses questions go to (None while still to be filled in).

    `chat_names` are the names under which the organisers themselves write in WhatsApp groups.
    """

    name: Texts
    email: str | None = None
    whatsapp: str | None = None
    chat_names: tuple[str, ...] = ()


class Schedule(NamedTuple):
    """The whole of sessions.toml: the organiser, the languages patients read, and the schools in file order.

    `limits` is how much is read at most of a file that comes in.
    """

    organizer: Organizer
    languages: tuple[str, ...]
    zone: ZoneInfo
    schools: tuple[School, ...] = ()
    limits: Limits = DEFAULT_LIMITS

    def school(self, school_id: str) -> School:
        """The school with this ID; SchoolctlError naming the known ones when there is none."""
        for school in self.schools:
            if school.id == school_id:
                return school
        known = ", ".join(school.id for school in self.schools) or "none yet"
        message = f'there is no school "{school_id}" in sessions.toml. Schools there: {known}'
        raise SchoolctlError(message)


def text_in(texts: str | Texts, language: str, what: str) -> str:
    """The text in `language`; `what` names it in the error when that translation is missing."""
    if isinstance(texts, str):
        return texts
    if not (text := texts.get(language, "")):
        message = f'{what} has no text in "{language}". Add {language} = "…" to it in sessions.toml'
        raise MissingTranslationError(message)
    return text


def later(moment: datetime, *, minutes: int) -> datetime:
    """`minutes` of real time after `moment`, in its zone (plain addition would ignore a change of clocks)."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)


def id_fault(school_id: str) -> str | None:
    """Why this cannot be a school's ID (it becomes a folder name on three systems), or None."""
    if not _ID.fullmatch(school_id):
        return f'"{school_id}" cannot be an ID: use small Latin letters, digits and "-", at most 64'
    if school_id in _DEVICE_NAMES:
        return f'"{school_id}" cannot be an ID: Windows keeps this name for a device'
    return None


def url_fault(url: str) -> str | None:
    """Why patients cannot be given this address, or None."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        is_site = _URL_HOST.fullmatch(parts.hostname or "") and parts.port != 0
    except ValueError:
        return f'"{url}" is no web address'
    if parts.scheme != "https" or not is_site:
        return f'"{url}" is no link for patients: it must begin with https:// and name a site'
    if not _URL_CHARACTERS.fullmatch(url) or "@" in parts.netloc:
        return f'"{url}" holds characters that break a link (blanks, brackets, quotes, "…"): copy it again from Zoom'
    return None


def email_fault(address: str) -> str | None:
    """Why mail cannot be sent to this address, or None."""
    return None if _EMAIL.fullmatch(address) else f'"{address}" is no e-mail address'


def shown_phone(number: str) -> str:
    """A phone number as it is shown: `+`, digits, blanks and hyphens; its brackets would end a Markdown link."""
    return "+" + re.sub(r"[^0-9 -]", "", number).strip()


def default_school_id(starts: datetime, topic: Texts) -> str:
    """`YYYY-MM-DD-slug` of the English topic, else of a transliteration of the first one given."""
    source = topic.get("en") or next(iter(topic.values()), "")
    return f"{starts:%Y-%m-%d}-{slug(source) or 'school'}"[:64].rstrip("-")


def slug(text: str, limit: int = 48) -> str:
    """Small Latin letters, digits and single hyphens, cut at a word; Cyrillic is transliterated."""
    composed = unicodedata.normalize("NFC", text.casefold())
    folded = "".join(_TRANSLITERATION.get(letter, letter) for letter in composed)
    ascii_text = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")
    if len(name) <= limit:
        return name
    return name[: limit + 1].rpartition("-")[0] or name[:limit]


def common_slug(schools: Sequence[School]) -> str:
    """A name for a text about several schools, made of their IDs without dates."""
    return slug("-".join(re.sub(r"^\d{4}-\d\d-\d\d-", "", school.id) for school in schools))


_TRANSLITERATION = dict(
    zip(
        "абвгдежзийклмнопрстуфыэіәғқңөұүһ",
        ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "y",
         "e", "i", "a", "g", "q", "n", "o", "u", "u", "h"],
        strict=True,
    ),
    ё="yo",
    х="kh",
    ц="ts",
    ч="ch",
    ш="sh",
    щ="shch",
    ъ="",
    ь="",
    ю="yu",
    я="ya",
)  # fmt: skip
