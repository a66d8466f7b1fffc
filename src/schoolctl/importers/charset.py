"""Bytes of unknown or wrongly declared encoding -> text, by a ladder of facts; never raises.

The ladder: byte order mark, UTF-16 by its zero bytes, the declared charset when it is believable, strict UTF-8, mostly
intact UTF-8, then one-byte code pages by letter statistics, with chardet as the judge where these are unsure.
"""

from __future__ import annotations

import codecs
import math
import re
from dataclasses import dataclass
from itertools import islice
from typing import Final

UTF_8: Final = "utf-8"
# In the order in which a tie is decided: the code pages people here still use come first.
ONE_BYTE_ENCODINGS: Final = (
    "windows-1251", "kz1048", "koi8-r", "ibm866", "mac-cyrillic", "iso-8859-5", "ptcp154", "windows-1252",
)  # fmt: skip

_MARKS: Final = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as the mark of UTF-16 does, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Declared names Python does not know, as mail programs and web forms write them.
_ALIASES: Final = {
    "win-1251": "cp1251", "cp-1251": "cp1251", "x-cp1251": "cp1251", "windows1251": "cp1251", "ansi-1251": "cp1251",
    "koi8": "koi8-r", "koi": "koi8-r", "cp-866": "cp866", "x-mac-cyrillic": "mac-cyrillic", "x-sjis": "cp932",
    "x-user-defined": "", "utf8mb4": "utf-8", "unicode": "utf-16", "strk1048-2002": "kz1048",
}  # fmt: skip
# Mail programs that do not know better declare these; on bytes above 127 they say nothing.
_WEAK_DECLARATIONS: Final = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
# Codecs that are no charsets of messages: they interpret escapes, are slow by design, or depend on the machine.
_NO_CHARSETS: Final = frozenset(
    {"unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape", "idna", "punycode", "undefined",
     "mbcs", "oem", "utf-7"}
)  # fmt: skip
_LABELS: Final = {"cp1251": "windows-1251", "cp1252": "windows-1252", "cp866": "ibm866", "iso8859-5": "iso-8859-5"}
_LONGEST_NAME = 40
_SAMPLED_WORDS = 400
_UTF16_SAMPLE = 4096
_UTF16_SHARE = 0.7
_INTACT_PER_DAMAGED = 4
# A judgement closer than this, in nats for the whole sample, is left to chardet.
_UNSURE_MARGIN = 3.0
# How much likelier, per letter, another reading must be before a declared charset is not believed.
_DISBELIEF_PER_LETTER = 1.5

