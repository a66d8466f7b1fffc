"""The standard streams: one that is closed, that nobody reads any more or that is full ends no command in a fault."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any


class _Output(io.FileIO):
    """Standard output or standard error. When it cannot be written to that is said once; what follows is dropped."""

    def __init__(self, number: int, *, is_for_messages: bool) -> None:
        super().__init__(number, "w", closefd=False)
        # A message that cannot be shown changes nothing of what was done, and nobody can be told of it.
        self._is_silent = is_for_messages

    def write(self, content: Any) -> int:  # noqa: ANN401 - whatever holds bytes
        """Write the bytes; a reader that went away (`| head`) has what it wanted."""
        try:
            return super().write(content) or 0
        except OSError as error:
            # Windows calls a pipe that nobody reads any more an invalid argument.
            if isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL):
                return len(content)
            if self._is_silent:
                return len(content)
            self._is_silent = True
            raise OSError(error.errno, error.strerror, "standard output") from error


def mend_streams() -> None:
    """Let the three streams be there and bear whatever the shell made of them (`>&-`, `| head`, a full disk)."""
    # In the order of their numbers: a file takes the lowest that is free, and a store must never become the output.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # By its number: the stream must not be closed before Python ends.
            number = os.open(os.devnull, os.O_RDONLY if mode == "r" else os.O_WRONLY)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    sys.stdout = _mended(sys.stdout, is_for_messages=False)
    sys.stderr = _mended(sys.stderr, is_for_messages=True)


def _mended(stream: Any, *, is_for_messages: bool) -> Any:  # noqa: ANN401 - tests put streams of their own there
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    # A terminal is written to in its own ways (on Windows by other calls), and neither full nor a pipe.
    if not isinstance(raw, io.FileIO) or raw.isatty():
        return stream
    output = io.BufferedWriter(_Output(raw.fileno(), is_for_messages=is_for_messages))
    settings = {"line_buffering": stream.line_buffering, "write_through": stream.write_through}
    return io.TextIOWrapper(output, encoding=stream.encoding, errors=stream.errors, **settings)
