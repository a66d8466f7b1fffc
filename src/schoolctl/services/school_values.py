"""What an organiser says of a school on the command line, before it is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from schoolctl.domain.local_time import AmbiguousTimeError, is_written_as
from schoolctl.domain.school import Format, Mode, Speaker
from schoolctl.errors import WrongUsageError


@dataclass(frozen=True, slots=True)
class SchoolValues:
    """What an organiser says of a school; None or empty means: not said. Hours are as typed."""

    topic: Mapping[str, str] | None = None
    starts: str | None = None
    ends: str | None = None
    duration: str | None = None
    timezone: str | None = None
    mode: Mode | None = None
    venue: Mapping[str, str] | None = None
    format: Format | None = None
    questions_until: str | None = None
    speakers: tuple[Speaker, ...] = ()
    moderator: Speaker | None = None
    registration: bool | None = None
    recording: str | None = None

    def with_hour_told(self, error: AmbiguousTimeError, answer: str) -> SchoolValues:
        """The same, with an hour that happens twice replaced by the answer to which one is meant."""

        def told(hour: str | None) -> str | None:
            return answer if hour and is_written_as(hour, error.local) else hour

        return replace(self, starts=told(self.starts), ends=told(self.ends), questions_until=told(self.questions_until))


@dataclass(frozen=True, slots=True)
class MeetingValues:
    """The link to join, with the meeting's ID and access code where they were said."""

    url: str
    meeting_id: str | None = None
    passcode: str | None = None


def speaker_of(text: str, option: str = "--speaker") -> Speaker:
    """`Name` or `Name; role`, said with `option`, as a speaker."""
    name, _, role = (part.strip() for part in text.partition(";"))
    if not name:
        message = f'{option} "{text}": write it as "Name" or "Name; role"'
        raise WrongUsageError(message)
    return Speaker(name, role or None)
