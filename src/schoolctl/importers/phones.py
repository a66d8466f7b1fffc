"""Phone numbers as people write them -> E.164, so that one person is one however the number is spelt."""

from __future__ import annotations

from schoolctl.domain.text import clean_line

HOME_REGION = "KZ"


def e164(text: str) -> str:
    """The number in E.164 (`8 (777) 079-31-65` -> `+77770793165`), or empty when `text` is no valid number.

    A spreadsheet's `87770793165.0` is understood; dates, IINs and laboratory ranges are no valid numbers.
    """
    # Loaded here: the number plans are needed by imports only, and every command would pay for them.
    import phonenumbers

    candidate = clean_line(text).removesuffix(".0")
    if not any(character.isdigit() for character in candidate):
        return ""
    try:
        number = phonenumbers.parse(candidate, HOME_REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
