"""The entry point; `--version` is answered before anything heavy is imported."""

from __future__ import annotations

import sys
from contextlib import suppress

from schoolctl import __version__


def main() -> None:
    """Run schoolctl."""
    if sys.argv[1:] == ["--version"]:
        # A standard output that is closed or full is dealt with where those of all other commands are.
        with suppress(AttributeError, OSError):
            sys.stdout.write(f"schoolctl {__version__}\n")
            sys.stdout.flush()
            return
    import gc

    # What is imported stays to the end: looking it through for garbage, now and at exit, takes a fifth of the time.
    gc.disable()
    from schoolctl.cli.app import run

    gc.freeze()
    gc.enable()
    run()


if __name__ == "__main__":
    main()
