"""Lines -> messages: each header begins one, every other line belongs to the message before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from schoolctl.importers.whatsapp_chat.headers import Header, parse_header
from schoolctl.importers.whatsapp_chat.lines import ChatLine

LONGEST_MESSAGE: Final = 20_000
_MOST_DOUBTFUL = 500

ReadMoment = Callable[[Header], datetime | None]


@dataclass(slots=True)
class Message:
    """One message as it stands in the chat. `header` is None for text before the first header."""

    header: Header | None
    first_line: ChatLine
    moment: datetime | None = None
    lines: list[str] = field(default_factory=list)
    repairs: dict[str, None] = field(default_factory=dict)
    length: int = 0

    @property
    def body(self) -> str:
        """The message's text as written, its lines joined by `\\n`; cut a little beyond the longest allowed."""
        return "\n".join(self.lines).strip("\n")

    @property
    def is_too_long(self) -> bool:
        """Whether the text is longer than any question may be."""
        return self.length > LONGEST_MESSAGE

    def add(self, text: str, repairs: Iterable[str] = ()) -> None:
        """Take one more line; beyond the longest message lines are counted and not kept."""
        self.repairs.update(dict.fromkeys(repairs))
        if not self.is_too_long:
            self.lines.append(text[: LONGEST_MESSAGE + 1])
        self.length += len(text) + (self.length > 0)

    def absorb(self, other: Message) -> None:
        """Take the lines of what only looked like another message."""
        self.add(other.first_line.text, other.repairs)
        for line in other.lines[1:]:
            self.add(line)
        self.length += max(0, other.length - LONGEST_MESSAGE)


def group_messages(lines: Iterable[ChatLine], read_moment: ReadMoment) -> Iterator[Message]:
    """The chat's messages in the order of the file; memory holds one at a time and the doubtful ones after it."""
    current: Message | None = None
    doubtful: list[Message] = []
    for line in lines:
        header = parse_header(line.text)
        if header is None:
            current = _continue(line, doubtful[-1] if doubtful else current) if not doubtful else current
            if doubtful:
                _continue(line, doubtful[-1])
            continue
        message = _begin(line, header, read_moment)
        if current is not None and not header.certain and len(doubtful) < _MOST_DOUBTFUL:
            doubtful.append(message)
            continue
        yield from _settled(current, doubtful, message.moment)
        current, doubtful = message, []
    yield from _settled(current, doubtful, None)


def _begin(line: ChatLine, header: Header, read_moment: ReadMoment) -> Message:
    """The message that begins with `header`."""
    message = Message(header, line, read_moment(header))
    message.add(header.body, line.repairs)
    return message
