"""A Python that has loaded what schoolctl takes from others, and forks for each command: only start-up is saved.

Each command still is a process of its own, and loads schoolctl's own modules itself, in its own order.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

LOADED = (
    "PIL.ImageFont", "chardet", "docx", "email.parser", "ftfy", "icalendar", "jinja2", "lxml.html", "phonenumbers",
    "pptx", "rich.console", "rich.progress", "rich.table", "sqlite3", "tomlkit", "tomllib", "typer", "yaml", "zoneinfo",
)  # fmt: skip
LONGEST_SECONDS = 60


class WarmPython:
    """Run commands by a process that forks; what they print comes through two files in `folder`."""

    def __init__(self, connection: socket.socket, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    def run(
        self, words: tuple[str, ...], cwd: Path, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        """What `python -m schoolctl` would do, with nothing on standard input."""
        order = {"words": words, "cwd": str(cwd), "environment": dict(environment)}
        self._connection.sendall(json.dumps(order).encode() + b"\n")
        answer = self._connection.recv(16)
        assert answer, "the warm Python has died: what it said stands above"
        code = int(answer)
        out, err = ((self._folder / name).read_bytes() for name in ("out", "err"))
        return subprocess.CompletedProcess(words, code, out, err)


@contextlib.contextmanager
def warm_python() -> Iterator[WarmPython]:
    """One that ends with the block."""
    ours, theirs = socket.socketpair()
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    with ours, tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, __file__, str(theirs.fileno()), folder]
        with subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]):
            theirs.close()
            yield WarmPython(ours, Path(folder))
            # It ends when nothing more can come.
            ours.close()


def _serve(connection: socket.socket, folder: Path) -> None:
    for name in LOADED:
        importlib.import_module(name)
    for line in connection.makefile("rb"):
        if not (child := os.fork()):
            connection.close()
            _run_schoolctl(json.loads(line), folder)
            return
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        connection.sendall(str(code).encode())


def _run_schoolctl(order: dict[str, Any], folder: Path) -> None:
    for stream, name in ((sys.stdout, "out"), (sys.stderr, "err")):
        file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, stream.fileno())
        os.close(file)
    signal.alarm(LONGEST_SECONDS)
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["cwd"])
    sys.argv = ["schoolctl", *order["words"]]
    from schoolctl.__main__ import main

    main()


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2]))
