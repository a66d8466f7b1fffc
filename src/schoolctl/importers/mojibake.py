"""Text that was once read in a wrong encoding (`Р”Р°`, `Centerâ€™s`, `Ïðèâåò`) -> text as it was written.

Clean Kazakh, Russian and English comes back unchanged. A repair is made only when the bytes prove it (strict UTF-8) or
when letter statistics speak clearly; what stays garbled or has lost letters is named "damaged".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

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
_SYMBOL = -11.0  # also a byte that the code page does not define
_CONTROL = -15.0
_END_OF_LATIN = "\u0250"
# A capital after a small letter, or Cyrillic next to Latin in one word: rare in texts, the rule in wrong readings.
_ODD_NEIGHBOUR = -5.0
_FIT: Final = {letter: weight for letters, weight in _LETTER_STEPS for letter in letters}
_FIT.update({letter.upper(): weight + _CAPITAL for letter, weight in tuple(_FIT.items())})
_FIT.update(_TYPOGRAPHY)
# What no word begins right after, with nothing between.
_NEVER_BEFORE_LETTERS: Final = dict.fromkeys("0123456789?!.,;:)”’–—…№°½", _ODD_NEIGHBOUR)
_MOST_ROUNDS = 4
# Code pages in which bytes get misread, and those in which they were written.
_READ_AS: Final = ("cp1251", "cp1252", "latin-1", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5")
_WRITTEN_AS: Final = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5")
_MISREADINGS: Final = tuple((wrong, right) for wrong in _READ_AS for right in _WRITTEN_AS if wrong != right)
_LATIN: Final = ("cp1252", "latin-1")
_NAMES: Final = {"cp1251": "windows-1251", "cp1252": "windows-1252", "cp866": "ibm866", "iso8859-5": "iso-8859-5"}
# What another reading must gain (nats): in all, and for each changed character.
_CLEAR_GAIN = 10.0
_GAIN_PER_CHANGE = 0.6
_KAZAKH_GAIN = 4.0
_JUDGED_LENGTH = 1000
_FTFY_OFF: Final = (
    "unescape_html", "remove_terminal_escapes", "decode_inconsistent_utf8", "fix_c1_controls", "fix_latin_ligatures",
    "fix_character_width", "uncurl_quotes", "fix_line_breaks", "fix_surrogates", "remove_control_chars",
)  # fmt: skip

# Cheap signs, none of them in usual clean text: only text that shows one is looked at closely. All branches hang on
# one leading set of characters, which the regex engine skips to (3 instead of 10 microseconds for a question).
_FOREIGN = "\x80-\x9f\ufffd\u00c0-\u00ff\u2500-\u259f\u221aЂЃЄ\u0405Ї\u0408ЉЊЋЌЎЏђѓє\u0455ї\u0458љњћќўџҐґ"
_SIGNS = re.compile(
    f"[{_FOREIGN}А-ЯЁ–—†≤≥ьъ](?:(?<=[{_FOREIGN}])|(?<=[а-яё][А-ЯЁ])|(?<=[–—†≤≥])[А-Яа-я]|(?<=[аеиоуыэюя][ьъ])"
    "|(?<=[РС])[\u00a0-\u00b6\u2013-\u2022‰€™№·Ііё]|(?<=[ьъЬЪ])(?<!\\w[ьъЬЪ])\\w)"
)
_KAZAKH_READ_AS_1251 = re.compile("[Ќќ\u0405\u0455\u0408\u0458Џџ]")
_CONTROLS = re.compile("[\x80-\x9f]")
_USUAL = re.compile("[\\t -\u052f\u1e00-\u1eff\u2000-\u26ff\ufe0f\U0001f000-\U0001faff]*")
_TOKEN = re.compile("[^ \t]+")
_WHOLE = re.compile("(?s).+")
_CONTINUATION_1251 = bytes(range(0x80, 0xC0)).decode("cp1251", "ignore") + "\x98\ufffd"
_CONTINUATION_1252 = "\x80-\xbf" + bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")
_GARBLED_PAIR = re.compile(f"[РС][{re.escape(_CONTINUATION_1251)}]|[ÐÑ][{_CONTINUATION_1252}]")
_FEWEST_PAIRS = 3
_GARBLED_SHARE = 0.27  # of all non-ASCII characters; a pair is two of them
_LONE_LEAD = re.compile("[РСÐÑ](?=[ РСÐÑ]|$)")
# Of all bytes only 0x98 is undefined in windows-1251, and only И needs it: the letter most often lost.
_LOST_I = re.compile(f"Р\ufffd|Р(?=[РС][{re.escape(_CONTINUATION_1251)}])")


def repair_mojibake(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` as it was written, and what was mended: nothing for clean text; "damaged: ..." where letters are lost."""
    if not _looks_garbled(text):
        return text, ()
    repairs: dict[str, None] = {}
    lines = [_repair_line(line, repairs) if _looks_garbled(line) else line for line in text.split("\n")]
    return "\n".join(lines), tuple(repairs)


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
        return _NEVER_BEFORE_LETTERS.get(before, 0.0)
    if (before < _END_OF_LATIN) != (character < _END_OF_LATIN):
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
    if not character.isalpha():
        return _CONTROL if _is_control(character) else _SYMBOL
    if character >= _END_OF_LATIN:
        return _FOREIGN_CYRILLIC
    # é, ü, ñ stand inside Latin words; alone or in a row they are signs of a wrong reading.
    return _ACCENTED if before.isascii() and character.islower() else _ACCENTED + _ODD_NEIGHBOUR


