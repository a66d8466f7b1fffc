"""Redaction: a text with typed markers in place of all that leads to a person."""

from __future__ import annotations

import re

from schoolctl.domain.question import Mark, Sender
from schoolctl.domain.redaction.dates import find_birth_dates
from schoolctl.domain.redaction.documents import find_documents
from schoolctl.domain.redaction.initials import with_initials
from schoolctl.domain.redaction.letters import fold
from schoolctl.domain.redaction.mails import find_mails
from schoolctl.domain.redaction.marks import Redaction, Span, hide, hide_markers, joined, put_markers
from schoolctl.domain.redaction.names import find_names
from schoolctl.domain.redaction.numbers import find_iins, find_phones
from schoolctl.domain.redaction.own_name import find_own_name
from schoolctl.domain.redaction.places import find_addresses
from schoolctl.domain.redaction.sentence import Sentence
from schoolctl.domain.redaction.words import (
    ADDRESS_WORD,
    BIRTH_WORD,
    DOCUMENT_WORD,
    MAIL_WORD,
    PHONE_WORD,
    PrivacyWords,
)

_DIGIT = re.compile(r"\d")
_CARD = re.compile(r"\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}")
# What is left after the first look can, rarely, be found at the second: a number that stood in one with another.
_LOOKS = 5


def redact(text: str, language: str, sender: Sender, words: PrivacyWords) -> Redaction:
    """`text` with names, phones, addresses and numbers of people replaced by typed markers, and what they were.

    The markers are in the text's language (Russian for a language without markers of its own). Redacting the
    result again changes nothing.
    """
    marks: list[Mark] = []
    looks = 0
    while looks < _LOOKS and (spans := _find(text, language, sender, words)):
        text = put_markers(text, spans, language)
        marks += (Mark(span.kind, span.rule) for span in spans)
        looks += 1
    return Redaction(text, tuple(marks))


def _find(text: str, language: str, sender: Sender, words: PrivacyWords) -> list[Span]:
    """Everything private in a text: each search sees it with the earlier finds hidden, so that none overlap."""
    page = _Page(text, words)
    if page.has(MAIL_WORD) or "@" in text:
        page.take(find_mails(page.folded))
    if _DIGIT.search(page.folded):
        _find_numbers(page)
    elif page.has(PHONE_WORD):
        page.take(find_phones(page.folded, has_word=True))
    if sender.name:
        page.take(find_own_name(page.folded, sender.name))
    page.take(find_names(page.sentence, language, words))
    if page.has(BIRTH_WORD) or page.found:
        page.take(find_birth_dates(page.folded))
    return joined(with_initials(joined(page.found, text), text), text)


def _find_numbers(page: _Page) -> None:
    """What is made of digits, IINs and phones first: nothing else may take a piece of one."""
    page.take(find_iins(page.folded))
    page.take(find_phones(page.folded, has_word=page.has(PHONE_WORD)))
    if page.has(DOCUMENT_WORD) or "№" in page.folded or _CARD.search(page.folded):
        page.take(find_documents(page.folded))
    if page.has(ADDRESS_WORD):
        page.take(find_addresses(page.text, page.folded))


class _Page:
    """A text, and the same folded and as words, in which what was found is hidden."""

    def __init__(self, text: str, words: PrivacyWords) -> None:
        self.words = words
        self.found: list[Span] = []
        self._show(hide_markers(text))

    def has(self, hint: int) -> bool:
        """Whether the text has a word of this kind."""
        return bool(self.sentence.hints & hint)

    def take(self, spans: list[Span]) -> None:
        """Keep what was found, and hide it."""
        if spans:
            self.found += spans
            self._show(hide(self.text, spans))

    def _show(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.sentence = Sentence(text, self.folded, self.words)
