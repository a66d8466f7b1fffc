"""The options of `school add` and `school edit`: one for each thing that may be said of a school."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from schoolctl.cli.options import texts

if TYPE_CHECKING:
    from schoolctl.services.school_values import SchoolValues

TopicOption = Annotated[
    list[str] | None, typer.Option("--topic", metavar="LANG=TEXT", help='Topic by language, as ru="…"; repeat it.')
]
StartsOption = Annotated[str | None, typer.Option("--starts", metavar="WHEN", help='As "2026-12-10 18:30".')]
EndsOption = Annotated[str | None, typer.Option("--ends", metavar="WHEN", help='As "2026-12-10 20:30".')]
DurationOption = Annotated[str | None, typer.Option("--duration", metavar="LENGTH", help="Instead of --ends: 2h45m.")]
ZoneOption = Annotated[str | None, typer.Option("--timezone", metavar="ZONE", help="Another zone, as Asia/Oral.")]
ModeOption = Annotated[
    Literal["online", "hybrid", "onsite"] | None, typer.Option("--mode", help="How people take part.")
]
VenueOption = Annotated[
    list[str] | None, typer.Option("--venue", metavar="LANG=TEXT", help="Address by language; repeat it.")
]
FormatOption = Annotated[
    Literal["questions", "lecture"] | None, typer.Option("--format", help="Talks built around questions, or lectures.")
]
UntilOption = Annotated[
    str | None, typer.Option("--questions-until", metavar="WHEN", help="Questions are welcome until then.")
]
SpeakerOption = Annotated[
    list[str] | None,
    typer.Option("--speaker", metavar='"NAME; ROLE"', help="Who speaks, with or without role; repeat it."),
]
ModeratorOption = Annotated[
    str | None, typer.Option("--moderator", metavar='"NAME; ROLE"', help="Who leads through it, with or without role.")
]
RegistrationOption = Annotated[
    bool | None, typer.Option("--registration/--no-registration", help="Whether people ask by WhatsApp for the link.")
]


def school_values(
    topic: list[str] | None,
    starts: str | None,
    ends: str | None,
    duration: str | None,
    timezone: str | None,
    mode: Literal["online", "hybrid", "onsite"] | None,
    venue: list[str] | None,
    format_: Literal["questions", "lecture"] | None,
    questions_until: str | None,
    speakers: list[str] | None,
    moderator: str | None,
    registration: bool | None,
    recording: str | None = None,
) -> SchoolValues:
    """The values of these options, in the order in which `add` and `edit` have them."""
    from schoolctl.services.school_values import SchoolValues, speaker_of

    return SchoolValues(
        topic=texts(topic, "--topic") or None,
        starts=starts,
        ends=ends,
        duration=duration,
        timezone=timezone,
        mode=mode,
        venue=texts(venue, "--venue") or None,
        format=format_,
        questions_until=questions_until,
        speakers=tuple(speaker_of(text) for text in speakers or ()),
        moderator=speaker_of(moderator, "--moderator") if moderator is not None else None,
        registration=registration,
        recording=recording,
    )
