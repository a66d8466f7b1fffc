"""The season that the commands of these tests run in, and the mails they import."""

from __future__ import annotations

import shutil
from base64 import b64encode
from pathlib import Path

MYELOMA = "2022-05-19-multiple-myeloma"


def new_workspace(folder: Path) -> Path:
    shutil.copy(Path(__file__).parents[2] / "sessions.toml", folder)
    return folder


def mailbox(number: int) -> bytes:
    """An mbox of that many mails, each with a question."""
    messages = []
    for at in range(1, number + 1):
        body = b64encode(f"Сәлеметсіз бе! {at}-сұрақ: миелома кезінде {at} апта демалуға бола ма?".encode()).decode()
        messages.append(
            f"From patient{at}@example.kz Thu May 12 08:{at:02}:00 2022\n"
            f"From: patient{at}@example.kz\nTo: patient@hemcenter.kz\nMessage-ID: <{at}@example.kz>\n"
            f"Date: Thu, 12 May 2022 14:{at:02}:00 +0600\nMIME-Version: 1.0\n"
            f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{body}\n\n"
        )
    return "".join(messages).encode()