_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(rb"[!-\xff]{1,60}")
_LATIN_LETTER = re.compile(rb"[A-Za-z]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CUT_SEQUENCE = re.compile(rb"[\xc2-\xdf]\Z|[\xe0-\xef][\x80-\xbf]?\Z|[\xf0-\xf4][\x80-\xbf]{0,2}\Z")
_SURROGATE = re.compile("[\ud800-\udfff]")

# Natural logarithms of how often a letter stands among the letters of Russian and Kazakh text, in steps.
_LETTER_STEPS: Final = (
    ("оаеинтр", -2.7), ("слвкд", -3.2), ("мпуыяі", -3.8), ("ьгзбчйқ", -4.3), ("хжшюңөғұүә", -4.8), ("цщэёһ", -5.5),
    ("ъф", -6.0),
)  # fmt: skip
_CAPITAL = -1.5
_CAPITAL_AMONG_CAPITALS = 1.3
_VOWELS: Final = frozenset("аеёиоуыэюяәөұүіАЕЁИОУЫЭЮЯӘӨҰҮІ")
_VOWELS_AND_SIGNS: Final = _VOWELS | frozenset("ьъЬЪ")
_ODD_PAIR = -1.5
_ALTERNATING_PAIR = 0.5
_TYPOGRAPHY: Final = dict.fromkeys("«»“”„‘’—–…№\u00a0", -5.5) | dict.fromkeys("°·•½±§€©®×", -7.5)
_ACCENTED = -6.5
_FOREIGN_CYRILLIC = -10.0
_SYMBOL = -11.0
_CONTROL = -15.0
# A capital after a small letter, or Cyrillic next to Latin in one word: rare in texts, the rule in wrong readings.
_ODD_NEIGHBOUR = -5.0
# In an English text a lone ½ or é is likelier than a lone Cyrillic letter: what each such byte adds to windows-1252.
_LATIN_SURROUNDINGS = 4.0
_LATIN_LETTERS_PER_HIGH_BYTE = 6
_LATIN_SAMPLE = 8192
_FIT: Final = {letter: weight for letters, weight in _LETTER_STEPS for letter in letters}
_FIT.update({letter.upper(): weight + _CAPITAL for letter, weight in tuple(_FIT.items())})
_FIT.update(_TYPOGRAPHY)
_NEVER_BEFORE_LETTERS: Final = frozenset("0123456789?!.,;:)”’…№°½")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """What bytes say: the text without lone surrogates, the encoding read, and what was guessed or lost."""

    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


def decode_text(data: bytes, declared: str = "") -> DecodedText:
    """The text of `data`; `declared` is the charset its sender named (any spelling, possibly wrong or unknown)."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, guessed=False)
    named = _codec_name(declared)
    if not _HIGH.search(data) and b"\0" not in data and b"\4" not in data and not _may_be_stateful(named):
        return DecodedText(data.decode("ascii"), "ascii")
    if _is_believable(data, named):
        return _decode_as(data, named, guessed=False)
    encoding = detect_encoding(data)
    expected = {UTF_8, "utf-16-le", "utf-16-be"} if not declared.strip() else {named}
    return _decode_as(data, encoding, guessed=encoding not in expected)


def detect_encoding(sample: bytes) -> str:
    """The encoding of a file that begins with `sample`; a character cut off at the sample's end does not matter."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return "utf-8-sig" if encoding == UTF_8 else encoding.removesuffix("-le").removesuffix("-be")
    wide = _utf16_by_zero_bytes(sample)
    if wide:
        return wide
    if _is_mostly_utf8(sample):
        return UTF_8
    return _one_byte_encoding(sample)


def letter_fit(text: str) -> float:
    """How well the non-ASCII characters of `text` fit Russian, Kazakh or accented Latin: a sum of logarithms (nats).

    Sums of different readings of the same bytes can be compared; a higher one is the likelier reading.
    """
    total = 0.0
    before = " "
    for character in text:
        if character > "\x7f":
            total += _FIT.get(character) or _rare_character_fit(character, before)
        if character > "\x7f" or before > "\x7f":
            total += _neighbour_fit(before, character)
        before = character
    return total


def _neighbour_fit(before: str, character: str) -> float:
    """What two characters side by side, one of them not ASCII, add to their own logarithms."""
    if not character.isalpha():
        return 0.0
    if not before.isalpha():
        return _ODD_NEIGHBOUR if before in _NEVER_BEFORE_LETTERS else 0.0
    if _is_latin(before) != _is_latin(character):
        return _ODD_NEIGHBOUR
    if character.isupper():
        return _pair_fit(before, character) + (_CAPITAL_AMONG_CAPITALS if before.isupper() else _ODD_NEIGHBOUR)
    return _pair_fit(before, character)


def _pair_fit(before: str, character: str) -> float:
    """What a pair of Cyrillic letters adds: vowels and consonants alternate, ь and ъ follow consonants."""
    if before in _VOWELS and character in _VOWELS_AND_SIGNS:
        return _ODD_PAIR
    return _ALTERNATING_PAIR if (before in _VOWELS) != (character in _VOWELS) else 0.0


def _rare_character_fit(character: str, before: str) -> float:
    """The logarithm for a character that is no letter of Russian or Kazakh and no usual typographic sign."""
    if character.isalpha() and _is_latin(character):
        # é, ü, ñ stand inside Latin words; alone or in a row they are signs of a wrong reading.
        return _ACCENTED if before.isascii() and character.islower() else _ACCENTED + _ODD_NEIGHBOUR
    if character.isalpha():
        return _FOREIGN_CYRILLIC
    if character < "\xa0" or character == "\ufffd" or "\ud800" <= character <= "\udfff":
        return _CONTROL
    return _SYMBOL


def _is_latin(character: str) -> bool:
    """Whether a letter belongs to the Latin blocks (basic to extended B)."""
    return character < "\u0250"


def _decode_as(data: bytes, encoding: str, *, guessed: bool) -> DecodedText:
    """`data` read as `encoding`, what cannot be read replaced by U+FFFD and counted."""
    encoding = encoding.removesuffix("-sig")
    repairs = [f"read as {_LABELS.get(encoding, encoding)}"] if guessed else []
    try:
        text = data.decode(encoding)
        lost = 0
    except UnicodeDecodeError:
        text, lost = _decode_damaged(data, encoding)
    text, surrogates = _SURROGATE.subn("\ufffd", text)
    lost = lost or surrogates
    if lost:
        repairs.append(f"damaged: {lost} {'byte' if lost == 1 else 'bytes'} could not be read")
    return DecodedText(text, _LABELS.get(encoding, encoding), tuple(repairs))


def _decode_damaged(data: bytes, encoding: str) -> tuple[str, int]:
    """`data` with the unreadable replaced, and how many bytes (in wide encodings: characters) that were."""
    try:
        # Each unreadable byte becomes one lone surrogate, so that the bytes can be counted exactly.
        return _SURROGATE.subn("\ufffd", data.decode(encoding, "surrogateescape"))
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return text, max(1, text.count("\ufffd"))


def _codec_name(declared: str) -> str:
    """Python's name of the declared charset; empty when there is no such charset."""
    name = declared.strip(" \t\r\n\"';").lower()
    name = _ALIASES.get(name, name)
    if not 0 < len(name) <= _LONGEST_NAME or not name.isascii():
        return ""
    try:
        found = codecs.lookup(name)
        b"".decode(found.name)
    except (LookupError, ValueError):
        return ""
    return "" if found.name in _NO_CHARSETS else found.name


def _may_be_stateful(named: str) -> bool:
    """Whether plain ASCII bytes may mean other letters in this charset (ISO-2022, HZ)."""
    return named.startswith(("iso2022", "hz"))


def _is_believable(data: bytes, named: str) -> bool:
    """Whether `data` can be what its sender declared: it decodes strictly and looks no worse than other readings."""
    if not named or named in _WEAK_DECLARATIONS or named.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
        return False
    try:
        data.decode(named)
    except (UnicodeError, ValueError):
        return False
    if named == UTF_8 or _may_be_stateful(named):
        return not _utf16_by_zero_bytes(data)
    if _is_strict_utf8(data) or _utf16_by_zero_bytes(data):
        return False
    return named == "cp1251" or _is_likely_reading(data, named)


def _is_likely_reading(data: bytes, named: str) -> bool:
    """Whether letter statistics do not speak clearly against a declared one-byte charset."""
    words = _sampled_words(data)
    scores = _scores(words)
    ours = letter_fit(words.decode(named, "replace"))
    best = max(scores.values(), default=-math.inf)
    return best - ours <= _DISBELIEF_PER_LETTER * len(_HIGH.findall(words))


def _is_strict_utf8(data: bytes) -> bool:
    """Whether all of `data` is UTF-8."""
    try:
        data.decode(UTF_8)
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_utf8(sample: bytes) -> bool:
    """Whether `sample` is UTF-8, but for a cut end or a few damaged bytes."""
    if sample.isascii() or _is_strict_utf8(sample):
        return True
    sequences = _UTF8_SEQUENCE.findall(sample)
    damaged = len(_HIGH.findall(sample)) - sum(map(len, sequences))
    cut_off = _CUT_SEQUENCE.search(sample)
    return len(sequences) > _INTACT_PER_DAMAGED * (damaged - len(cut_off.group() if cut_off else b""))


def _utf16_by_zero_bytes(sample: bytes) -> str:
    """UTF-16 without a mark: every second byte is 0 (Latin) or 4 (Cyrillic); empty when it is not so."""
    head = sample[:_UTF16_SAMPLE]
    pairs = len(head) // 2
    if not pairs or not (b"\0" in head or b"\4" in head):
        return ""
    for encoding, high_bytes, low_bytes in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        pages = sum(high_bytes.count(page) for page in (b"\0", b"\4"))
        if pages >= _UTF16_SHARE * pairs and low_bytes.count(b"\0") <= pairs // 10:
            return encoding
    return ""


def _sampled_words(data: bytes) -> bytes:
    """The first words of `data` that hold bytes above 127, with a blank between them."""
    words = (match.group() for match in _WORD.finditer(data))
    return b" ".join(islice((word for word in words if not word.isascii()), _SAMPLED_WORDS))


def _scores(words: bytes) -> dict[str, float]:
    """How well each one-byte encoding fits `words`."""
    return {encoding: letter_fit(words.decode(encoding, "replace")) for encoding in ONE_BYTE_ENCODINGS}


def _latin_bonus(sample: bytes) -> float:
    """What speaks for windows-1252 when bytes above 127 are few among Latin letters."""
    head = sample[:_LATIN_SAMPLE]
    high = len(_HIGH.findall(head))
    letters = len(_LATIN_LETTER.findall(head))
    return _LATIN_SURROUNDINGS * high if letters > _LATIN_LETTERS_PER_HIGH_BYTE * high else 0.0


def _one_byte_encoding(sample: bytes) -> str:
    """The likeliest one-byte encoding; chardet decides between two that letter statistics cannot tell apart."""
    words = _sampled_words(sample)
    scores = _scores(words)
    scores["windows-1252"] += _latin_bonus(sample)
    best, second = sorted(scores, key=lambda name: -scores[name])[:2]
    # Readings that give the very same text need no judge: the first in our order is as good.
    if scores[best] - scores[second] > _UNSURE_MARGIN or words.decode(best, "replace") == words.decode(
        second, "replace"
    ):
        return best
    import chardet

    answer = chardet.detect(words, include_encodings=(best, second), no_match_encoding=best)["encoding"]
    return second if answer and codecs.lookup(answer) == codecs.lookup(second) else best
