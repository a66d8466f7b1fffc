"""A mail server, spoken to by SMTP (RFC 5321): one mail to one recipient at a time, and what became of it."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Literal, NamedTuple, Self

from schoolctl.errors import SchoolctlError
from schoolctl.store.smtp_settings import SmtpSettings

# later: not taken now, to be tried again. lost: the connection broke before anything was handed over. unknown: it
# broke when the mail was on its way, and the server may or may not have it.
Outcome = Literal["sent", "refused", "later", "lost", "unknown"]

_TIMEOUT_SECONDS = 60.0
_READY, _GO_ON, _CLOSING = 220, 354, 421
_FIRST_ACCEPTING, _FIRST_ASKING, _FIRST_REFUSAL, _FIRST_PERMANENT = 200, 300, 400, 500
_LONGEST_WORDS = 200


class Reply(NamedTuple):
    """What became of a mail, and the server's own words."""

    outcome: Outcome
    words: str = ""


class SmtpServer:
    """A connection that is opened when it is needed, and again after it was lost; use it in a `with` block."""

    def __init__(self, settings: SmtpSettings, password: str, sender: str) -> None:
        """Keep how to connect; `sender` is the address mails come from."""
        self._settings, self._password, self._sender = settings, password, sender
        self._connection: smtplib.SMTP | None = None

    def deliver(self, recipient: str, content: bytes, before_handing_over: Callable[[], None]) -> Reply:
        """Hand one mail over. `before_handing_over` is called at the last moment at which it surely is not sent.

        SchoolctlError when the server would take no mail at all.
        """
        try:
            connection = self._connected()
            if reply := self._open_envelope(connection, recipient):
                return reply
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            return Reply("lost", _shown(error))
        try:
            before_handing_over()
        except BaseException:
            # The server waits for the mail: whatever is said now would be taken for it.
            self._drop()
            raise
        return self._hand_over(connection, content)

    def _hand_over(self, connection: smtplib.SMTP, content: bytes) -> Reply:
        try:
            # A line of one point would end the mail (RFC 5321, 4.5.2).
            connection.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            code, words = connection.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            return Reply("unknown", _shown(error))
        return Reply("sent", _text(words)) if _is_accepted(code) else self._declined(code, words, "unknown")

    def __enter__(self) -> Self:
        """Nothing is opened yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Say goodbye; not after a fault, when the server may be waiting for the rest of a mail."""
        if self._connection and kind is None:
            with suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
        self._drop()

    def _drop(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def _open_envelope(self, connection: smtplib.SMTP, recipient: str) -> Reply | None:
        """Name sender and recipient; None when the server waits for the mail, else its answer."""
        code, words = connection.mail(self._sender)
        if code >= _FIRST_PERMANENT:
            message = f"{self._settings.host} takes no mail from {self._sender}: {code} {_text(words)}"
            raise SchoolctlError(message)
        if code == _CLOSING:
            # Servers tire of waiting: this was said before the mail was named.
            self._drop()
            return Reply("lost", f"{code} {_text(words)}")
        if _is_accepted(code):
            code, words = connection.rcpt(recipient)
        if _is_accepted(code):
            code, words = connection.docmd("DATA")
        return None if code == _GO_ON else self._declined(code, words, "lost")

    def _declined(self, code: int, words: bytes, without_code: Outcome) -> Reply:
        """The end of a mail that the server does not take."""
        if code < _FIRST_REFUSAL:
            # No answer that means anything here.
            self._drop()
            return Reply(without_code, _text(words))
        if code == _CLOSING:
            self._drop()
        elif self._connection:
            # What was said of this mail must not be mixed with the next one.
            with suppress(smtplib.SMTPException, OSError):
                self._connection.rset()
        return Reply("refused" if code >= _FIRST_PERMANENT else "later", f"{code} {_text(words)}")

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        """An encrypted connection (unencrypted on this machine only) on which the password was given."""
        connection: smtplib.SMTP | None = None
        try:
            connection = self._open()
            self._introduce(connection)
        except Exception as error:
            if connection:
                connection.close()
            if told := self._explained(error):
                raise told from error
            raise
        return connection

    def _open(self) -> smtplib.SMTP:
        settings = self._settings
        # Without a name of ours the computer's own would be told to the server, and stand in every mail.
        own_name = self._sender.rpartition("@")[2]
        if settings.security == "ssl":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(settings.host, settings.port, own_name, timeout=_TIMEOUT_SECONDS, context=context)
        return smtplib.SMTP(settings.host, settings.port, own_name, timeout=_TIMEOUT_SECONDS)

    def _introduce(self, connection: smtplib.SMTP) -> None:
        settings = self._settings
        if settings.security == "starttls":
            code, words = connection.starttls(context=ssl.create_default_context())
            if code != _READY:
                raise smtplib.SMTPResponseException(code, _text(words))
        connection.ehlo_or_helo_if_needed()
        if settings.user:
            connection.login(settings.user, self._password)

    def _explained(self, error: Exception) -> Exception | None:
        """What is told of a connection that could not be made; None for what may be better in a moment."""
        settings = self._settings
        if isinstance(error, smtplib.SMTPConnectError):
            return smtplib.SMTPServerDisconnected(_shown(error))
        if isinstance(error, ssl.SSLError):
            what = "no encrypted connection can be made"
        elif isinstance(error, smtplib.SMTPAuthenticationError):
            what = f"the server refuses the user name or the password of {settings.user}"
        elif isinstance(error, UnicodeError):
            what = "the password holds letters that a mail server cannot be told"
        elif isinstance(error, smtplib.SMTPException) and not isinstance(error, smtplib.SMTPServerDisconnected):
            what = "the server cannot be used"
        else:
            return None
        # Of a password not even a letter is told.
        words = "choose Latin letters" if isinstance(error, UnicodeError) else _shown(error)
        return SchoolctlError(f"{settings.host}:{settings.port}: {what} ({words})")


def _is_accepted(code: int) -> bool:
    return _FIRST_ACCEPTING <= code < _FIRST_ASKING


def _shown(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return f"{error.smtp_code} {_text(words) if isinstance(words, bytes) else words}"
    return str(getattr(error, "strerror", None) or error)[:_LONGEST_WORDS]


def _text(words: bytes) -> str:
    return " ".join(words.decode("utf-8", "replace").split())[:_LONGEST_WORDS]
