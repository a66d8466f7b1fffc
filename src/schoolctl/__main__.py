"""The entry point; `--version` is answered before anything heavy is imported."""

from __future__ import annotations

import sys

from schoolctl import __version__


def main() -> None:
    """Run schoolctl."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"schoolctl {__version__}\n")
        return
    from schoolctl.cli.app import run

    run()


if __name__ == "__main__":
    main()
