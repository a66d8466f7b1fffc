"""The sender's own words in a mail: quotes, forwards and signatures go, answers between quoted lines stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from schoolctl.importers.mail.quote_lines import (
    QuoteStart,
    after_preamble,
    find_quote_start,
    is_forward_end,
    is_quoted,
    may_start_quote,
)
from schoolctl.importers.mail.signatures import may_be_signed, without_signature

IN_FORWARDED = "the text stood in a forwarded message"
KEPT_WHOLE = "nothing but quoted text: kept whole"

_MEASURE = re.compile(r"\s*>[ =]{0,3}\d")
_EMPTY_LINES = re.compile(r"\n{3,}")
_RULES_AND_BLANKS = "-–—_=* \t\xa0"
# `Коллеги, посмотрите, пожалуйста, и ответьте` is a note; who tells of an illness needs more words.
_COVER_NOTE_WORDS = 15
_FORWARDS_READ = 3
# Nobody types that much: it is pasted or hostile, and must not hold up the other mails.
_LONGEST_SEARCHED = 500_000


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The text to read as the question. `are_own` is false when the sender added no word of their own."""

    text: str
    are_own: bool = True
    repairs: tuple[str, ...] = ()


@dataclass(slots=True)
class _Passages:
    """A mail's lines by who wrote them: the sender's passages, and the body of a forwarded or quoted mail."""

    own: list[list[str]] = field(default_factory=lambda: [[]])
    body: list[str] = field(default_factory=list)
    is_quoted: bool = False
    is_forward: bool = False

    def leave_quote(self) -> None:
        """Begin a new passage of the sender's: a quote stood here."""
        self.is_quoted = True
        if self.own[-1]:
            self.own.append([])


def find_own_words(text: str, *, is_forward: Callable[[], bool] = lambda: False) -> OwnWords:
    r"""The sender's own words in `text` (`\n` line ends); `is_forward` tells, when asked, whether the subject says so.

    Nothing is lost: a mail that holds only a forwarded text yields that text, one that is all quote is kept whole.
    """
    if len(text) > _LONGEST_SEARCHED:
        return OwnWords(text, repairs=("too long to look for quotes: kept whole",))
    return _own_words(text, is_forward, 0)


def _own_words(text: str, is_forward: Callable[[], bool], level: int) -> OwnWords:
    passages = _split(text)
    own = _joined(_without_signatures(passages.own, text))
    if own and not _only_covers(own, passages, is_forward):
        return OwnWords(own)
    forwarded = _forwarded_text(passages.body, level)
    if forwarded:
        return OwnWords(f"{own}\n\n{forwarded}".strip(), are_own=bool(own), repairs=(IN_FORWARDED,))
    if own or not _hides_words(passages):
        return OwnWords(own, are_own=bool(own))
    # Whoever sent it meant something by it: better too much text than an empty question.
    return OwnWords(text.strip(), are_own=False, repairs=(KEPT_WHOLE,))


def _only_covers(own: str, passages: _Passages, is_forward: Callable[[], bool]) -> bool:
    """Whether the sender only hands something on: the question is then what they forward."""
    is_note = bool(passages.body) and "?" not in own and len(own.split()) <= _COVER_NOTE_WORDS
    return is_note and (passages.is_forward or is_forward())


def _split(text: str) -> _Passages:
    passages = _Passages()
    lines = text.split("\n")
    has_marks = _marks_quotes(text, lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        start = find_quote_start(lines, at) if may_start_quote(line) else None
        if has_marks and is_quoted(line):
            passages.leave_quote()
            at += 1
        elif start is None:
            passages.own[-1].append(line)
            at += 1
        else:
            at = _take_quote(passages, start, lines)
    return passages


def _marks_quotes(text: str, lines: Sequence[str]) -> bool:
    # `> 10 mmol` is a measure that the sender wrote, as long as no other line is marked as a quote.
    return ">" in text and not all(map(_MEASURE.match, filter(is_quoted, lines)))


def _take_quote(passages: _Passages, start: QuoteStart, lines: Sequence[str]) -> int:
    """Put away what `start` introduces; the number of the line where the sender may go on."""
    passages.leave_quote()
    following = next(filter(str.strip, lines[start.body :]), "")
    # The marks themselves tell where such a quote ends, and the sender may answer between its lines.
    if start.kind == "introduction" and is_quoted(following):
        return start.body
    end = next((number for number in range(start.body, len(lines)) if is_forward_end(lines[number])), len(lines))
    passages.body.extend(lines[start.body : end])
    passages.is_forward |= start.kind == "forward"
    return end + 1


def _forwarded_text(body: Sequence[str], level: int) -> str:
    """What the author of a forwarded mail wrote: without its headers, quotes and signatures."""
    filled = list(filter(str.strip, body))
    if not filled or level >= _FORWARDS_READ:
        return "\n".join(body).strip()
    if all(map(is_quoted, filled)):
        body = [line.lstrip().removeprefix(">").removeprefix(" ") for line in body]
    text = "\n".join(body[after_preamble(body) :]).strip()
    return _own_words(text, lambda: False, level + 1).text


def _hides_words(passages: _Passages) -> bool:
    """Whether a quote was left out, or more than a name and a phone's line for a signature: `-- ` over all."""
    lines = chain.from_iterable(without_signature(passage, blocks=False) for passage in passages.own)
    return passages.is_quoted or any(line.strip(" -") for line in lines)


def _without_signatures(passages: Sequence[Sequence[str]], text: str) -> Iterable[Sequence[str]]:
    # Most mails show no sign of a signature: one look at the whole text spares the looks at each passage.
    return map(without_signature, passages) if may_be_signed(text) else passages


def _joined(passages: Iterable[Sequence[str]]) -> str:
    texts = ["\n".join(map(str.rstrip, _without_last_rules(passage))).strip() for passage in passages]
    joined = "\n\n".join(filter(None, texts))
    return _EMPTY_LINES.sub("\n\n", joined) if "\n\n\n" in joined else joined


def _without_last_rules(passage: Sequence[str]) -> Sequence[str]:
    """The passage without empty lines and the rules that mail programs draw over a quote or a signature."""
    end = len(passage)
    while end and not passage[end - 1].strip(_RULES_AND_BLANKS):
        end -= 1
    return passage[:end]
