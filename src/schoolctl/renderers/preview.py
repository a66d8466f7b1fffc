"""What a preview shows: every text in every language, and what could not be made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from schoolctl.domain.announcement import Kind
from schoolctl.domain.checklist import Step
from schoolctl.domain.school import School
from schoolctl.renderers.calendar_entry import CalendarEntry
from schoolctl.renderers.mail import Mail
from schoolctl.renderers.markdown_html import markdown_text
from schoolctl.renderers.site_post import Post

# A post, a message, an e-mail, a calendar entry, a poster.
Made = Post | str | Mail | CalendarEntry | bytes


@dataclass(frozen=True, slots=True)
class Sample:
    """One thing in one language; where it could not be made (None) `faults` say why."""

    language: str
    made: Made | None
    faults: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Its plain words; a picture has none."""
        match self.made:
            case Post(title, summary, body):
                return "\n\n".join((title, markdown_text(summary), markdown_text(body)))
            case Mail(subject, text, _):
                return f"{subject}\n\n{text}"
            case CalendarEntry():
                return self.made.text
            case str():
                return self.made
        return ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in each language; `what` is a channel, `calendar`, or a poster's shape."""

    what: str
    samples: Sequence[Sample]


@dataclass(frozen=True, slots=True)
class KindPreview:
    """An announcement as each channel shows it when it is published at that moment, or why there is none."""

    kind: Kind
    published: datetime
    rows: Sequence[Row]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """All that patients will see of a school.

    `steps` are those that are missing or due; `faults` tell why there are none; `has_posters`: posters can be made;
    `fingerprint`: by what it can be told later whether the page still holds.
    """

    school: School
    languages: Sequence[str]
    made: datetime
    steps: Sequence[Step]
    faults: Sequence[str]
    kinds: Sequence[KindPreview]
    documents: Sequence[Row]
    has_posters: bool
    fingerprint: str = ""

    @property
    def rows(self) -> list[tuple[str, Row]]:
        """Every row with the kind of announcement it belongs to; documents belong to none."""
        return [
            *((str(kind.kind), row) for kind in self.kinds for row in kind.rows),
            *(("document", row) for row in self.documents),
        ]

    @property
    def problems(self) -> list[str]:
        """What could not be made, each reason once."""
        return list(dict.fromkeys(self._problems()))

    def _problems(self) -> Iterator[str]:
        yield from self.faults
        for kind in self.kinds:
            yield from kind.faults
        for _, row in self.rows:
            for sample in row.samples:
                yield from sample.faults
