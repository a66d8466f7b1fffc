"""A real mail server on this machine that keeps what it gets, and refuses, delays or hangs up as it is told."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections import defaultdict
from contextlib import suppress
from typing import IO, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

# Words of a script: the connection ends at that point, with or without the mail having been kept.
HANG_UP = "hang up"
KEEP_AND_HANG_UP = "keep and hang up"
ACCEPT = "250 accepted"


class MailSink:
    """A server in a thread of its own; `mails` has what came for each address, `at_rcpt` and `at_data` its scripts.

    A script is a list of answers for an address, each used once; without one the mail is accepted.
    """

    def __init__(
        self,
        context: ssl.SSLContext | None = None,
        *,
        login: tuple[str, str] | None = None,
        encrypts_at_once: bool = False,
    ) -> None:
        self.mails: dict[str, list[bytes]] = defaultdict(list)
        self.senders: set[str] = set()
        self.greeted: list[str] = []
        self.at_rcpt: dict[str, list[str]] = {}
        self.at_data: dict[str, list[str]] = {}
        self.connections = 0
        self.port = 0
        self._login = login
        # STARTTLS, or encryption from the first byte on.
        self._later = None if encrypts_at_once else context
        self._at_once = context if encrypts_at_once else None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._server: asyncio.Server | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def received(self) -> dict[str, int]:
        """How many mails came for each address."""
        return {address: len(mails) for address, mails in self.mails.items() if mails}

    async def handle_EHLO(  # noqa: N802 - the library's names
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.greeted.append(hostname)
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self._answer(self.at_rcpt, address)
        if answer == HANG_UP:
            _hang_up(server)
        if answer == ACCEPT:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        answer = self._answer(self.at_data, address)
        if answer in {ACCEPT, KEEP_AND_HANG_UP}:
            self.senders.add(str(envelope.mail_from))
            assert isinstance(envelope.content, bytes)
            self.mails[address].append(envelope.content)
        if answer in {HANG_UP, KEEP_AND_HANG_UP}:
            _hang_up(server)
        return answer

    def _answer(self, scripts: dict[str, list[str]], address: str) -> str:
        script = scripts.get(address)
        return script.pop(0) if script else ACCEPT

    async def _listen(self) -> asyncio.Server:
        return await self._loop.create_server(self._protocol, "127.0.0.1", 0, ssl=self._at_once)

    def _protocol(self) -> SMTP:
        self.connections += 1
        return SMTP(
            self,
            hostname="sink.example",
            loop=self._loop,
            tls_context=self._later,
            require_starttls=self._later is not None,
            authenticator=self._authenticate if self._login else None,
            auth_required=self._login is not None,
        )

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        is_right = self._login == (data.login.decode(), data.password.decode())
        return AuthResult(success=is_right, handled=False)

    async def _end(self) -> None:
        assert self._server is not None
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


class ScriptedServer:
    """A server that says what is written down, whatever it hears: a list of answers for each connection."""

    def __init__(self, *scripts: list[str]) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._scripts = scripts
        self.heard: list[str] = []
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # Wakes it up, should it wait for a connection that never came.
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()
        self._thread.join(10)
        self._socket.close()

    def _serve(self) -> None:
        for script in self._scripts:
            connection, _ = self._socket.accept()
            with connection, connection.makefile("rb") as stream, suppress(OSError):
                for answer in script:
                    connection.sendall(f"{answer}\r\n".encode())
                    self._hear(stream)

    def _hear(self, stream: IO[bytes]) -> None:
        line = stream.readline()
        self.heard.append(line.decode().strip())
        # A mail ends with a line of one point.
        while line.startswith(b"From: ") and stream.readline().rstrip(b"\r\n") != b".":
            pass


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()
