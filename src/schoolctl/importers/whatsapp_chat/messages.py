"""Lines -> messages: each header begins one, every other line belongs to the message before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from schoolctl.domain.text import clean_line
from schoolctl.importers.whatsapp_chat.headers import Header, parse_header
from schoolctl.importers.whatsapp_chat.lines import ChatLine

# They wait in memory until a certain header settles them.
_MOST_DOUBTFUL = 500

ReadMoment = Callable[[Header], datetime | None]


@dataclass(slots=True)
class Message:
    """One message as it stands in the chat. `header` is None for text before the first header.

    `longest` is how many characters a question may have.
    """

    header: Header | None
    first_line: ChatLine
    longest: int
    moment: datetime | None = None
    lines: list[str] = field(default_factory=list)
    repairs: dict[str, None] = field(default_factory=dict)
    length: int = 0

    @property
    def body(self) -> str:
        """The message's text as written, its lines joined by newlines; cut a little beyond the longest allowed."""
        return "\n".join(self.lines).strip("\n")

    @property
    def is_too_long(self) -> bool:
        """Whether the text is longer than any question may be."""
        return self.length > self.longest

    def add(self, text: str, repairs: Iterable[str] = ()) -> None:
        """Take one more line; beyond the longest message lines are counted and not kept."""
        self.repairs.update(dict.fromkeys(repairs))
        if not self.is_too_long:
            self.lines.append(text[: self.longest + 1])
        self.length += len(text) + (self.length > 0)

    def absorb(self, other: Message) -> None:
        """Take the lines of what only looked like another message."""
        self.add(other.first_line.text, other.repairs)
        for line in other.lines[1:]:
            self.add(line)
        if other.is_too_long:
            self.length += other.length


def group_messages(lines: Iterable[ChatLine], read_moment: ReadMoment, longest: int) -> Iterator[Message]:
    """The chat's messages in the order of the file; memory holds one at a time and the doubtful ones after it.

    `longest` is how many characters a question may have.
    """
    current: Message | None = None
    doubtful: list[Message] = []
    for line in lines:
        header = parse_header(line.text)
        if header is None:
            current = current or _before_all(line, longest)
            _continue(line, current, doubtful)
            continue
        message = Message(header, line, longest, read_moment(header))
        message.add(header.body, line.repairs)
        # A line without a sender may be a notice in a language nobody listed, or a patient's own words.
        if current is not None and not header.certain and len(doubtful) < _MOST_DOUBTFUL:
            doubtful.append(message)
            continue
        yield from _settled(current, doubtful, message.moment)
        current, doubtful = message, []
    yield from _settled(current, doubtful, None)


def _before_all(line: ChatLine, longest: int) -> Message | None:
    """The message that begins without a header; None for an empty line: only text is kept as one of its own."""
    return Message(None, line, longest) if clean_line(line.text) else None


def _continue(line: ChatLine, current: Message | None, doubtful: list[Message]) -> None:
    """Add a line without a header to the last message, if there is any."""
    last = doubtful[-1] if doubtful else current
    if last is not None:
        last.add(line.text, line.repairs)


def _settled(current: Message | None, doubtful: list[Message], following: datetime | None) -> Iterator[Message]:
    """The current message and those of the doubtful ones that are messages; the others become part of it.

    A notice stands where its hour belongs; a date that a patient mentions lies before or after its neighbours.
    """
    if current is None:
        return
    for message in doubtful:
        if _is_in_time(current.moment, message.moment, following):
            yield current
            current = message
        else:
            current.absorb(message)
    yield current


def _is_in_time(before: datetime | None, moment: datetime | None, following: datetime | None) -> bool:
    """Whether `moment` lies between its neighbours; unknown neighbours are no bounds."""
    if before is None:
        return True
    return moment is not None and before <= moment and (following is None or moment <= following)
