"""The chat texts in an export: the file itself or entries of a zip, inflated in memory under limits, never to disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Final

from schoolctl.domain.limits import MB, Limits
from schoolctl.errors import UnreadableSourceError
from schoolctl.importers.source import SAMPLE_BYTES, Source
from schoolctl.importers.zip_directory import ZIP_SIGNATURES, largest_directory, read_directory_size

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Short repetitive chats inflate a hundredfold and are harmless; bombs are recognised beyond this size.
_RATIO_MATTERS_FROM = 1024 * 1024
_LOCAL_HEADER_BYTES = 30
_ENCRYPTED_FLAG = 0x1
_TEXTS_LOOKED_INTO = 20
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True)
class ChatText:
    """One chat's text. `open_stream` gives its bytes from the beginning each time it is called."""

    name: str
    open_stream: Callable[[], BinaryIO]

    def sample(self) -> bytes:
        """The first 64 KB."""
        with self.open_stream() as stream:
            return stream.read(SAMPLE_BYTES)


def is_zip(source: Source) -> bool:
    """Whether the file's first bytes are those of a zip archive."""
    return source.sample.startswith(ZIP_SIGNATURES)


@contextmanager
def open_chats(source: Source, limits: Limits) -> Iterator[tuple[ChatText, ...]]:
    """The texts in `source` that may be chats; usable while the context is open.

    Raises UnreadableSourceError, with the reason, for archives that are damaged, encrypted or beyond the limits.
    """
    try:
        zipped = is_zip(source)
    except OSError as error:
        raise _refusal(source, f"cannot be opened: {error.strerror or error}") from error
    if not zipped:
        if source.size > limits.text_file_mb * MB:
            raise _refusal(source, f"is larger than {limits.text_file_mb:,} MB; export the chat in parts")
        yield (ChatText(source.name, lambda: source.path.open("rb")),)
        return
    with _open_archive(source, limits) as archive:
        _check_entries(source, archive, limits)
        inflater = _Inflater(source, archive, limits)
        yield tuple(inflater.text(entry) for entry in _text_entries(archive))


def _refusal(source: Source, reason: str) -> UnreadableSourceError:
    """The error that refuses the file, in one line."""
    return UnreadableSourceError(f"{source.name} {reason}")


def _open_archive(source: Source, limits: Limits) -> zipfile.ZipFile:
    """The archive, unless it is damaged or its list of entries huge."""
    _check_directory_size(source, limits)
    try:
        return zipfile.ZipFile(source.path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise _refusal(source, "is a damaged zip archive") from error


def _check_directory_size(source: Source, limits: Limits) -> None:
    """Refuse an archive whose list of entries is huge before Python reads it."""
    size = read_directory_size(source)
    if size is None:
        raise _refusal(source, "is a damaged zip archive")
    if size > largest_directory(limits.zip_entries):
        raise _refusal(source, _too_many_entries(limits))


def _too_many_entries(limits: Limits) -> str:
    """What to do with an archive of many photos."""
    return f"holds more than {limits.zip_entries:,} files; unpack it and import its chat text alone"


def _check_entries(source: Source, archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse archives built to mislead: too many entries, encrypted texts, entries that share bytes."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    if len(entries) > limits.zip_entries:
        raise _refusal(source, _too_many_entries(limits))
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise _refusal(source, "is an encrypted zip archive; export the chat without a password")
    # Overlapping entries inflate the same bytes again and again: 100 KB become gigabytes.
    if _overlap(entries, archive.start_dir):
        raise _refusal(source, "is a zip archive with overlapping entries")


def _overlap(entries: list[zipfile.ZipInfo], end: int) -> bool:
    """Whether one of the entries, sorted by their places, reaches into the next one or beyond `end`."""
    # Local headers also hold the name, so an honest entry takes more room than this.
    ends = (entry.header_offset + _LOCAL_HEADER_BYTES + entry.compress_size for entry in entries)
    starts = [*(entry.header_offset for entry in entries), end][1:]
    return any(reached > start for reached, start in zip(ends, starts, strict=True))


def _text_entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The entries named as WhatsApp names its texts, else the archive's first texts."""
    texts = [entry for entry in archive.infolist() if _is_text(entry)]
    # Exports with media may hold texts that patients sent as files: the chat goes by its name.
    return [entry for entry in texts if _is_named_as_chat(entry)] or texts[:_TEXTS_LOOKED_INTO]


def _is_text(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a text file and not the shadow of one that macOS adds."""
    name = _base_name(entry)
    return name.endswith(".txt") and not name.startswith("._")


def _is_named_as_chat(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry has a name that iPhones (`_chat.txt`) or Android phones give to a chat."""
    name = _base_name(entry)
    return name == "_chat.txt" or "whatsapp" in name


def _base_name(entry: zipfile.ZipInfo) -> str:
    """An entry's file name without folders, in small letters."""
    return entry.filename.replace("\\", "/").rpartition("/")[2].casefold()


class _Inflater:
    """Opens entries and keeps count of what they really inflate to: the sizes an archive declares are only claims."""

    def __init__(self, source: Source, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._source = source
        self._archive = archive
        self._limits = limits
        self._inflated: dict[int, int] = {}

    def text(self, entry: zipfile.ZipInfo) -> ChatText:
        """The entry as a text that can be opened again and again."""
        return ChatText(Path(entry.filename).name, lambda: self._open(entry))

    def check(self, entry: zipfile.ZipInfo, inflated: int) -> None:
        """Refuse the archive when an entry, or all of them together, inflated to more than the limits allow."""
        # A text is read more than once; only its longest reading counts for the total.
        self._inflated[entry.header_offset] = max(inflated, self._inflated.get(entry.header_offset, 0))
        limits = self._limits
        if inflated > limits.zip_entry_mb * MB:
            raise _refusal(self._source, f"holds a text that inflates to more than {limits.zip_entry_mb:,} MB")
        if sum(self._inflated.values()) > limits.zip_total_mb * MB:
            raise _refusal(self._source, f"inflates to more than {limits.zip_total_mb:,} MB of text")
        if inflated > _RATIO_MATTERS_FROM and inflated > limits.zip_ratio * max(1, entry.compress_size):
            raise _refusal(self._source, f"is a zip bomb: a text in it inflates more than {limits.zip_ratio:,}-fold")

    def damage(self) -> UnreadableSourceError:
        """The error for an entry that cannot be inflated."""
        return _refusal(self._source, "is a damaged zip archive")

    def _open(self, entry: zipfile.ZipInfo) -> BinaryIO:
        # Other methods inflate without a bound per step, and WhatsApp never uses them.
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _refusal(self._source, "is a zip archive packed in a way WhatsApp never uses")
        try:
            return io.BufferedReader(_LimitedEntry(self._archive.open(entry), entry, self), SAMPLE_BYTES)
        except _DAMAGE as error:
            raise self.damage() from error


class _LimitedEntry(io.RawIOBase):
    """An entry's inflated bytes, counted as they come."""

    def __init__(self, stream: IO[bytes], entry: zipfile.ZipInfo, inflater: _Inflater) -> None:
        super().__init__()
        self._stream = stream
        self._entry = entry
        self._inflater = inflater
        self._inflated = 0

    def readable(self) -> bool:
        """Yes: what a BufferedReader asks first."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill `buffer`; UnreadableSourceError for damage and for more bytes than the limits allow."""
        view = memoryview(buffer)
        try:
            data = self._stream.read(len(view))
        except _DAMAGE as error:
            raise self._inflater.damage() from error
        self._inflated += len(data)
        self._inflater.check(self._entry, self._inflated)
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the entry as well."""
        self._stream.close()
        super().close()
