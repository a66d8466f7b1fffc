"""Where the files that ship with schoolctl are: in the installed package, else in the checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def shipped_templates() -> Path:
    """The folder of the default templates."""
    return _shipped("templates", "templates")


def shipped_examples() -> Path:
    """The folder of the sample questions (invented people)."""
    return _shipped("examples", "examples")


def sample_schedule() -> Path:
    """The commented sample of a sessions.toml."""
    return _shipped("sessions.example.toml", "sessions.toml")


def shipped_fonts() -> Path:
    """The folder of the fonts for pictures: Noto Sans under the SIL Open Font License."""
    return _PACKAGE / "fonts"


def _shipped(packaged: str, in_checkout: str) -> Path:
    # importlib's package loaders fail in editable installs, where these files stay at the top of the checkout.
    path = _PACKAGE / packaged
    return path if path.exists() else _CHECKOUT / in_checkout