def _is_control(character: str) -> bool:
    """Whether a character above 127 is a C1 control or half of a surrogate pair."""
    return character < "\xa0" or "\ud800" <= character <= "\udfff"


def _looks_garbled(text: str) -> bool:
    """Whether `text` shows a sign of a wrong reading; all capitals are one (KOI8 swaps the case)."""
    return not text.isascii() and (text.isupper() or _SIGNS.search(text) is not None)


def _repair_line(line: str, repairs: dict[str, None]) -> str:
    """One line mended as far as it can be; what was done is added to `repairs`."""
    line = _with_lost_letters(line, repairs)
    for _ in range(_MOST_ROUNDS):
        mended, misread = _mend_once(line)
        if mended == line:
            break
        repairs[f"garbled letters restored ({misread})"] = None
        if misread.startswith("utf-8") and _LONE_LEAD.search(line):
            repairs["damaged: a letter was lost on the way (И may stand as Р)"] = None
        line = mended
    repairs.update(dict.fromkeys(_remaining_damage(line)))
    return line


def _with_lost_letters(line: str, repairs: dict[str, None]) -> str:
    # Fewer pairs may stand in clean text too: there no letter is missing.
    if _count_pairs(line) < _FEWEST_PAIRS:
        return line
    line, restored = _LOST_I.subn("Р\x98", line)
    if restored:
        repairs["damaged: a lost letter was restored as И"] = None
    return line


def _remaining_damage(line: str) -> Iterator[str]:
    high = sum(letter > "\x7f" for letter in line)
    if _count_pairs(line) > max(_FEWEST_PAIRS, _GARBLED_SHARE * high):
        yield "damaged: garbled text could not be restored"
    if "\ufffd" in line:
        yield "damaged: some characters could not be read"


def _count_pairs(line: str) -> int:
    """How many pairs of characters look like one Cyrillic letter of UTF-8 in a wrong reading."""
    return len(_GARBLED_PAIR.findall(line))


def _mend_once(line: str) -> tuple[str, str]:
    """`line` with one wrong reading undone, and which; unchanged when there is none."""
    for mend in (_undo_by_ftfy, _undo_by_round_trip, _undo_wrong_code_page, _undo_kazakh_code_page, _undo_controls):
        mended, misread = mend(line)
        if mended != line:
            return mended, misread
    return line, ""


def _undo_by_ftfy(line: str) -> tuple[str, str]:
    """UTF-8 read as windows-1251, windows-1252 or latin-1, once or several times."""
    from ftfy import TextFixerConfig, fix_encoding_and_explain

    # Clean quotes, ligatures, widths and line ends stay as they are.
    config = TextFixerConfig(normalization=None, **dict.fromkeys(_FTFY_OFF, False))
    mended, steps = fix_encoding_and_explain(line, config)
    codecs = (str(step[1]).removeprefix("sloppy-") for step in steps or () if step[0] == "encode")
    return mended, f"utf-8 read as {next(codecs, 'another encoding')}"


