"""The themes that a speaker or a row of a programme is given, read with every mistake."""

from __future__ import annotations

from collections.abc import Iterable

from schoolctl.domain.languages import LANGUAGES
from schoolctl.store.toml_values import Table


def read_themes(table: Table) -> tuple[str, ...]:
    """The themes about which somebody speaks; unknown ones are reported and left out."""
    return tuple(_known(table, "themes", table.words("themes")))


def read_theme(table: Table) -> str:
    """The theme of a row of a programme, empty when it has none."""
    theme = table.text("theme")
    return next(iter(_known(table, "theme", [theme] if theme else [])), "")


def _known(table: Table, key: str, themes: Iterable[str]) -> list[str]:
    themes = list(themes)
    # A language's words are loaded only for those who use the key: most schedules do not.
    allowed = tuple(LANGUAGES["en"].themes) if themes else ()
    for theme in themes:
        if theme not in allowed:
            table.report(key, f'there is no theme "{theme}"', f"Use one of: {', '.join(allowed)}")
    return [theme for theme in dict.fromkeys(themes) if theme in allowed]
