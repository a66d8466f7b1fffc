"""What may be shown of a person: masked senders, and texts without addresses."""

from __future__ import annotations

import re

from schoolctl.domain.question import Sender
from schoolctl.domain.text import clean_line

MARKERS: dict[str, dict[str, str]] = {
    "kk": {"email": "[пошта]", "phone": "[телефон]", "iin": "[ЖСН]", "name": "[есімі]"},
    "ru": {"email": "[почта]", "phone": "[телефон]", "iin": "[ИИН]", "name": "[имя]"},
    "en": {"email": "[e-mail]", "phone": "[phone]", "iin": "[IIN]", "name": "[name]"},
}
# The second form is the one typed on a phone, with a blank beside the sign; Latin only, else it would eat a word.
_EMAIL = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}|"
    r"[A-Za-z0-9._+-]{1,64} ?@ ?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}"
)
_SIGN = r"[ \u00a0().\u2010-\u2015\u2212-]"
_GAP, _SPLIT = f"{_SIGN}{{0,4}}", f"{_SIGN}{{1,4}}"
# The digits must be grouped as a phone number is: "84.5 12.05.2022" or "75-120 150-400" are a laboratory's values.
_PHONE = re.compile(
    rf"""(?<!\d)(?:
      (?:\+[ ]?7|[87]){_GAP}[79]\d\d(?:{_GAP}\d){{7}}\d{{0,2}} # Kazakh and Russian, with the country's figure
    | 8{_GAP}\(\d{{3,5}}\)(?:{_GAP}\d){{5,7}}                  # with the town's code in brackets
    | 8\d{{10,12}}                                          # all in one, a typing error or two included
    | 7\d\d{_GAP}(?:\d{{7}}|\d{{3}}{_SPLIT}\d\d{_SPLIT}\d\d|\d{{3}}{_SPLIT}\d{{4}}|\d\d{_SPLIT}\d\d{_SPLIT}\d{{3}})
    | \+[ ]?\d(?:{_GAP}\d){{7,14}}                            # any other country
    )(?!\d)""",
    re.VERBOSE,
)
_SEVERAL_DIGITS = re.compile(r"\d(?:\D{0,4}\d){8}")
_TWELVE_DIGITS = re.compile(r"(?<!\d)\d{12}(?!\d)")
_TWELVE_SPACED_DIGITS = re.compile(r"(?<!\d)\d(?:[ \u00a0]?\d){11}(?!\d)")
_NAMES_AN_IIN = re.compile(r"(?<!\w)(?:ИИН|ЖСН|IIN)", re.IGNORECASE)
# Letters that people write one for the other, in names above all: ё and е, and Kazakh letters on a Russian keyboard.
_TWINS = ("её", "аә", "гғ", "кқ", "нң", "оө", "уұү", "хһ", "иі")
_LETTERS_OF = {letter: f"[{letters}]" for letters in _TWINS for letter in letters}
_WEIGHTS = (tuple(range(1, 12)), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
_SHORTEST_NAME = 3
_SHORTEST_PHONE = 8


def mask_sender(sender: Sender) -> str:
    """Enough to tell two senders apart in a table, too little to know who they are: `А*** +7***65`."""
    name = f"{sender.name[0]}***" if sender.name else ""
    return " ".join(part for part in (name, _mask_phone(sender.phone), _mask_email(sender.email)) if part)


def full_sender(sender: Sender) -> str:
    """The sender as organisers see it when they ask for it: `Name, phone, e-mail`."""
    return ", ".join(part for part in (sender.name, sender.phone, sender.email) if part)


def redact(text: str, language: str, sender: Sender) -> str:
    """`text` with e-mail addresses, phone numbers, IINs and the sender's own name replaced by typed markers.

    The markers are in the text's language (Russian for a language without markers of its own).
    """
    marker = MARKERS.get(language, MARKERS["ru"])
    # Each search is only made where it can find something: most questions hold neither @ nor digits.
    if "@" in text:
        text = _EMAIL.sub(marker["email"], text)
    if _SEVERAL_DIGITS.search(text):
        text = _without_iins(text, marker["iin"])
        text = _PHONE.sub(marker["phone"], text)
    if parts := _name_parts(sender.name):
        # Letters only bound a name: WhatsApp sets it in italics by underscores.
        text = re.sub(rf"(?i)(?<![^\W\d_])(?:{'|'.join(parts)})(?![^\W\d_])", marker["name"], text)
    return text


def is_iin(digits: str) -> bool:
    """Whether twelve digits are an individual identification number: a birth date and a right check digit.

    The check digit is the weighted sum modulo 11; where that gives 10, a second row of weights is used.
    """
    month, day = int(digits[2:4]), int(digits[4:6])
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004 - a month and a day
        return False
    for weights in _WEIGHTS:
        check = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11
        if check != 10:  # noqa: PLR2004 - 10 is no digit: the second row decides
            return check == int(digits[11])
    return False


def _without_iins(text: str, marker: str) -> str:
    # A number that its owner calls an IIN tells a birth date even when a digit is mistyped.
    is_named = bool(_NAMES_AN_IIN.search(text))
    text = _TWELVE_DIGITS.sub(lambda match: marker if is_named or is_iin(match[0]) else match[0], text)
    return _TWELVE_SPACED_DIGITS.sub(
        lambda match: marker if is_iin(re.sub(r"\D", "", match[0])) else match[0],
        text,
    )


def _name_parts(name: str) -> list[str]:
    """The words of a name as expressions that fit them in any spelling."""
    words = re.findall(r"[^\W\d_]+", clean_line(name).lower())
    return [
        "".join(_LETTERS_OF.get(letter, letter) for letter in word) for word in words if len(word) >= _SHORTEST_NAME
    ]


def _mask_phone(phone: str) -> str:
    if len(phone) < _SHORTEST_PHONE:
        return "***" if phone else ""
    return f"{phone[:2]}***{phone[-2:]}"


def _mask_email(email: str) -> str:
    local, _, domain = email.partition("@")
    return f"{local[:1]}***@{domain}" if email else ""
