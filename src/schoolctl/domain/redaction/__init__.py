"""Redaction of what strangers write: nothing that leads to a person leaves the store.

`redact` looks for e-mail addresses and accounts (`mails`), IINs and phones (`numbers`), `documents`, addresses
(`places`), `names` and birth `dates`, in this order, and puts typed markers (`marks`) in their place. What a single
word can be is looked up in `words`; how it stands in the text is told by `sentence`.
"""

from __future__ import annotations

from schoolctl.domain.question import Mark
from schoolctl.domain.redaction.marks import MARKERS, Redaction
from schoolctl.domain.redaction.redact import redact
from schoolctl.domain.redaction.words import SECTIONS, PrivacyWords

__all__ = ["MARKERS", "SECTIONS", "Mark", "PrivacyWords", "Redaction", "redact"]
