"""What became of the messages of an import, in words; apart from the tables, which need Rich."""

from __future__ import annotations

from collections import Counter

from schoolctl.cli.console import counted, say
from schoolctl.domain.question import ImportAccount


def show_account(account: ImportAccount, *, dry_run: bool) -> None:
    """The account of every message; those set aside are counted by reason."""
    would = "would be " if dry_run else ""
    say(
        f"{counted(account.seen, 'message')} seen: {account.imported} {would}imported, "
        f"{counted(account.duplicates, 'duplicate')}, {account.updated} updated, {len(account.set_aside)} set aside"
    )
    for (source, reason), number in Counter((note.source, note.reason) for note in account.set_aside).items():
        say(f"  set aside: {number} x {reason} ({source})")
