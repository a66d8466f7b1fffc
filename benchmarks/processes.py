"""Running a program and measuring it: CPU seconds and peak memory of that process alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_KILOBYTES = 1024
# A small process in between: Linux counts the memory of whoever starts a program as the program's own.
_LAUNCHER = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Measured(NamedTuple):
    """CPU seconds (user and system) and peak resident memory in MB."""

    seconds: float
    megabytes: float


def measure(words: Sequence[str], environment: Mapping[str, str] | None = None) -> Measured:
    """Run a program to its end; AssertionError when it fails."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **(environment or {})}
    launched = subprocess.run([*python("-c", _LAUNCHER), *words], capture_output=True, text=True, env=env, check=False)
    if launched.returncode:
        message = f"{' '.join(words)} failed: {launched.stderr[-500:]}"
        raise AssertionError(message)
    seconds, kilobytes = map(float, launched.stdout.split()[-2:])
    return Measured(seconds, kilobytes / _KILOBYTES)


def python(*words: str) -> list[str]:
    """The words that run this Python."""
    return [sys.executable, *words]
