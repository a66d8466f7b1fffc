"""Questions of patients: what an importer yields, what the store keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from schoolctl.domain.date_example import DateExample
from schoolctl.domain.vocabulary import Aspect, Channel, ScreeningLabel, Status


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote. `phone` is E.164 (`+77770793165`), `email` is lower case; any part may be unknown."""

    name: str = ""
    email: str = ""
    phone: str = ""

    @property
    def person(self) -> str:
        """The key under which two messages count as the same person's; empty when nobody can tell."""
        return self.email or self.phone or " ".join(self.name.casefold().split())

    @property
    def is_addressed(self) -> bool:
        """Whether an address identifies the person, not only a name that others may share."""
        return bool(self.email or self.phone)


@dataclass(frozen=True, slots=True)
class Draft:
    """One message as an importer read it, before it is cleaned, screened and stored.

    `position` counts messages (or table rows) in the source from 1. `text` holds the sender's own words,
    `original_text` the whole message as it was written. `received_at` is aware, or None when the source does not
    say; `zone_assumed` tells that the source gave an hour without a zone. `repairs` lists what was mended, each
    in a few words. `message_id` is the Message-ID of a mail (without <>), else empty. `is_answered`: the source tells
    that it was answered, as a report of Zoom does.
    """

    position: int
    channel: Channel
    text: str
    original_text: str
    sender: Sender = Sender()
    received_at: datetime | None = None
    zone_assumed: bool = False
    message_id: str = ""
    repairs: tuple[str, ...] = ()
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message that was seen but is no question, with the reason; `draft` keeps what could be read of it."""

    position: int
    reason: str
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """What the rules think of a question, and why; `reasons` is empty when nothing spoke against it.

    `score` is the sum of the weights that spoke for the label.
    """

    label: ScreeningLabel
    reasons: tuple[str, ...] = ()
    score: int = 0


class Mark(NamedTuple):
    """Something personal that was replaced in a text, and the rule that found it, in a few words for the organiser.

    `kind` is name, phone, email, iin, birth_date, address, document or handle.
    """

    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where a question came from: the file's name and the message's number in it."""

    file: str
    position: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the store keeps it. `id` is 0 until it is stored.

    `redacted_text` is the only wording that may leave the store; `redactions` tells what was replaced in it and by
    which rule. `reviewed` tells that a person decided the status; `decided` names what else a person decided, which no
    rule changes any more. `school` is None while nobody said, and empty when a person said that it belongs to none.
    `person` is the same number for all questions of one person, whatever the channel; `group` is the same for
    questions that ask the same. `split_from` is the question of which a person made this one a part. `carried_from` are
    the schools at which it was not answered, the first one first; `translations` are an organiser's own, by language.
    """

    id: int
    channel: Channel
    text: str
    original_text: str
    redacted_text: str
    language: str
    sender: Sender
    received_at: datetime | None
    zone_assumed: bool
    source: SourceRef
    screening: Screening
    message_id: str = ""
    school: str | None = None
    status: Status = "new"
    reviewed: bool = False
    themes: tuple[str, ...] = ()
    theme_reasons: tuple[str, ...] = ()
    redactions: tuple[Mark, ...] = ()
    group: int | None = None
    decided: frozenset[Aspect] = frozenset()
    repairs: tuple[str, ...] = ()
    person: int = 0
    split_from: int | None = None
    carried_from: tuple[str, ...] = ()
    translations: Mapping[str, str] = field(default_factory=dict)

    @property
    def asker(self) -> int:
        """Who asked, as a number: a sender nobody can tell from others counts as a person of their own each time."""
        return self.person or -self.id


@dataclass(frozen=True, slots=True)
class SetAsideNote:
    """What the account says of a message that was set aside."""

    source: str
    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class StoredSetAside:
    """A message set aside as the store keeps it; `question` is the question it became when a person restored it."""

    id: int
    source: SourceRef
    reason: str
    draft: Draft | None
    question: int | None
    school: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that could not be read at all, and why; `path` is where it lies.

    `date_example` is there when all that was missing is a person's word on the order of day and month.
    """

    source: str
    reason: str
    path: str = ""
    date_example: DateExample | None = None


@dataclass(frozen=True, slots=True)
class FileAccount:
    """The account of one file in figures; `set_aside` counts, `is_unchanged` tells that it was known already."""

    source: str
    imported: int
    duplicates: int
    updated: int
    set_aside: int
    is_unchanged: bool


@dataclass(slots=True)
class ImportAccount:
    """What became of every message: seen = imported + duplicates + updated + len(set_aside).

    `files` has a line for each file that was read, in the order in which they were.
    """

    imported: int = 0
    duplicates: int = 0
    updated: int = 0
    set_aside: list[SetAsideNote] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    files: list[FileAccount] = field(default_factory=list)

    @property
    def seen(self) -> int:
        """How many messages the files held."""
        return self.imported + self.duplicates + self.updated + len(self.set_aside)

    def add(self, other: ImportAccount) -> None:
        """Add the account of one more file."""
        self.imported += other.imported
        self.duplicates += other.duplicates
        self.updated += other.updated
        self.set_aside += other.set_aside
        self.refused += other.refused
        self.warnings += other.warnings
        self.files += other.files