def _undo_by_round_trip(line: str) -> tuple[str, str]:
    """UTF-8 read as another code page: a word encoded back is strict UTF-8 and shorter."""
    for codec in _READ_AS:
        # One pair alone may be chance (`С…` is also the bytes of `х`); once another word proves it, it is none.
        if len(_words_as_utf8(line, codec, 2)) < len(line):
            return _words_as_utf8(line, codec, 1), f"utf-8 read as {_NAMES.get(codec, codec)}"
    return line, ""


def _words_as_utf8(line: str, codec: str, fewest: int) -> str:
    """`line` with each word read as UTF-8 that then is at least `fewest` bytes shorter and still text."""

    def read_again(token: re.Match[str]) -> str:
        try:
            data = token.group().encode(codec)
            mended = data.decode("utf-8")
        except UnicodeError:
            return token.group()
        # Clean `сон` is valid UTF-8 in code page 866, of a Sundanese letter: what comes out must be likelier text.
        is_text = _USUAL.fullmatch(mended) is not None and letter_fit(mended) > letter_fit(token.group())
        return mended if is_text and len(data) - len(mended) >= fewest else token.group()

    return _TOKEN.sub(read_again, line)


def _undo_wrong_code_page(line: str) -> tuple[str, str]:
    """One Cyrillic code page read as another (or as Latin): the reading that letter statistics clearly prefer."""
    sample = line[:_JUDGED_LENGTH]
    if _count_pairs(sample) >= _FEWEST_PAIRS:  # damaged UTF-8: any other reading of it would be noise
        return line, ""
    readings = _other_readings(sample)
    if not readings:
        return line, ""
    wrong, right = max(readings, key=lambda pair: letter_fit(readings[pair]))
    if not _is_clearly_likelier(readings[wrong, right], sample):
        return line, ""
    return _read_again(line, wrong, right), f"{_NAMES.get(right, right)} read as {_NAMES.get(wrong, wrong)}"


def _other_readings(sample: str) -> dict[tuple[str, str], str]:
    """What `sample` says when a code page was taken for another, for each pair of these that changes it."""
    return {pair: reading for pair in _MISREADINGS if (reading := _read_again(sample, *pair)) != sample}


def _is_clearly_likelier(reading: str, sample: str) -> bool:
    changes = sum(old != new for old, new in zip(sample, reading, strict=True))
    return letter_fit(reading) - letter_fit(sample) >= max(_CLEAR_GAIN, _GAIN_PER_CHANGE * changes)


def _undo_kazakh_code_page(line: str) -> tuple[str, str]:
    """Kazakh of code page 1048 read as windows-1251: `Ќант` -> `Қант`; Ukrainian letters alone are no sign of it."""
    if not _KAZAKH_READ_AS_1251.search(line):
        return line, ""
    candidate = _read_again(line, "cp1251", "kz1048")
    if _has_only_known_letters(candidate) and letter_fit(candidate) - letter_fit(line) >= _KAZAKH_GAIN:
        return candidate, "kz1048 read as windows-1251"
    return line, ""


def _has_only_known_letters(text: str) -> bool:
    """Whether all letters above 127 are those of Russian and Kazakh."""
    return all(letter in _FIT for letter in text if letter > "\x7f" and letter.isalpha())


def _undo_controls(line: str) -> tuple[str, str]:
    """C1 control characters that were quotes and dashes of windows-1252: no text means them as controls."""
    mended = _CONTROLS.sub(lambda found: found.group().encode("latin-1").decode("cp1252", "replace"), line)
    return mended, "windows-1252 read as latin-1"


def _read_again(line: str, wrong: str, right: str) -> str:
    """`line` encoded as it was wrongly read and decoded as it was written; where that is impossible, unchanged."""

    def recode(token: re.Match[str]) -> str:
        try:
            return token.group().encode(wrong).decode(right)
        except UnicodeError:
            return token.group()

    # Latin readings are undone word by word: words in Cyrillic letters beside them are clean and stay.
    return (_TOKEN if wrong in _LATIN else _WHOLE).sub(recode, line)
