"""Running a program and measuring it: CPU seconds and peak memory of that process alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_KILOBYTES = 1024


class Measured(NamedTuple):
    """CPU seconds (user and system) and peak resident memory in MB."""

    seconds: float
    megabytes: float


def measure(words: Sequence[str], environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Measured:
    """Run a program to its end; AssertionError when it fails."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **(environment or {})}
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env, cwd=folder)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        message = f"{' '.join(words)} ended with exit code {process.returncode}"
        raise AssertionError(message)
    return Measured(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _KILOBYTES)


def python(*words: str) -> list[str]:
    """The words that run this Python."""
    return [sys.executable, *words]
