"""Cleaning and folding of text: done once, at import, the same for every store."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls (but tab and newline), zero-width, soft hyphen, bidi marks, embeddings and isolates, letters that
# fill a place unseen, tag characters and other supplementary format signs, interlinear marks, lone surrogates, the
# replacement character, and the two non-characters that no XML (docx, pptx) may hold.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\uffff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
# Those of them that Python takes for printable.
_HIDDEN_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufff0-\uffff\U000e0100-\U000e01ef]"
)
_UNTIDY = ("  ", " \n", "\n ", "\n\n\n")
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_WORDS = re.compile(r"[^\W_]+")
_EMPTY_LINES = re.compile("\n{3,}")


def clean_text(text: str) -> str:
    """`text` as it is stored: NFC, LF line ends, plain blanks, nothing invisible, no empty ends.

    Letters survive as they are (ә ғ қ ң ө ұ ү һ і, й, ё); control, bidi, zero-width and surrogate characters go.
    """
    if _is_clean(text):
        return text
    shown = unicodedata.normalize("NFC", without_invisible(text))
    lines = (_BLANKS.sub(" ", line).strip() for line in shown.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _is_clean(text: str) -> bool:
    """Whether cleaning would change nothing: true of most texts, and told much faster than it is done."""
    if not text.replace("\n", "").isprintable() or any(map(text.__contains__, _UNTIDY)):
        return False
    is_edged = text[:1].isspace() or text[-1:].isspace()
    is_plain = text.isascii() or (not _HIDDEN_LETTERS.search(text) and unicodedata.is_normalized("NFC", text))
    return is_plain and not is_edged


def without_invisible(text: str) -> str:
    """`text` as it may be shown: its blanks and lines stay, control, bidi and zero-width characters go."""
    return _UNWANTED.sub("", _LINE_BREAKS.sub("\n", text))


def clean_line(text: str) -> str:
    """`text` on one line, cleaned as `clean_text` does: for names, subjects and titles."""
    return " ".join(clean_text(text).split())


def fold_for_comparison(text: str) -> str:
    """A form in which the same message compares equal whatever its case, blanks and punctuation."""
    # WhatsApp sets words in italics by underscores: they count as punctuation here. Finding the words is twice as fast
    # as replacing what stands between them.
    return " ".join(_WORDS.findall(clean_text(text).casefold()))
