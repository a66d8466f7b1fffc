"""An organiser may empty the lists of words: addresses and numbers are found all the same."""

from __future__ import annotations

from schoolctl.domain.question import Sender
from schoolctl.domain.redaction import PrivacyWords, redact


def test_empty_lists_are_lists() -> None:
    words = PrivacyWords([], [], {})
    assert redact("Можно ли мёд? +7 701 123 45 67", "ru", Sender(), words).text == "Можно ли мёд? [телефон]"
