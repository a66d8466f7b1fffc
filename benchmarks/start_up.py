"""How long a command takes to start, against `python -c "import typer"`, which no Typer program can beat.

CPU seconds of whole processes, medians of interleaved rounds: what else the machine does falls on all alike. Bytecode
is kept, as it is of every installed package (a checkout on a machine that keeps none would compile itself every time).
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROUNDS = 31
CHECKOUT = Path(__file__).parents[1]
BASELINE = ("import typer", [sys.executable, "-c", "import typer"])
SCHOOLCTL = [sys.executable, "-m", "schoolctl"]


def run() -> None:
    """Print each command's ratio to the baseline and the goal it is held to."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        (workspace / "sessions.toml").write_bytes((CHECKOUT / "sessions.toml").read_bytes())
        environment = _environment(workspace / "bytecode")
        commands = _commands(workspace)
        for name, words, _, expected in commands:
            _check(name, words, expected, environment)
        timed = [BASELINE, ("pass", [sys.executable, "-c", "pass"]), *((name, words) for name, words, _, _ in commands)]
        seconds: dict[str, list[float]] = {name: [] for name, _ in timed}
        for _ in range(ROUNDS):
            for name, words in timed:
                seconds[name].append(_cpu_seconds(words, environment))
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    print(f"start-up, medians of {ROUNDS} runs, CPU time; import typer = {medians['import typer'] * 1000:.0f} ms")
    print(f"{'command':34} {'ms':>6} {'x import typer':>15} {'goal':>20}")
    for name, _, goal, _ in commands:
        ratio = medians[name] / medians["import typer"]
        print(f"{name:34} {medians[name] * 1000:6.0f} {ratio:15.2f} {goal:>20}")
    print(f"--version is {medians['schoolctl --version'] / medians['pass']:.2f} x python -c pass (goal: at most 1.6)")


def _commands(workspace: Path) -> list[tuple[str, list[str], str, str]]:
    inside = [*SCHOOLCTL, "-C", str(workspace)]
    return [
        ("schoolctl --version", [*SCHOOLCTL, "--version"], "1.6 x pass", "schoolctl "),
        ("schoolctl --help", [*SCHOOLCTL, "--help"], "1.25", "Usage:"),
        ("schoolctl questions import --help", [*SCHOOLCTL, "questions", "import", "--help"], "1.25", "Usage:"),
        ("schoolctl school list --json", [*inside, "school", "list", "--json"], "1.5", "multiple-myeloma"),
        ("schoolctl school list", [*inside, "school", "list"], "2.0", "multiple-myeloma"),
    ]


def _check(name: str, words: Sequence[str], expected: str, environment: Mapping[str, str]) -> None:
    output = subprocess.run(words, capture_output=True, text=True, check=True, env=environment).stdout
    if expected not in output:
        message = f"{name} did not print {expected!r}"
        raise AssertionError(message)


def _cpu_seconds(words: Sequence[str], environment: Mapping[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def _environment(bytecode: Path) -> dict[str, str]:
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(bytecode)}
    return {**os.environ, **kept, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"}
