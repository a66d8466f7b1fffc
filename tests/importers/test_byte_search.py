"""Finding a word in the bytes of large mails gives what `bytes.find` gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.importers.mail import byte_search
from schoolctl.importers.mail.byte_search import find_word

PHOTO = b"QUJD\n" * 30_000


@pytest.mark.parametrize(("word", "sign"), [(b"\nFrom ", b" "), (b">From ", b" "), (b"--part", b"-")])
def test_a_word_behind_an_attachment(word: bytes, sign: bytes) -> None:
    data = b"a - b " + PHOTO + word + b"c"
    assert find_word(data, word, sign, 0, len(data)) == len(PHOTO) + 6
    assert find_word(data, word, sign, len(PHOTO) + 7, len(data)) == -1
    # All of the word must stand before the end.
    assert find_word(data, word, sign, 0, len(data) - 2) == -1


@pytest.mark.parametrize("gap", range(1, 20))
def test_a_word_over_the_end_of_a_stride(monkeypatch: pytest.MonkeyPatch, gap: int) -> None:
    monkeypatch.setattr(byte_search, "_STRIDE", 10)
    data = b" " + b"x" * gap + b"\nFrom "
    assert find_word(data, b"\nFrom ", b" ", 0, len(data)) == gap + 1


@given(
    data=st.text("\nFrom >-ab", max_size=80).map(str.encode),
    word=st.sampled_from([(b"\nFrom ", b" "), (b">From ", b" "), (b"--a", b"-")]),
    at=st.integers(0, 80),
    end=st.integers(0, 80),
)
def test_as_bytes_find(data: bytes, word: tuple[bytes, bytes], at: int, end: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(byte_search, "_STRIDE", 10)
        assert find_word(data, *word, at, end) == data.find(word[0], at, end)
