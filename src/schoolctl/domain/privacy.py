"""What may be shown of a person: masked senders, and texts without addresses."""

from __future__ import annotations

import re

from schoolctl.domain.question import Sender
from schoolctl.domain.text import fold_for_comparison

MARKERS: dict[str, dict[str, str]] = {
    "kk": {"email": "[пошта]", "phone": "[телефон]", "iin": "[ЖСН]", "name": "[есімі]"},
    "ru": {"email": "[почта]", "phone": "[телефон]", "iin": "[ИИН]", "name": "[имя]"},
    "en": {"email": "[e-mail]", "phone": "[phone]", "iin": "[IIN]", "name": "[name]"},
}
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
# An international number, or a Kazakh one with 8/7 in front; blanks, hyphens, dots and brackets between digits.
_PHONE = re.compile(r"(?<![\w.])(?:\+\d|8|7)(?:[ \u00a0().\-]{0,2}\d){9,13}(?![\w])")
_TWELVE_DIGITS = re.compile(r"(?<!\d)\d{12}(?!\d)")
_WEIGHTS = (tuple(range(1, 12)), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
_SHORTEST_NAME = 3


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
    text = _EMAIL.sub(marker["email"], text)
    text = _TWELVE_DIGITS.sub(lambda match: marker["iin"] if is_iin(match[0]) else match[0], text)
    text = _PHONE.sub(marker["phone"], text)
    for part in _name_parts(sender.name):
        text = re.sub(rf"(?i)(?<!\w){re.escape(part)}(?!\w)", marker["name"], text)
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


def _name_parts(name: str) -> list[str]:
    words = [word for word in fold_for_comparison(name).split() if not any(c.isdigit() for c in word)]
    return [word for word in words if len(word) >= _SHORTEST_NAME]


def _mask_phone(phone: str) -> str:
    return f"{phone[:2]}***{phone[-2:]}" if phone else ""


def _mask_email(email: str) -> str:
    local, _, domain = email.partition("@")
    return f"{local[:1]}***@{domain}" if email else ""
