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

from schoolctl.importers.mojibake import letter_fit

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
    "utf-8-sig": "utf-8", "utf8mb4": "utf-8", "unicode": "utf-16", "strk1048-2002": "kz1048",
}  # fmt: skip
# Mail programs that do not know better declare these; on bytes above 127 they say nothing.
_WEAK_DECLARATIONS: Final = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
_WIDE: Final = ("utf-16", "utf-32", "utf_16", "utf_32")
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
_DISBELIEF_PER_LETTER = 0.6

_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(rb"[!-\xff]{1,60}")
_LATIN_LETTER = re.compile(rb"[A-Za-z]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CUT_SEQUENCE = re.compile(rb"[\xc2-\xdf]\Z|[\xe0-\xef][\x80-\xbf]?\Z|[\xf0-\xf4][\x80-\xbf]{0,2}\Z")
_SURROGATE = re.compile("[\ud800-\udfff]")

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_COMMON_LETTERS = re.compile("[аеиоунтсрвлкмд]")
_PLAIN_SHARE = 0.6

# In an English text a lone ½ or é is likelier than a lone Cyrillic letter: what each such byte adds to windows-1252.
_LATIN_SURROUNDINGS = 4.0
_LATIN_LETTERS_PER_HIGH_BYTE = 6
_LATIN_SAMPLE = 8192
# Code page 154 gives a letter to every byte, so that damaged text of others would seem to be in it.
_RARELY_USED = -3.0


@dataclass(frozen=True, slots=True)
class DecodedText:
    """What bytes say: the text without lone surrogates, the encoding read, and what was guessed or lost."""

    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


def decode_text(data: bytes, declared: str = "") -> DecodedText:
    """The text of `data`; `declared` is the charset its sender named (any spelling, possibly wrong or unknown)."""
    mark, marked = _byte_order_mark(data)
    if mark:
        return _decode_as(data[len(mark) :], marked, guessed=False)
    named = _codec_name(declared)
    if _is_plain_ascii(data) and not _may_be_stateful(named):
        return DecodedText(data.decode("ascii"), "ascii")
    if _is_believable(data, named):
        return _decode_as(data, named, guessed=False)
    encoding = detect_encoding(data)
    expected = {UTF_8, "utf-16-le", "utf-16-be"} if not declared.strip() else {named}
    return _decode_as(data, encoding, guessed=encoding not in expected)


def detect_encoding(sample: bytes) -> str:
    """The encoding of a file that begins with `sample`; a character cut off at the sample's end does not matter."""
    mark, marked = _byte_order_mark(sample)
    if mark:
        # Codecs of these names take the mark away themselves.
        return "utf-8-sig" if marked == UTF_8 else marked.removesuffix("-le").removesuffix("-be")
    wide = _utf16_by_zero_bytes(sample)
    if wide:
        return wide
    if _is_mostly_utf8(sample):
        return UTF_8
    return _one_byte_encoding(sample)


def _byte_order_mark(data: bytes) -> tuple[bytes, str]:
    """The mark that `data` begins with and its encoding; both empty when there is none."""
    return next((pair for pair in _MARKS if data.startswith(pair[0])), (b"", ""))


def _is_plain_ascii(data: bytes) -> bool:
    # Zeros and fours are the high bytes of Latin and Cyrillic letters in UTF-16, though ASCII by themselves.
    return data.isascii() and b"\0" not in data and b"\4" not in data


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
        b"a".decode(found.name)  # refuses what is no charset (base64, rot13)
    except (LookupError, ValueError):
        return ""
    return "" if found.name in _NO_CHARSETS else found.name


def _may_be_stateful(named: str) -> bool:
    """Whether plain ASCII bytes may mean other letters in this charset (ISO-2022, HZ)."""
    return named.startswith(("iso2022", "hz"))


def _is_believable(data: bytes, named: str) -> bool:
    """Whether `data` can be what its sender declared: it decodes strictly and looks no worse than other readings."""
    if not _says_much(named) or not _decodes(data, named) or _utf16_by_zero_bytes(data):
        return False
    return _proves_itself(named) or (not _decodes(data, UTF_8) and _is_likely_reading(data, named))


def _says_much(named: str) -> bool:
    """Whether a declaration is worth a look: what is UTF-16 or UTF-32 shows it by its mark or its zero bytes."""
    return bool(named) and named not in _WEAK_DECLARATIONS and not named.startswith(_WIDE)


def _proves_itself(named: str) -> bool:
    """Whether bytes that decode strictly in this charset can hardly be in another: one-byte code pages take all."""
    return named == UTF_8 or _may_be_stateful(named)


def _is_likely_reading(data: bytes, named: str) -> bool:
    """Whether letter statistics do not speak clearly against a declared one-byte charset."""
    # The code page that people here still use is believed at once.
    if named == "cp1251" or _reads_plainly(data.decode(named)):
        return True
    words = _sampled_words(data)
    scores = _scores(words)
    ours = letter_fit(words.decode(named, "replace"))
    best = max(scores.values(), default=-math.inf)
    return best - ours <= _DISBELIEF_PER_LETTER * len(_HIGH.findall(words))


def _reads_plainly(text: str) -> bool:
    """Whether a text is mostly of the commonest small letters: no wrong reading looks so, and it is quick to see."""
    signs = len(_NOT_ASCII.findall(text))
    return bool(signs) and len(_COMMON_LETTERS.findall(text)) > _PLAIN_SHARE * signs


def _decodes(data: bytes, encoding: str) -> bool:
    """Whether all of `data` can be read in this encoding."""
    try:
        data.decode(encoding)
    except ValueError:
        return False
    return True


def _is_mostly_utf8(sample: bytes) -> bool:
    """Whether `sample` is UTF-8, but for a cut end or a few damaged bytes."""
    if _decodes(sample, UTF_8):
        return True
    sequences = _UTF8_SEQUENCE.findall(sample)
    damaged = len(_HIGH.findall(sample)) - sum(map(len, sequences))
    cut_off = _CUT_SEQUENCE.search(sample)
    return len(sequences) > _INTACT_PER_DAMAGED * (damaged - len(cut_off.group() if cut_off else b""))


def _utf16_by_zero_bytes(sample: bytes) -> str:
    """UTF-16 without a mark: every second byte is 0 (Latin) or 4 (Cyrillic); empty when it is not so."""
    head = sample[:_UTF16_SAMPLE]
    pairs = len(head) // 2
    # Nearly all texts hold neither byte: a quick no.
    if b"\0" not in head and b"\4" not in head:
        return ""
    for encoding, high_bytes, low_bytes in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        pages = high_bytes.count(b"\0") + high_bytes.count(b"\4")
        # Low bytes are those of letters, hardly ever 0: zeros at both places are a binary file.
        if 0 < _UTF16_SHARE * pairs <= pages and low_bytes.count(b"\0") <= pairs // 10:
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
    scores["ptcp154"] += _RARELY_USED
    best, second = sorted(scores, key=lambda name: -scores[name])[:2]
    # Readings that give the very same text need no judge: the first in our order is as good.
    is_same_text = words.decode(best, "replace") == words.decode(second, "replace")
    if is_same_text or scores[best] - scores[second] > _UNSURE_MARGIN:
        return best
    import chardet

    answer = chardet.detect(words, include_encodings=(best, second), no_match_encoding=best)["encoding"]
    return second if answer and codecs.lookup(answer) == codecs.lookup(second) else best
