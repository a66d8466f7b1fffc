"""Chats exported from WhatsApp, as text or as a zip that holds the text, from any phone and interface language."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from schoolctl.domain.date_example import DateExample
from schoolctl.domain.limits import HIGHEST_LIMITS
from schoolctl.domain.question import Draft, SetAside
from schoolctl.domain.text import clean_line, clean_text
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.date_order import UndecidedDatesError
from schoolctl.importers.source import ImportOptions, Source
from schoolctl.importers.whatsapp_chat.archive import ChatText, is_zip, open_chats
from schoolctl.importers.whatsapp_chat.chat_dates import Orders, decide_orders, moment_of
from schoolctl.importers.whatsapp_chat.content import SYSTEM, Content, read_content
from schoolctl.importers.whatsapp_chat.headers import parse_header
from schoolctl.importers.whatsapp_chat.lines import read_lines
from schoolctl.importers.whatsapp_chat.messages import Message, group_messages
from schoolctl.importers.whatsapp_chat.senders import Senders

ORGANISERS_OWN: Final = "the organisers' own message"
BEFORE_FIRST_MESSAGE: Final = "text before the first message"
NO_DATE: Final = "date not understood"

_LINES_LOOKED_AT = 20
# Mail begins with header fields or "From ", tables have delimiters or quotes in their first row.
_OTHER_FORMAT = re.compile(r"From |[\w-]+:|.*[,;\t|\"]")


class WhatsappImporter:
    """Reads a chat twice: once to decide how its dates are written, once for the messages."""

    name = "whatsapp"

    def recognises(self, source: Source) -> bool:
        """Whether the first lines hold a message's header, or the file is a zip with such a text.

        A zip that cannot be looked into is claimed when it is named .zip, so that reading it can tell why.
        """
        if not is_zip(source):
            return _looks_like_chat(source.sample)
        try:
            with open_chats(source, HIGHEST_LIMITS) as chats:
                return any(_looks_like_chat(chat.sample()) for chat in chats)
        except UnreadableSourceError:
            return source.path.suffix.casefold() == ".zip"

    def read(self, source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
        """Every message in order; UnreadableSourceError when there is none or the dates can be read in two ways."""
        senders = Senders(options)
        with open_chats(source, options.limits) as texts:
            chats = [(text, _decide_dates(text, source, options)) for text in texts if _has_messages(text)]
            if not chats:
                problem = f"{source.name} holds no WhatsApp messages"
                raise UnreadableSourceError(problem)
            longest = options.limits.question_characters
            messages = chain.from_iterable(_read_messages(text, orders, source, longest) for text, orders in chats)
            for position, message in enumerate(messages, start=1):
                yield _judge(message, position, options, senders)
        source.consumed = source.size


IMPORTER: Final = WhatsappImporter()


def _looks_like_chat(sample: bytes) -> bool:
    """Whether a header stands among the first lines, and nothing of another format before it."""
    lines = (line.text for line in read_lines(io.BytesIO(sample), sample))
    for line in islice(filter(clean_line, lines), _LINES_LOOKED_AT):
        header = parse_header(line)
        # "12.05.2022, 10:00 - обход" may be anybody's timetable: a first line without a sender must be a notice.
        if header is not None:
            return header.certain or header.shape.bracketed
        if _OTHER_FORMAT.match(clean_line(line)):
            return False
    return False


def _has_messages(text: ChatText) -> bool:
    """Whether any header stands in the first 64 KB of a text."""
    sample = text.sample()
    return any(parse_header(line.text) for line in read_lines(io.BytesIO(sample), sample))


def _decide_dates(text: ChatText, source: Source, options: ImportOptions) -> Orders:
    """How the chat's dates are read. Raises UndecidedDatesError."""
    sample = text.sample()
    with text.open_stream() as stream:
        headers = (parse_header(line.text) for line in read_lines(stream, sample))
        orders = decide_orders((header for header in headers if header), options.date_order)
    if isinstance(orders, DateExample):
        raise UndecidedDatesError(source.name, orders)
    return orders


def _read_messages(text: ChatText, orders: Orders, source: Source, longest: int) -> Iterator[Message]:
    """The chat's messages, with the progress kept in `source.consumed`."""
    sample = text.sample()
    with text.open_stream() as stream:
        # A zip's stream does not know its place in the file; its texts are short.
        tells_place = stream.seekable()
        lines = read_lines(stream, sample)
        for message in group_messages(lines, lambda header: moment_of(header, orders), longest):
            if tells_place:
                source.consumed = stream.tell()
            yield message


def _judge(message: Message, position: int, options: ImportOptions, senders: Senders) -> Draft | SetAside:
    """The draft of a message, or the reason why it is none."""
    name = message.header.name if message.header else ""
    sender = senders.read(name)
    content = _content(message, name, options.limits.too_long)
    if not content.reason and senders.is_organiser(sender):
        content = content._replace(reason=ORGANISERS_OWN)
    draft = Draft(
        position=position,
        channel="whatsapp",
        # Direction marks would hide among a question's words for ever; the original keeps them.
        text=clean_text(content.text),
        original_text=message.body.strip()[: message.longest],
        sender=sender,
        received_at=message.moment.replace(tzinfo=options.zone) if message.moment else None,
        zone_assumed=message.moment is not None,
        repairs=_repairs(message),
    )
    return SetAside(position, content.reason, draft) if content.reason else draft


def _repairs(message: Message) -> tuple[str, ...]:
    """What had to be guessed to read a message."""
    has_unknown_date = message.header is not None and message.moment is None
    return (*message.repairs, NO_DATE) if has_unknown_date else tuple(message.repairs)


def _content(message: Message, name: str, too_long: str) -> Content:
    """The words of a message and why it is no question, if it is none."""
    if message.header is None:
        return Content(message.body[: message.longest], BEFORE_FIRST_MESSAGE)
    if not name:
        return Content("", SYSTEM)
    if message.is_too_long:
        return Content(message.body[: message.longest], too_long)
    return read_content(message.body, name)
