"""Every text of one school: all kinds and channels in three languages, and the preview with posters and calendar."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.processes import measure, python

CHECKOUT = Path(__file__).parents[1]
SCHOOL = "2022-05-19-multiple-myeloma"
# 12 May 2022, 10:00 in Almaty: the school is still to come.
_CLOCK = {"SOURCE_DATE_EPOCH": "1652328000"}
_KINDS = ("call", "invitation", "link", "reminder")
# One process that does what the four commands do: what is left are the texts, not four starts.
_AT_ONCE = """
import sys
from schoolctl.cli.app import app
folder, school, *kinds = sys.argv[1:]
for kind in kinds:
    app(["-C", folder, "announce", school, "--kind", kind, "--channel", "all"], standalone_mode=False)
"""
_LINK = ("school", "link", SCHOOL, "--url", "https://zoom.example.org/j/12345678901")


def run() -> None:
    """Print the table; that every text is there is checked first."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(CHECKOUT / "sessions.toml", folder)
        schoolctl = python("-m", "schoolctl", "-C", folder)
        measure([*schoolctl, *_LINK], _CLOCK)
        started = measure([*schoolctl, "announce", "--help"], _CLOCK).seconds
        print("one school: CPU s over the start-up")
        total = 0.0
        for kind in _KINDS:
            over = (
                measure([*schoolctl, "announce", SCHOOL, "--kind", kind, "--channel", "all"], _CLOCK).seconds - started
            )
            total += over
            print(f"announce --kind {kind:12} --channel all {over:6.2f}")
        print(f"{'all kinds, four commands':37} {total:6.2f}")
        at_once = measure(python("-c", _AT_ONCE, folder, SCHOOL, *_KINDS), _CLOCK).seconds - started
        print(f"{'all kinds, in one process':37} {at_once:6.2f}")
        over = measure([*schoolctl, "preview", SCHOOL, "--no-open"], _CLOCK).seconds - started
        print(f"{'preview: all of it, with posters':37} {over:6.2f}")
        written = sorted(path.name for path in (Path(folder) / "out" / SCHOOL).rglob("*.*") if path.is_file())
    # A page, two messages and a mail in two forms, in three languages; and the preview.
    if len(written) != len(_KINDS) * 3 * 5 + 1:
        message = f"{len(written)} files were written: {', '.join(written)}"
        raise AssertionError(message)
