"""The clock: SOURCE_DATE_EPOCH when it is set (same input, same bytes), else the computer's."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from schoolctl.errors import WrongUsageError


def now() -> datetime:
    """The present moment, aware, in UTC."""
    # The one place that looks at the computer's clock, so that a test or a rebuild can stop it.
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        message = f'SOURCE_DATE_EPOCH must be seconds since 1970, not "{epoch}"'
        raise WrongUsageError(message) from error
