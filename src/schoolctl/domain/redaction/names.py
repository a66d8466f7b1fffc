"""Names of people: a word that must be a name, and the words beside it that belong to it."""

from __future__ import annotations

import re

from schoolctl.domain.redaction.extent import whole_name
from schoolctl.domain.redaction.marks import Span
from schoolctl.domain.redaction.sentence import Sentence
from schoolctl.domain.redaction.words import (
    CLOSING,
    CUES,
    ENDED,
    FAMILY,
    GIVEN,
    IN_HONOUR,
    LABEL,
    LIKELY_FAMILY,
    MADE_OF_TWO,
    NAMED_AFTER,
    NAMING,
    NEVER,
    NO_NAME,
    ORDINARY,
    PATRONYMIC,
    PERSON,
    ROLE,
    SHORTEST_SMALL,
    SURE_FAMILY,
    PrivacyWords,
)

_SHORTEST_SHOUTED = 4
_SHORTEST = 3
_LAST_WORDS = 3
_LONGEST_PHRASE = 3
# What stands behind a last word that is the end of a sentence, no signature: "Прививаться?", "Нейтрофилы 0."
_CALL = re.compile(r".*(?:[йи]те|[ыи]н[ыи]з(?:дар|дер)?|тесь)")  # "Пишите", "Хабарласыңыз" before a phone
_NO_SIGNATURE = re.compile(r"[\d?%]")
# An illness or a drug that somebody writes with a capital letter after "мама".
_MEDICINE = re.compile(
    r".*(?:ом[аыуе]|ом[аы]мен|оз[ауе]?|ем[иі][яиюй]?|пени[яию]|тиниб\w*|маб\w*|мид\w*|цит\w*|терапи\w*|грамм\w*|циллин\w*|"
    r"emia|oma|osis|tinib|mab)"
)


def find_names(sentence: Sentence, language: str, words: PrivacyWords) -> list[Span]:
    """The names of people in a text whose phones and addresses are hidden, from left to right."""
    finder = _NameFinder(sentence, language, words)
    spans: list[Span] = []
    free = 0
    for number in finder.candidates():
        if number >= free and (rule := finder.rule_for(number)):
            first, last = whole_name(sentence, finder.kinds, number, free)
            # The dot of a last initial is part of the name.
            end = sentence.ends[last] + (last > first and sentence.is_dotted_initial(last))
            spans.append(Span(sentence.starts[first], end, "name", rule))
            free = last + 1
    return spans


