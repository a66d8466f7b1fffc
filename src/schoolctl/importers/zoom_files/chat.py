"""Chats of meetings and webinars as Zoom saves them (`meeting_saved_chat.txt`, `chat.txt`, `GMT…_Recording.txt`)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from schoolctl.domain.question import Draft, Sender, SetAside
from schoolctl.domain.text import clean_line, clean_text
from schoolctl.importers.emails import EMAIL_ADDRESS
from schoolctl.importers.source import ImportOptions, Source
from schoolctl.importers.whatsapp_chat.lines import ChatLine, read_lines
from schoolctl.importers.whatsapp_chat.senders import Senders
from schoolctl.importers.zoom_files.chat_content import Content, read_content
from schoolctl.importers.zoom_files.chat_dates import ChatClock
from schoolctl.importers.zoom_files.chat_headers import Header, parse_header

PRIVATE: Final = "a private message in the chat"
ORGANISERS_OWN: Final = "the organisers' own message"
BEFORE_FIRST_MESSAGE: Final = "text before the first message"

_LINES_LOOKED_AT = 5


@dataclass(slots=True)
class _Message:
    """One message as it stands in the chat; `header` is None for text before the first one.

    `longest` is how many characters a question may have.
    """

    header: Header | None
    longest: int
    lines: list[str] = field(default_factory=list)
    repairs: dict[str, None] = field(default_factory=dict)
    length: int = 0

    @property
    def body(self) -> str:
        """The message's text as written, cut a little beyond the longest allowed."""
        return "\n".join(self.lines).strip("\n")

    @property
    def is_written(self) -> bool:
        """Whether there is a header, or at least a text before the first one."""
        return self.header is not None or bool(self.body.strip())

    def add(self, text: str, repairs: tuple[str, ...]) -> None:
        """Take one more line; beyond the longest message lines are counted and not kept."""
        self.repairs.update(dict.fromkeys(repairs))
        if self.length <= self.longest:
            self.lines.append(text[: self.longest + 1])
        self.length += len(text) + 1


def is_chat(source: Source) -> bool:
    """Whether a message's header stands among the first lines."""
    lines = (line.text for line in read_lines(io.BytesIO(source.sample), source.sample))
    return any(parse_header(line) for line in islice(filter(clean_line, lines), _LINES_LOOKED_AT))


def read_chat(source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
    """Every message in order."""
    desk = _Desk(source, options)
    with source.path.open("rb") as stream:
        messages = _group(read_lines(stream, source.sample), options.limits.question_characters)
        for position, message in enumerate(messages, start=1):
            source.consumed = stream.tell()
            yield desk.judge(position, message)


def _group(lines: Iterator[ChatLine], longest: int) -> Iterator[_Message]:
    """Lines -> messages: each header begins one, every other line belongs to the message before it."""
    message = _Message(None, longest)
    for line in lines:
        header = parse_header(line.text)
        if header:
            if message.is_written:
                yield message
            message = _Message(header, longest)
            message.add(header.text, line.repairs)
        else:
            # Newer versions indent the further lines of a message by a tab.
            message.add(line.text.removeprefix("\t"), line.repairs)
    if message.is_written:
        yield message


class _Desk:
    """What every message of one chat is judged with."""

    def __init__(self, source: Source, options: ImportOptions) -> None:
        self._senders = Senders(options)
        self._own_addresses = {address.strip().lower() for address in options.own_addresses} - {""}
        self._clock = ChatClock(source, options.zone)
        self._too_long = options.limits.too_long

    def judge(self, position: int, message: _Message) -> Draft | SetAside:
        """The draft of a message, or the reason why it is none."""
        sender = self._sender(message.header.name) if message.header else Sender()
        content = self._content(message, sender)
        moment, zone_assumed = self._clock.read(message.header) if message.header else (None, False)
        draft = Draft(
            position,
            "chat",
            text=clean_text(content.text),
            original_text=message.body.strip()[: message.longest],
            sender=sender,
            received_at=moment,
            zone_assumed=zone_assumed,
            repairs=tuple(message.repairs),
        )
        return SetAside(position, content.reason, draft) if content.reason else draft

    def _sender(self, name: str) -> Sender:
        """Who wrote, by the name shown in the meeting; some join with their address as their name."""
        plain = clean_line(name)
        return Sender(email=plain.lower()) if EMAIL_ADDRESS.fullmatch(plain) else self._senders.read(name)

    def _content(self, message: _Message, sender: Sender) -> Content:
        """The words of a message and why it is no question, if it is none."""
        body = message.body[: message.longest]
        if message.header is None:
            return Content(body, BEFORE_FIRST_MESSAGE)
        if message.header.is_private:
            return Content(body, PRIVATE)
        if self._senders.is_organiser(sender) or sender.email in self._own_addresses:
            return Content(body, ORGANISERS_OWN)
        # The length counts a line end after the last line as well.
        if message.length > message.longest + 1:
            return Content(body, self._too_long)
        return read_content(body)
