"""Mailboxes (mbox, as Thunderbird, Gmail Takeout, mutt and mail servers write them) and single mails (.eml)."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager

from schoolctl.domain.limits import HIGHEST_LIMITS, MB, Limits
from schoolctl.domain.question import Draft, SetAside
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.mail.byte_search import find_word
from schoolctl.importers.mail.drafts import DraftReader, RawMail, has_mail_headers
from schoolctl.importers.mail.headers import read_headers
from schoolctl.importers.mail.limits import LimitExceededError
from schoolctl.importers.source import SAMPLE_BYTES, ImportOptions, Source

_SEPARATOR_BEGINS, _ESCAPED = b"\nFrom ", b">From "
_BOM = b"\xef\xbb\xbf"
_LONGEST_SEPARATOR = 500
_HEADERS_LOOKED_AT = 4096
# Of a mail that is too large this much is read: headers, and the text, which stands before the attachments.
_BEGINNING_BYTES = 1024 * 1024
_WINDOW_BYTES = 8 * 1024 * 1024

# `From SENDER Thu May 12 10:00:00 2022`, with or without a weekday, seconds or a zone.
_FULL_SEPARATOR = re.compile(
    rb"From (?:\S{1,200} +[A-Z][a-z]{2} |.{0,200}?)"
    rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2} {1,2}"
    rb"\d{1,2}:\d\d(?::\d\d)?\b.{0,40}?\d{4}"
)
# Thunderbird's bare `From - `, a lone address, or a date in another form: real only after an empty line.
_SHORT_SEPARATOR = re.compile(
    rb"From (?:-\s*|\S{1,100}@\S{1,100}\s*|MAILER[-_]DAEMON\s*"
    rb"|(?=.{0,150}?\d{4})\S{1,100} .{0,60}?\d{1,2}:\d\d.{0,40})$"
)
_HEADER = re.compile(rb">From |[!-9;-~]{1,80}[ \t]*:")
_KNOWN_HEADER = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|received|return-path|mime-version|delivered-to|content-[a-z-]+|x-[\w-]+"
    rb"|reply-to|sender|envelope-to|status|dkim-signature|arc-[a-z-]+|authentication-results|in-reply-to|references"
    rb"|received-spf|list-[a-z-]+|importance|user-agent|auto-submitted|precedence)[ \t]*:",
    re.IGNORECASE,
)
_ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


class MboxImporter:
    """Reads every mail of a mailbox file in the order of the file; memory does not follow the file's size."""

    name = "mbox"

    def recognises(self, source: Source) -> bool:
        """Whether the file begins with a separator that headers follow, or with a mail's headers."""
        sample = source.sample
        start = _content_start(sample)
        return _is_separator(sample, start) or _begins_with_headers(sample, start)

    def read(self, source: Source, options: ImportOptions) -> Iterator[Draft | SetAside]:
        """Every mail as a draft or set aside; UnreadableSourceError when the file holds no mail at all."""
        reader = DraftReader(options)
        with _mapped(source) as data:
            for position, (start, end) in enumerate(_spans(data, source.name), 1):
                source.consumed = end
                yield reader.read(_raw_mail(data, position, (start, end), options.limits))


IMPORTER = MboxImporter()


def begins_with_mail_headers(source: Source) -> bool:
    """Whether a file begins with the headers of a mail, without a separator before them."""
    return _begins_with_headers(source.sample, _content_start(source.sample))


def read_single_mail(source: Source, options: ImportOptions) -> Draft | SetAside:
    """The one mail that a file is, whatever its lines begin with."""
    with _mapped(source) as data:
        source.consumed = source.size
        span = (_content_start(data[:SAMPLE_BYTES]), len(data))
        return DraftReader(options).read(_raw_mail(data, 1, span, options.limits))


@contextmanager
def _mapped(source: Source) -> Iterator[mmap.mmap]:
    try:
        with source.path.open("rb") as stream:
            if not source.size:
                message = f"{source.name} is empty"
                raise UnreadableSourceError(message)
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield data
    except OSError as error:
        message = f"{source.name} cannot be read: {error.strerror or error}"
        raise UnreadableSourceError(message) from error


def _spans(data: mmap.mmap, name: str) -> Iterator[tuple[int, int]]:
    """Where each mail begins (with its separator line, if it has one) and ends."""
    sample = data[:SAMPLE_BYTES]
    first = start = _content_start(sample)
    for separator in _further_separators(data, first):
        # What stands over the first (a mail without its separator, strange text) is counted, not skipped in silence.
        yield start, separator
        start = separator
    if start == first and not (_is_separator(data, first) or _begins_with_headers(sample, first)):
        message = f"{name} holds no mail: there is neither a separator line nor a mail's headers"
        raise UnreadableSourceError(message)
    yield start, len(data)


def _further_separators(data: mmap.mmap, start: int) -> Iterator[int]:
    """Where separators begin in the lines after the one at `start`."""
    at, window_end = start, start
    while at < len(data):
        if at >= window_end:
            window_end = at + _WINDOW_BYTES
            _drop_pages(data)
        found = find_word(data, _SEPARATOR_BEGINS, b" ", at, window_end + len(_SEPARATOR_BEGINS) - 1)
        if found >= 0 and _is_separator(data, found + 1):
            yield found + 1
        at = window_end if found < 0 else found + 1


def _drop_pages(data: mmap.mmap) -> None:
    """Let the system take back the pages read so far, or a large file would fill the memory (not on Windows)."""
    if hasattr(data, "madvise"):
        data.madvise(mmap.MADV_DONTNEED)


def _is_separator(data: mmap.mmap | bytes, at: int) -> bool:
    """Whether the line at `at` (which begins with `From `) parts two mails, and is no sentence of a letter."""
    line, newline, _ = data[at : at + _LONGEST_SEPARATOR].partition(b"\n")
    if not newline:
        return False
    following = data[at + len(line) + 1 : at + len(line) + 1 + _LONGEST_SEPARATOR]
    if _FULL_SEPARATOR.match(line):
        return bool(_HEADER.match(following))
    return bool(_SHORT_SEPARATOR.match(line) and _stands_alone(data, at) and _KNOWN_HEADER.match(following))


def _stands_alone(data: mmap.mmap | bytes, at: int) -> bool:
    """Whether nothing or an empty line stands before `at`."""
    before = data[max(0, at - 3) : at]
    return before in (b"", _BOM) or before.endswith((b"\n\n", b"\n\r\n")) or not before.strip()


def _content_start(sample: bytes) -> int:
    """The first byte that is neither a byte order mark nor blank."""
    start = len(_BOM) if sample.startswith(_BOM) else 0
    return start + len(sample[start:]) - len(sample[start:].lstrip())


def _begins_with_headers(sample: bytes, start: int) -> bool:
    try:
        headers, _ = read_headers(sample, start, len(sample), HIGHEST_LIMITS)
    except LimitExceededError:
        # Whatever it is, it begins with lines that are headers: the mail is set aside with the limit's name.
        return True
    return has_mail_headers(headers)


def _raw_mail(data: mmap.mmap, position: int, span: tuple[int, int], limits: Limits) -> RawMail:
    start, end = span
    separator = b""
    if data[start : start + 5] == b"From ":
        content_start = data.find(b"\n", start, end) + 1 or end
        separator, start = data[start:content_start], content_start
    is_cut = end - start > limits.message_mb * MB
    content = data[start : start + _BEGINNING_BYTES if is_cut else end]
    if separator and find_word(content, _ESCAPED, b" ", 0, len(content)) >= 0:
        content = _ESCAPED_FROM.sub(rb"\1", content)
    return RawMail(position, content, separator, is_cut)
