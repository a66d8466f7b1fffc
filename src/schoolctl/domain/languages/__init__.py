"""The languages patients read: how each writes days, hours and lists.

A new language is a new module with a `LANGUAGE` and one word in `CODES`.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schoolctl.domain.languages.rules import LanguageRules

CODES = ("kk", "ru", "en")


class _Languages(Mapping[str, "LanguageRules"]):
    """The rules by code, loaded when a text is made: to list schools only the codes are needed."""

    def __getitem__(self, code: str) -> LanguageRules:
        if code not in CODES:
            raise KeyError(code)
        rules: LanguageRules = importlib.import_module(f"{__name__}.{code}").LANGUAGE
        return rules

    def __contains__(self, code: object) -> bool:
        return code in CODES

    def __iter__(self) -> Iterator[str]:
        return iter(CODES)

    def __len__(self) -> int:
        return len(CODES)


LANGUAGES = _Languages()
