"""A text as a row of words, with what each can be and how it stands in its sentence."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_

from schoolctl.domain.redaction.marks import CONTACT_SIGNS
from schoolctl.domain.redaction.words import PrivacyWords

_WORD = re.compile(r"[^\W\d_]+")
_ENDS_SENTENCE = re.compile(r"[.!?…\n:;«»\"“”()•*\u2013\u2014-]")
# A dot after one of these ends no sentence.
_ABBREVIATIONS = frozenset(
    [
        "г",
        "ул",
        "д",
        "кв",
        "тел",
        "им",
        "пр",
        "см",
        "др",
        "мед",
        "зав",
        "гр",
        "т",
        "проф",
        "акад",
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "st",
    ]
)
_LONGEST_GAP = 4


class Sentence:
    """The words of a text; every method takes a word's number, from 0."""

    def __init__(self, text: str, folded: str, words: PrivacyWords) -> None:
        """Find the words and look them up; `text` has what was found before hidden."""
        self.text = text
        places = [match.span() for match in _WORD.finditer(text)]
        self.starts = [start for start, _ in places]
        self.ends = [end for _, end in places]
        self.words = [folded[start:end] for start, end in places]
        self.kinds = list(map(words.kind_of, self.words))
        self.hints = reduce(or_, self.kinds, 0)

    def is_capital(self, number: int) -> bool:
        """Whether the word begins with a capital letter, and not all of it is capitals."""
        start, end = self.starts[number], self.ends[number]
        return self.text[start].isupper() and not (end - start > 1 and self.text[start:end].isupper())

    def is_shouted(self, number: int) -> bool:
        """Whether all of the word is capitals: ОМЛ, or a message typed so."""
        return (
            self.ends[number] - self.starts[number] > 1 and self.text[self.starts[number] : self.ends[number]].isupper()
        )

    def is_initial(self, number: int) -> bool:
        """Whether this is one capital letter, or two as in Дж. or Шт."""
        start, end = self.starts[number], self.ends[number]
        is_one = end - start == 1 and self.text[start].isupper()
        return is_one or (self.text[start:end] in _TWO_LETTER_INITIALS and self.text[end : end + 1] == ".")

    def is_upper(self, number: int) -> bool:
        """Whether the word begins with a capital letter at all."""
        return self.text[self.starts[number]].isupper()

    def is_dotted_initial(self, number: int) -> bool:
        """Whether this is an initial with its dot."""
        end = self.ends[number]
        return self.is_initial(number) and self.text[end : end + 1] == "."

    def initials_after(self, number: int) -> int:
        """How many initials with a dot stand after the word: 0 to 2."""
        count = 0
        for after in range(number + 1, min(number + 3, len(self.words))):
            if not (self.is_joined(after) and self.is_dotted_initial(after)):
                break
            count += 1
        return count

    def initials_before(self, number: int) -> int:
        """How many initials with a dot stand before the word: 0 to 2."""
        count = 0
        for before in range(number - 1, max(-1, number - 3), -1):
            if not (self.is_joined(before + 1) and self.is_dotted_initial(before)):
                break
            count += 1
        return count

    def is_first(self, number: int) -> bool:
        """Whether a capital letter says nothing here: after the end of a sentence, a quotation mark, a bullet."""
        gap = self.gap_before(number)
        if number == 0 or not gap.strip(" ,"):
            return number == 0
        if gap == ". " and (self.words[number - 1] in _ABBREVIATIONS or self.is_initial(number - 1)):
            return False
        return bool(_ENDS_SENTENCE.search(gap))

    def gap_before(self, number: int) -> str:
        """What stands between this word and the one before it."""
        begin = self.ends[number - 1] if number else 0
        return self.text[begin : self.starts[number]]

    def is_joined(self, number: int) -> bool:
        """Whether the word goes on from the one before it: a blank, a hyphen, or the dot of an initial between."""
        if number == 0 or self.starts[number] - self.ends[number - 1] > 2:  # noqa: PLR2004 - a dot and a blank
            return False
        gap = self.gap_before(number)
        return gap in _JOINTS or (gap in _INITIAL_JOINTS and self.is_initial(number - 1))

    def is_near(self, number: int) -> bool:
        """Whether nothing but a blank, comma, colon or dash stands between this word and the one before it."""
        gap = self.gap_before(number)
        return len(gap) <= _LONGEST_GAP and not gap.strip(' ,:-\u2013\u2014"«“*_\n')

    def is_beside_contact(self, first: int, last: int) -> bool:
        """Whether the words stand right before or after a phone, an e-mail address or an IIN."""
        before = self.text[max(0, self.starts[first] - _LONGEST_GAP) : self.starts[first]].rstrip(" ,:;(.-\u2013")
        after = self.text[self.ends[last] : self.ends[last] + _LONGEST_GAP].lstrip(" ,:;(.-\u2013")
        return before[-1:] in _CONTACTS or after[:1] in _CONTACTS


_CONTACTS = frozenset(CONTACT_SIGNS)
_TWO_LETTER_INITIALS = frozenset(["Дж", "Ж-", "Ш", "Zh", "Sh", "Ch"])
_JOINTS = frozenset([" ", "-", "  "])
_INITIAL_JOINTS = frozenset([".", ". ", " . "])
