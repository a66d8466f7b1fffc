"""The word lists of redaction, ready for use: what a single word can be, whatever stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from schoolctl.domain.redaction import endings
from schoolctl.domain.redaction.letters import fold, is_latin, latin_form

# What a word can be: bits, for a word can be several things at once.
GIVEN = 1  # a given name in any case
PATRONYMIC = 2
FAMILY = 4  # ends as family names do (and other words too)
SURE_FAMILY = 8  # and has a name as its root: Омарова, Серикбаеву
ORDINARY = 16  # a word of the language, a name only when something else says so: Роза, Надежда
NEVER = 32  # no person: Ходжкина, Гливек, Алматы
ROLE = 64  # a person's name may follow: врач, мама, анам
NAMING = 128  # may end a phrase that a name follows: зовут
LABEL = 256  # names what follows after a colon: ФИО, пациент
NAMED_AFTER = 512  # an illness, a street, an institute: what follows is in its honour
CLOSING = 1024  # ends a letter, a name follows: уважением
ENDED = 2048  # a Latin spelling with a Russian or Kazakh ending: in an English text it is chance
IN_HONOUR = 4096  # the same, behind the name: көшесі, атындағы
LIKELY_FAMILY = 8192  # ends as Russian and Kazakh family names do, its root is in no list
MADE_OF_TWO = 16_384  # a given name by its second part only: -бек, -гүл
# Hints: a word beside which an address, a phone … may stand. Without one the long search is not worth its time.
MAIL_WORD, PHONE_WORD, DOCUMENT_WORD, ADDRESS_WORD, BIRTH_WORD = (1 << bit for bit in range(15, 20))
PERSON = GIVEN | PATRONYMIC | SURE_FAMILY
CUES = ROLE | NAMING | LABEL | NAMED_AFTER | CLOSING | IN_HONOUR
NO_NAME = NEVER | ORDINARY | CUES
SHORTEST_SMALL = 5  # letters of a name in small letters: "дана" and "бота" are words

# The sections of cues.txt, and what they make of their words.
SECTIONS: Mapping[str, int] = {
    "before a name": ROLE,
    "naming": NAMING,
    "label": LABEL,
    "closing": CLOSING,
    "named after": NAMED_AFTER,
    "in honour of the name before": IN_HONOUR,
    "family names": SURE_FAMILY,
}
# By hint; what the patterns of `mails`, `numbers`, `documents`, `places` and `dates` look for.
_HINTS: Mapping[int, tuple[str, ...]] = {
    MAIL_WORD: (
        "собак* собач* at эт ат dog t me com ru am инст* inst* телег* teleg* tg тг ник ником никнейм nick* вк vk",
        "tiktok тикток аккаунт* account*",
    ),
    PHONE_WORD: (
        "тел телеф* telef* сот сотов* сотка моб мобил* номер* номир* звон* позвон* ватсап* вотсап* вацап*",
        "whats* app* phone* mobile* call* tel т вн внут* доб добав* ишки ext* восемь плюс сегиз",
    ),
    DOCUMENT_WORD: (
        "удостов* личн* паспорт* куалик* толкужат* кужат* документ* карт* истори* тарих* и направлени* жолдама*",
        "портал* талон* полис* рецепт* заявк* обращени* отиниш* код passport* id record* chart* case mrn policy",
        "referral* kz* n",
    ),
    ADDRESS_WORD: (
        "ул улиц* просп* пр прк* прт пер переул* бульвар* бул б проезд* тупик* шоссе мкр* м микрорайон* жк street ave*",
        "коше* дангыл* туйы* ыкшам* шагын* молтек* st road д дом уй* кв квар* пат патер* apt flat палат* ward room",
        "адрес* мекен* address* жив* прожив* пропис* live*",
    ),
    BIRTH_WORD: ("рожд* рожден* родил* г гр р др туг* туыл* born b dob d birth* ж",),
}
_Stems = dict[str, tuple[tuple[int, str], ...]]
_REMEMBERED = 20_000
_SHORT = 4
_LONGEST = 40


class PrivacyWords:
    """Word lists compiled for speed; build it once for many texts.

    `given` holds given names; `not_names` words that are none: with a capital first letter never (Ходжкина, Алматы),
    in small letters unless the text says so (роза); `cues` words and phrases by the section names of SECTIONS, where
    `*` stands for any ending.
    """

    def __init__(self, given: Iterable[str], not_names: Iterable[str], cues: Mapping[str, Iterable[str]]) -> None:
        """Fold and index the lists."""
        self._given = _folded(given)
        others = list(not_names)
        self._stems: _Stems = {}
        self._names = _add_stems(self._stems, self._given, GIVEN)
        _add_stems(self._stems, _folded(word for word in others if word[0].isupper()), NEVER)
        _add_stems(self._stems, _folded(word for word in others if not word[0].isupper()), ORDINARY)
        self._cues: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for section, entries in cues.items():
            for entry in _folded(entries):
                self._add_cue(entry.split(), SECTIONS[section])
        for hint, lines in _HINTS.items():
            for word in " ".join(lines).split():
                self._add_cue([word], hint)
        # Patients use few words: a word looked up once is not looked up again.
        self.kind_of = lru_cache(_REMEMBERED)(self._kind_of)

    def ends_phrase(self, before: list[str], word: str) -> bool:
        """Whether `word`, with the words before it, makes a whole naming phrase (меня зовут, my name is)."""
        phrases = self._phrases.get(word, ())
        return any(not phrase or tuple(before[-len(phrase) :]) == phrase for phrase in phrases)

    @cached_property
    def _latin_stems(self) -> Mapping[str, list[str]]:
        # Only when a text has Latin words: making these takes as long as all the rest.
        by_stem: dict[str, list[str]] = {}
        for stem, last in map(endings.latin_stem_of, latin_form("\n".join(self._given)).split("\n")):
            by_stem.setdefault(stem, []).append(last)
        return by_stem

    def _add_cue(self, phrase: list[str], kind: int) -> None:
        last = phrase[-1]
        if kind == NAMING:
            self._phrases.setdefault(last, []).append(tuple(phrase[:-1]))
        index = self._beginnings if last.endswith("*") else self._cues
        last = last.removesuffix("*")
        index[last] = index.get(last, 0) | kind

    def _kind_of(self, word: str) -> int:
        """The bits of a folded word."""
        if len(word) > _LONGEST:
            return 0
        listed = self._listed(word)
        kind = 0
        for length in range(1, len(word) + 1):
            kind |= self._beginnings.get(word[:length], 0)
        if listed & GIVEN:
            kind &= ~ROLE  # Жиенбай begins as "жиен" does
        kind |= listed | self._cues.get(word, 0)
        if kind & NEVER:
            return kind & ~GIVEN
        formed = self._latin_kind(latin_form(word)) if is_latin(word) else self._kind_by_form(word)
        return kind | (formed & ~MADE_OF_TWO if listed & GIVEN else formed)

    def _listed(self, word: str) -> int:
        """Whether the lists have the word, in any case."""
        kind = 0
        is_whole_name = False
        for stem, ending in endings.parts_of(word):
            for listed, last in self._stems.get(stem, ()):
                is_whole_name = is_whole_name or (listed == GIVEN and ending == last)
                # The whole of a name goes before a short word with an ending: Галина is no case of "гали".
                if ending == last or not (is_whole_name and listed == ORDINARY):
                    kind |= listed if _may_end(listed, last, ending) else 0
        return kind

    def _kind_by_form(self, word: str) -> int:
        kind = 0
        if endings.may_be_patronymic(word) and (match := endings.PATRONYMIC.fullmatch(word)):
            kind |= self._patronymic_kind(match["root"], is_son=bool(match["son"]), is_daughter=bool(match["vna"]))
        if match := endings.FAMILY.fullmatch(word):
            kind |= _family_kind(match, is_name=self._is_name(match["root"]))
        return kind | (GIVEN | MADE_OF_TWO if endings.SECOND_PART.fullmatch(word) else 0)

    def _latin_kind(self, word: str) -> int:
        kind = self._latin_given(word)
        if match := endings.LATIN_PATRONYMIC.fullmatch(word):
            kind |= FAMILY if match["son"] and match["root"] not in self._latin_stems else PATRONYMIC
        if match := endings.LATIN_FAMILY.fullmatch(word):
            kind |= _family_kind(match, is_name=match["root"] in self._latin_stems)
        return kind | (GIVEN | MADE_OF_TWO if endings.LATIN_SECOND_PART.fullmatch(word) else 0)

    def _latin_given(self, word: str) -> int:
        kind = 0
        for stem, ending in endings.parts_of(word):
            for last in self._latin_stems.get(stem, ()):
                if ending == last:
                    return GIVEN
                if len(stem) >= _SHORT and endings.may_end_latin(last, ending):
                    kind = GIVEN | ENDED
        return kind

    def _is_name(self, root: str) -> bool:
        """Whether the root of a family name is a given name, by itself or made of two words."""
        return root in self._names or any(map(endings.SECOND_PART.fullmatch, (root, f"{root}й", f"{root}а")))

    def _patronymic_kind(self, root: str | None, *, is_son: bool, is_daughter: bool) -> int:
        if root and self._is_name(root):
            return PATRONYMIC | SURE_FAMILY
        # ашулы is "angry", and основной or уровне end as Петровна does, but have no name before it.
        if is_son:
            return FAMILY
        return 0 if root and is_daughter and len(root) <= _SHORT else PATRONYMIC


def _may_end(listed: int, last: str, ending: str) -> bool:
    return endings.may_end_name(last, ending) if listed == GIVEN else endings.may_end(last, ending)


def _family_kind(match: re.Match[str], *, is_name: bool) -> int:
    """How sure a family name is by its ending; `is_name` tells that its root is a given name."""
    if match["enko"] or (match["ov"] and is_name):
        return FAMILY | LIKELY_FAMILY | SURE_FAMILY
    return FAMILY | LIKELY_FAMILY if match["ov"] and len(match["root"]) >= _SHORT - 1 else FAMILY


def _folded(words: Iterable[str]) -> list[str]:
    """Folded words: all in one go, which takes a tenth of the time."""
    joined = "\n".join(words)
    return fold(joined).split("\n") if joined else []


def _add_stems(stems: _Stems, words: list[str], kind: int) -> frozenset[str]:
    """Put words of one kind into the index, by their stems; Али and Алия have the same. Returns the stems."""
    pairs = list(map(endings.stem_of, words))
    for stem, last in pairs:
        stems[stem] = (*stems.get(stem, ()), (kind, last))
    return frozenset(stem for stem, _ in pairs)
