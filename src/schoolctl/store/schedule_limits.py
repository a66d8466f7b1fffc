"""The table [limits] of sessions.toml -> Limits; what is not set there is as usual."""

from __future__ import annotations

from schoolctl.domain.limits import DEFAULT_LIMITS, HIGHEST_LIMITS, LIMIT_KEYS, Limits
from schoolctl.store.schedule_keys import LIMITS_HINT, MEANT_IN_LIMITS
from schoolctl.store.toml_values import Table


def read_limits(top: Table) -> Limits:
    """The limits in force, each between 1 and what a machine bears; mistakes are reported to the table."""
    table = top.table("limits", LIMITS_HINT)
    if table is None:
        return DEFAULT_LIMITS
    table.report_unknown(LIMIT_KEYS, MEANT_IN_LIMITS)
    highest = HIGHEST_LIMITS._asdict()
    given = {key: table.whole_number(key, 1, highest[key]) for key in LIMIT_KEYS if key in table.data}
    return DEFAULT_LIMITS._replace(**given)
