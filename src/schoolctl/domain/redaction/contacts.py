"""The least that never leaves the store, whoever chose the words: addresses, phones and IINs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from schoolctl.domain.question import Mark
from schoolctl.domain.redaction.letters import fold
from schoolctl.domain.redaction.mails import find_mails
from schoolctl.domain.redaction.marks import Redaction, Span, hide, hide_markers, joined, put_markers
from schoolctl.domain.redaction.numbers import find_iins, find_phones

_SEARCHES: tuple[Callable[[str], list[Span]], ...] = (find_mails, find_iins, partial(find_phones, has_word=True))


def redact_contacts(text: str, language: str) -> Redaction:
    """A wording that a person chose, without e-mail addresses, phone numbers and IINs; names stay as they typed them.

    Markers that are in it already stay.
    """
    page, found = hide_markers(text), list[Span]()
    for search in _SEARCHES:
        spans = search(fold(page))
        page = hide(page, spans)
        found += spans
    spans = joined(found, text)
    return Redaction(put_markers(text, spans, language), tuple(Mark(span.kind, span.rule) for span in spans))
