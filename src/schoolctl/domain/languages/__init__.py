"""The languages patients read: how each writes days, hours and lists.

A new language is a new module with a `LANGUAGE` and one line in `LANGUAGES`.
"""

from __future__ import annotations

from schoolctl.domain.languages import en, kk, ru
from schoolctl.domain.languages.rules import LanguageRules

LANGUAGES: dict[str, LanguageRules] = {rules.code: rules for rules in (kk.LANGUAGE, ru.LANGUAGE, en.LANGUAGE)}
