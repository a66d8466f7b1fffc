"""Importing mailboxes, side by side with a bare standard-library loop that stores nothing, and with notmuch.

`SCHOOLCTL_BENCH=full` adds 200,000 mails and a 1 GB mailbox.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.mailbox_maker import Truth, split_mails, write_mailbox
from benchmarks.processes import Measured, measure, python

CHECKOUT = Path(__file__).parents[1]
ROUNDS = 3
# The least that a reader must do: the headers that matter and the first text part, decoded.
BARE_LOOP = """
import mailbox, sys, email.header, email.utils
for message in mailbox.mbox(sys.argv[1]):
    sender = email.utils.parseaddr(message["From"] or "")
    subject = str(email.header.make_header(email.header.decode_header(message["Subject"] or "")))
    date = email.utils.parsedate_to_datetime(message["Date"])
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            text = part.get_payload(decode=True).decode(part.get_content_charset() or "utf-8", "replace")
            break
"""


def run() -> None:
    """Print the table."""
    print(f"{'mailbox':24} {'program':28} {'CPU s':>7} {'MB':>6} {'x faster':>9}")
    _compare("20,000 mails", mails=20_000, photos=0, rounds=ROUNDS, with_notmuch=True)
    if os.environ.get("SCHOOLCTL_BENCH") == "full":
        _compare("200,000 mails", mails=200_000, photos=0, rounds=1, with_notmuch=False)
        _compare("2,000 mails, 1 GB", mails=2_000, photos=165, rounds=1, with_notmuch=False)


def _compare(name: str, *, mails: int, photos: int, rounds: int, with_notmuch: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        box = Path(folder) / "inbox.mbox"
        truths = write_mailbox(box, mails, photos=photos)
        first, again = _import(box, Path(folder), truths, rounds)
        bare = _best([measure(python("-c", BARE_LOOP, str(box))) for _ in range(rounds)])
        _row(name, "schoolctl questions import", first, bare)
        _row(name, "the same, once more", again, bare)
        _row(name, "mailbox + email, stores nothing", bare, bare)
        if with_notmuch and shutil.which("notmuch"):
            _row(name, "notmuch new", _notmuch(box, Path(folder)), bare)


def _import(box: Path, folder: Path, truths: list[Truth], rounds: int) -> tuple[Measured, Measured]:
    """The best of some first imports, and a second import into the last of the stores; what is stored is checked."""
    firsts: list[Measured] = []
    for number in range(rounds):
        workspace = folder / f"workspace{number}"
        workspace.mkdir()
        shutil.copy(CHECKOUT / "sessions.toml", workspace)
        words = python("-m", "schoolctl", "-C", str(workspace), "questions", "import", str(box))
        firsts.append(measure(words))
    _check(workspace / "questions.db", truths)
    again = measure(words)
    _check(workspace / "questions.db", truths)
    return _best(firsts), again


def _check(store: Path, truths: list[Truth]) -> None:
    """Speed counts only when the texts are right: every field of every mail."""
    with sqlite3.connect(store) as connection:
        rows = connection.execute("SELECT text, sender_email, received_at FROM question ORDER BY id").fetchall()
    stored = [(text, email, datetime.fromisoformat(moment).astimezone(UTC).isoformat()) for text, email, moment in rows]
    wrong = [(got, wanted) for got, wanted in zip(stored, truths, strict=False) if got != tuple(wanted)]
    if wrong or len(stored) != len(truths):
        message = f"{len(stored)} of {len(truths)} mails stored, {len(wrong)} wrong; the first: {wrong[:1]}"
        raise AssertionError(message)


def _notmuch(box: Path, folder: Path) -> Measured:
    mails = folder / "mail" / "cur"
    mails.mkdir(parents=True)
    for number, mail in enumerate(split_mails(box)):
        (mails / f"{number}:2,").write_bytes(mail)
    config = folder / "notmuch.conf"
    config.write_text(f"[database]\npath={folder / 'mail'}\n[user]\nname=x\nprimary_email=x@example.org\n")
    return measure(["notmuch", "new", "--quiet"], {"NOTMUCH_CONFIG": str(config)})


def _best(runs: list[Measured]) -> Measured:
    return min(runs, key=lambda run: run.seconds)


def _row(name: str, program: str, measured: Measured, bare: Measured) -> None:
    ratio = bare.seconds / measured.seconds
    print(f"{name:24} {program:28} {measured.seconds:7.2f} {measured.megabytes:6.0f} {ratio:9.2f}")