class _NameFinder:
    """The rules; each takes a word's number and says by which rule it is a name, or nothing."""

    def __init__(self, sentence: Sentence, language: str, words: PrivacyWords) -> None:
        self.sentence = sentence
        self.words = words
        self.kinds = sentence.kinds
        if language == "en":
            # "Alike" is no dative of Ali.
            self.kinds = [kind & ~(GIVEN | ENDED) if kind & ENDED else kind for kind in self.kinds]
        self.signature = self._signature()

    def candidates(self) -> list[int]:
        """The words worth a look: with a capital letter, in the lists, or after a cue."""
        is_upper = self.sentence.is_upper
        found: list[int] = []
        is_after_cue = 0
        for number, kind in enumerate(self.kinds):
            if is_after_cue or kind & PERSON or (not kind & NO_NAME and is_upper(number)):
                found.append(number)
            is_after_cue = kind & CUES
        return found

    def rule_for(self, number: int) -> str:
        """The rule by which the word is a name, in a few words; empty when it is none."""
        kind = self.kinds[number]
        if kind & NEVER:
            return ""
        if rule := self._after_cue(number):
            return rule
        rule = self._by_lists(number) or self._by_form(number) or self._by_place(number)
        return "" if rule and self._is_honoured(number) else rule

    def _after_cue(self, number: int) -> str:
        before = self.kinds[number - 1] & CUES if number else 0
        if not before or not self._may_follow_cue(number):
            return ""
        cue = self.sentence.words[number - 1]
        if self._is_introduced(number) or (before & CLOSING and self._may_close(number)):
            return f"word after “{cue}”"
        return f"name after “{cue}”" if before & ROLE and self._fits_role(number) else ""

    def _may_follow_cue(self, number: int) -> bool:
        sentence, kind, word = self.sentence, self.kinds[number], self.sentence.words[number]
        if kind & CUES or not sentence.is_near(number) or len(word) < _SHORTEST or _MEDICINE.fullmatch(word):
            return False
        return not kind & ORDINARY or bool(kind & PERSON)

    def _is_introduced(self, number: int) -> bool:
        """Whether the words before say that a name follows: меня зовут, ФИО:."""
        sentence, before = self.sentence, self.kinds[number - 1]
        earlier = sentence.words[max(0, number - 1 - _LONGEST_PHRASE) : number - 1]
        if before & NAMING and self.words.ends_phrase(earlier, sentence.words[number - 1]):
            return True
        return bool(before & LABEL) and ":" in sentence.gap_before(number)

    def _may_close(self, number: int) -> bool:
        kind = self.kinds[number]
        is_at_end = self.sentence.is_upper(number) or number >= len(self.kinds) - _LAST_WORDS
        return is_at_end and bool(kind & GIVEN or not kind & ORDINARY)

    def _fits_role(self, number: int) -> bool:
        """Whether the word after врач or мама is a name."""
        sentence, kind = self.sentence, self.kinds[number]
        gap = sentence.gap_before(number)
        if kind & ORDINARY or "\n" in gap:
            return sentence.is_upper(number) and bool(kind & PERSON) and not sentence.is_first(number)
        if not sentence.is_upper(number):
            # тіркелді is a verb, though Келді is in many names.
            return bool(kind & PERSON) and not kind & MADE_OF_TWO
        is_plain = sentence.is_capital(number) and gap in {" ", ": ", " - "}
        return is_plain or bool(kind & (PERSON | LIKELY_FAMILY))

    def _is_honoured(self, number: int) -> bool:
        """Whether an illness, a street or an institute bears the name: болезнь Ходжкина, Абай көшесі."""
        sentence, kinds = self.sentence, self.kinds
        for before in range(number - 1, max(-1, number - 4), -1):
            if not sentence.is_near(before + 1):
                break
            if kinds[before] & NAMED_AFTER:
                return True
            if not sentence.is_upper(before):
                break
        for after in range(number + 1, min(number + 3, len(kinds))):
            if not sentence.is_joined(after):
                break
            if kinds[after] & IN_HONOUR:
                return True
        return False

    def _by_lists(self, number: int) -> str:
        kind = self.kinds[number]
        if kind & CUES or not kind & PERSON:
            return ""
        if self.sentence.is_capital(number):
            is_doubtful = kind & ORDINARY and (self.sentence.is_first(number) or not kind & GIVEN)
            return "" if is_doubtful and not self._is_supported(number) else _rule(kind)
        return _rule(kind) if not kind & ORDINARY and self._is_long_enough(number) else ""

    def _is_long_enough(self, number: int) -> bool:
        """Whether a word in small letters, or all in capitals, is too long to be a name by chance."""
        kind, length = self.kinds[number], len(self.sentence.words[number])
        if self.sentence.is_shouted(number):
            return length >= _SHORTEST_SHOUTED
        is_listed = kind & SURE_FAMILY or (kind & GIVEN and not kind & (MADE_OF_TWO | ENDED))
        return bool(is_listed) and length >= SHORTEST_SMALL

    def _is_supported(self, number: int) -> bool:
        """Whether a word beside it says that Вера or Роза at the beginning of a sentence is a person."""
        sentence, after = self.sentence, number + 1
        if number in self.signature or sentence.is_beside_contact(number, number):
            return True
        if after >= len(self.kinds) or not sentence.is_joined(after):
            return False
        is_person = self.kinds[after] & (PATRONYMIC | SURE_FAMILY | LIKELY_FAMILY) and not self.kinds[after] & NO_NAME
        return bool(is_person) or sentence.initials_after(number) > 0

    def _by_form(self, number: int) -> str:
        """A word that no list has: by its initials or its ending."""
        sentence, kind = self.sentence, self.kinds[number]
        if not sentence.is_capital(number) or sentence.is_initial(number) or kind & NO_NAME:
            return ""
        is_first = sentence.is_first(number)
        enough = 1 if kind & FAMILY else 2
        if sentence.initials_after(number) >= (enough if is_first else 1):
            return "name with initials"
        if sentence.initials_before(number) >= enough:
            return "initials with a name"
        return "ends as family names do" if kind & LIKELY_FAMILY and not is_first else ""

    def _by_place(self, number: int) -> str:
        sentence = self.sentence
        if self.kinds[number] & NO_NAME or len(sentence.words[number]) < _SHORTEST or not sentence.is_capital(number):
            return ""
        if sentence.is_beside_contact(number, number) and not _CALL.fullmatch(sentence.words[number]):
            return "word with a capital letter beside a phone or address"
        return "signature at the end" if number in self.signature else ""

    def _signature(self) -> frozenset[int]:
        """The words with capital letters that end the text by themselves, a town or a relation behind them or not."""
        sentence = self.sentence
        last = len(self.kinds) - 1
        if last < 1 or _NO_SIGNATURE.search(sentence.text, sentence.ends[last]):
            return frozenset()
        while last > 1 and self.kinds[last] & (NEVER | ROLE) and "," in sentence.gap_before(last):
            last -= 1
        first = last
        while first > max(1, last - _LAST_WORDS) and sentence.is_joined(first) and sentence.is_capital(first - 1):
            first -= 1
        return frozenset(range(first, last + 1)) if self._is_signed(first, last) else frozenset()

    def _is_signed(self, first: int, last: int) -> bool:
        is_last_of_list = first < last and self.sentence.gap_before(first) == ", "
        is_apart = is_last_of_list or self.sentence.is_first(first)
        return is_apart and all(map(self._may_sign, range(first, last + 1)))

    def _may_sign(self, number: int) -> bool:
        return self.sentence.is_capital(number) and not self.kinds[number] & (CUES | NEVER)


def _rule(kind: int) -> str:
    if kind & PATRONYMIC:
        return "patronymic"
    return "given name" if kind & GIVEN else "family name"
