"""The key `reminders` of sessions.toml, for all schools or for one -> minutes before the start."""

from __future__ import annotations

from schoolctl.domain.reminders import parse_reminders
from schoolctl.errors import WrongUsageError
from schoolctl.store.toml_values import Table


def read_reminders(table: Table, default: tuple[int, ...]) -> tuple[int, ...]:
    """The reminders a table sets, none for `[]`; `default` when it sets nothing or what it sets was reported."""
    if "reminders" not in table.data:
        return default
    texts = table.words("reminders")
    if table.has_findings("reminders"):
        return default
    try:
        return parse_reminders(texts)
    except WrongUsageError as error:
        table.report("reminders", f"reminders: {error}", 'Write reminders = ["1d", "1h"], or [] for none')
        return default
