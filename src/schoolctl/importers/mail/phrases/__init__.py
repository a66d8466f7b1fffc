"""Tables of what mail programs and letter writers say, one file a language, registered here by one line each."""

from __future__ import annotations

from schoolctl.importers.mail.phrases.en import EN
from schoolctl.importers.mail.phrases.kk import KK
from schoolctl.importers.mail.phrases.ru import RU
from schoolctl.importers.mail.phrases.rules import MailPhrases

PHRASES: tuple[MailPhrases, ...] = (
    RU,
    KK,
    EN,
)
