"""Everything that reaches the terminal goes through here, cleaned for the console at hand."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, TextIO

from schoolctl.cli.streams import mend_streams

if TYPE_CHECKING:
    from rich.table import Column

# What old consoles (cp866, cp1251) and ASCII cannot show -> the nearest plain sign.
_PLAIN_SIGNS = str.maketrans(
    {
        "—": "-", "–": "-", "−": "-", "…": "...", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'",
        "•": "*", "█": "#", "·": "-", "→": "->", "✓": "+", "✗": "x", "№": "No", "₸": "KZT", "\u00a0": " ",
        "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и",
        "Ә": "А", "Ғ": "Г", "Қ": "К", "Ң": "Н", "Ө": "О", "Ұ": "У", "Ү": "У", "Һ": "Х", "І": "И",
    }
)  # fmt: skip


def for_terminal(text: str) -> str:
    """Text as a terminal may get it: no escape sequences, controls, bidi overrides or other invisible signs."""
    from schoolctl.domain.text import without_invisible

    return without_invisible(text)


def prepare_streams() -> None:
    """Let no sign that the console cannot show end a command: it is replaced by a plain one."""
    mend_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # By encoding: an error of the old code pages calls itself "charmap" and does not tell which one it is.
            name = f"plain-signs-{stream.encoding}"
            codecs.register_error(name, partial(_plain_signs, stream.encoding))
            stream.reconfigure(errors=name)


def say(text: str = "") -> None:
    """A line of the result, on standard output."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """A message to the person, on standard error."""
    _write(sys.stderr, text)


def say_json(value: object) -> None:
    """One JSON document on standard output, always in UTF-8 (whatever the console's encoding is)."""
    import json

    say_bytes((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace"))


def say_bytes(content: bytes) -> None:
    """A document on standard output, byte for byte."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def say_table(columns: Sequence[Column], rows: Sequence[Sequence[str]], styles: Sequence[str]) -> None:
    """A Rich table; cells are cleaned and never read as Rich's markup. `styles` gives each row's style."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Without highlighting: Rich would colour numbers and quotes inside patients' words. Its emoji load slowly.
    console = Console(highlight=False, emoji=False)
    frame = None if console.is_dumb_terminal else box.SIMPLE_HEAD
    table = Table(*columns, box=frame, pad_edge=False, show_edge=False)
    for row, style in zip(rows, styles, strict=True):
        table.add_row(*(Text(for_terminal(cell)) for cell in row), style=style)
    console.print(table)


def terminal_width() -> int:
    """How many columns the terminal has (80 for a pipe)."""
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def is_terminal() -> bool:
    """Whether a person reads standard output as it comes."""
    return sys.stdout.isatty()


def counted(number: int, noun: str) -> str:
    """`1 problem`, `2 problems`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def shortened(text: str, most: int) -> str:
    """The beginning of a long text, cut between words."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def is_interactive() -> bool:
    """Whether a person can be asked."""
    # Standard output may well be a file or a pipe: questions are put on standard error.
    return sys.stdin.isatty() and sys.stderr.isatty()


def _write(stream: TextIO, text: str) -> None:
    stream.write(f"{for_terminal(text)}\n")


def _plain_signs(encoding: str, error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    # Letters with marks come apart (é: e and a stroke), so that at least the letter is shown.
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN_SIGNS))
    return "".join(_encodable(sign, encoding) for sign in plain), error.end


def _encodable(sign: str, encoding: str) -> str:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return "" if unicodedata.combining(sign) else "?"
    return sign
