"""The table [smtp] of sessions.toml: by which server mails are sent; the password is never in it."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from schoolctl.domain.school import email_fault
from schoolctl.errors import SchoolctlError
from schoolctl.store.schedule_keys import MEANT_IN_SMTP, SMTP_HINT, SMTP_KEYS
from schoolctl.store.toml_source import read_toml
from schoolctl.store.toml_values import Table

Security = Literal["starttls", "ssl", "none"]
SECURITIES: Final[tuple[Security, ...]] = ("starttls", "ssl", "none")
_PORTS: Final[dict[Security, int]] = {"starttls": 587, "ssl": 465, "none": 25}
_HIGHEST_PORT = 65_535
_USUAL_PER_MINUTE = 30
_MOST_PER_MINUTE = 6_000
_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,10}|\[?[0-9A-Fa-f:.]{2,45}\]?")


class SmtpSettings(NamedTuple):
    """A mail server. `user` is empty when it wants no password; `sender` when mails come from the organiser's address.

    `per_minute` is how many mails go at most in a minute.
    """

    host: str
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    sender: str = ""
    per_minute: int = _USUAL_PER_MINUTE


def read_smtp(top: Table) -> SmtpSettings | None:
    """The settings, None when there are none; mistakes are reported to the table."""
    table = top.table("smtp", SMTP_HINT)
    if table is None:
        return None
    table.report_unknown(SMTP_KEYS, MEANT_IN_SMTP)
    table.require("host", 'Write host = "smtp.example.kz"')
    host = table.text("host", _host_fault).strip("[]")
    usual: Security = "ssl" if table.data.get("port") == _PORTS["ssl"] else "starttls"
    security = table.choice("security", SECURITIES, usual)
    if security == "none" and host and not is_this_machine(host):
        hint = 'Write security = "starttls" or security = "ssl"'
        table.report("security", "without encryption mails go to a server on this machine only", hint)
    per_minute, port = _USUAL_PER_MINUTE, _PORTS[security]
    if "per_minute" in table.data:
        per_minute = table.whole_number("per_minute", 1, _MOST_PER_MINUTE)
    if "port" in table.data:
        port = table.whole_number("port", 1, _HIGHEST_PORT)
    return SmtpSettings(host, port, security, table.text("user"), table.text("from", email_fault), per_minute)


def smtp_settings(raw: bytes, file: str) -> SmtpSettings | None:
    """The settings in the bytes of a sessions.toml whose mistakes were told already."""
    return read_smtp(Table(read_toml(raw, file).data, ()))


def needed_smtp_settings(raw: bytes, file: str) -> SmtpSettings:
    """The same; SchoolctlError when there are none."""
    settings = smtp_settings(raw, file)
    if settings is None:
        message = f'{file} names no mail server. Write a line [smtp], and below it host = "smtp.example.kz"'
        raise SchoolctlError(message)
    return settings


def is_this_machine(host: str) -> bool:
    """Whether a name is that of the machine itself: what goes there crosses no network."""
    import ipaddress

    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host_fault(text: str) -> str | None:
    return None if _HOST.fullmatch(text) else f'"{text}" is no name of a server: write it as smtp.example.kz'
