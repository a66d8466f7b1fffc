"""The progress bar of long imports: on standard error, and only when a person looks at it."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from schoolctl.cli.console import for_terminal

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_QUIET_SECONDS = 0.5


class ImportProgress:
    """Called with (file, bytes read, size); a bar appears once an import has taken half a second."""

    def __init__(self) -> None:
        """Start the clock."""
        self._started = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._file = ""

    def __enter__(self) -> Self:
        """Nothing is shown yet: most imports are over before a bar could be read."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()

    def __call__(self, file: str, done: int, size: int) -> None:
        """Show how far the reading of a file has come."""
        # Nothing for a log or a pipe: a bar there is a page of control characters.
        if not sys.stderr.isatty() or time.monotonic() - self._started < _QUIET_SECONDS:
            return
        if self._bar is None:
            self._bar = _new_bar()
        if self._task is None or file != self._file:
            self._file = file
            self._task = self._bar.add_task(for_terminal(file), total=size)
        self._bar.update(self._task, completed=done)


def _new_bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        # A file's name is a stranger's text: brackets in it are no markup.
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.start()
    return bar
