"""The table [smtp] and the password: every mistake is told with its line, and no password comes from a file."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace

import pytest

from schoolctl.errors import Problem, SchoolctlError
from schoolctl.store.schedule_keys import SMTP_KEYS
from schoolctl.store.schedule_reader import read_schedule
from schoolctl.store.smtp_password import PASSWORD_VARIABLE, smtp_password
from schoolctl.store.smtp_settings import SmtpSettings, is_this_machine, smtp_settings

from .sample_schedule import SCHEDULE, error

HEADING_LINE = SCHEDULE.count("\n") + 2
NUMBER = "Write only the number, without quotes"
NOT_HERE = "No password in this file: set SCHOOLCTL_SMTP_PASSWORD, or keep it in the keyring of your system"


def read(*lines: str) -> tuple[SmtpSettings | None, tuple[Problem, ...]]:
    raw = "\n".join([SCHEDULE, "[smtp]", *lines, ""]).encode()
    return smtp_settings(raw, "sessions.toml"), read_schedule(raw, "sessions.toml")[1]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (('host = "smtp.example.kz"',), SmtpSettings("smtp.example.kz")),
        (
            ('host = "smtp.example.kz"', 'user = "school"', 'from = "robot@example.kz"', "per_minute = 10"),
            SmtpSettings("smtp.example.kz", 587, "starttls", "school", "robot@example.kz", 10),
        ),
        (('host = "smtp.example.kz"', 'security = "ssl"'), SmtpSettings("smtp.example.kz", 465, "ssl")),
        (('host = "smtp.example.kz"', "port = 465"), SmtpSettings("smtp.example.kz", 465, "ssl")),
        (('host = "smtp.example.kz"', "port = 2525"), SmtpSettings("smtp.example.kz", 2525, "starttls")),
        (('host = "127.0.0.1"', 'security = "none"'), SmtpSettings("127.0.0.1", 25, "none")),
        (('host = "[::1]"', 'security = "none"', "port = 1025"), SmtpSettings("::1", 1025, "none")),
    ],
)
def test_settings(lines: tuple[str, ...], expected: SmtpSettings) -> None:
    assert read(*lines) == (expected, ())


def test_a_schedule_without_a_server() -> None:
    assert smtp_settings(SCHEDULE.encode(), "sessions.toml") is None


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ('password = "hunter2"', '"password" means nothing here', NOT_HERE),
        ('server = "x"', '"server" means nothing here', "Did you mean host?"),
        ('colour = "x"', '"colour" means nothing here', f"Known here: {', '.join(SMTP_KEYS)}"),
        ("port = 0", "port must be a whole number from 1 to 65535", NUMBER),
        ('port = "587"', "port must be a whole number from 1 to 65535", NUMBER),
        ("per_minute = 0", "per_minute must be a whole number from 1 to 6000", NUMBER),
        ('from = "nobody"', 'from: "nobody" is no e-mail address', ""),
        ('security = "tls"', 'security cannot be "tls"', "Use one of: starttls, ssl, none"),
        (
            'security = "none"',
            "without encryption mails go to a server on this machine only",
            'Write security = "starttls" or security = "ssl"',
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(line: str, message: str, hint: str) -> None:
    _, problems = read('host = "smtp.example.kz"', line)
    assert problems == (error(HEADING_LINE + 2, message, hint),)


@pytest.mark.parametrize(
    "host", ["https://smtp.example.kz", "smtp.example.kz:587", "a b", "-a.kz", "x@y", "smtp.пример.kz"]
)
def test_a_host_that_is_none(host: str) -> None:
    _, problems = read(f'host = "{host}"')
    message = f'host: "{host}" is no name of a server: write it as smtp.example.kz'
    assert problems == (error(HEADING_LINE + 1, message, ""),)


def test_a_table_without_host_and_no_table_at_all() -> None:
    _, problems = read("port = 587")
    assert problems == (error(HEADING_LINE, "host is missing", 'Write host = "smtp.example.kz"'),)
    _, problems = read_schedule(f"smtp = 5\n{SCHEDULE}".encode(), "sessions.toml")
    hint = 'Write a line [smtp], and below it host = "smtp.example.kz"'
    assert problems == (error(1, "smtp must be a table", hint),)


@pytest.mark.parametrize("key", SMTP_KEYS)
def test_a_key_at_the_top_of_the_file_is_told_where_it_belongs(key: str) -> None:
    _, problems = read_schedule(f"{key} = 25\n{SCHEDULE}".encode(), "sessions.toml")
    assert problems == (error(1, f'"{key}" means nothing here', "It belongs below a heading [smtp]"),)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost", True), ("LOCALHOST", True), ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True),
     ("10.0.0.1", False), ("localhost.example.kz", False), ("0.0.0.0", False)],  # noqa: S104 - a name to judge
)  # fmt: skip
def test_what_this_machine_is(host: str, expected: bool) -> None:  # noqa: FBT001 - what is expected
    assert is_this_machine(host) is expected


WITH_USER = SmtpSettings("smtp.example.kz", user="school")


class KeyringError(Exception):
    """The keyring's own error."""


def keyring(found: str | Exception | None) -> ModuleType:
    module = ModuleType("keyring")

    def get_password(service: str, account: str) -> str | None:
        assert (service, account) == ("schoolctl", "school@smtp.example.kz")
        if isinstance(found, Exception):
            raise found
        return found

    vars(module).update(get_password=get_password, errors=SimpleNamespace(KeyringError=KeyringError))
    return module


def test_the_password_comes_from_the_environment_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", keyring("from the keyring"))
    monkeypatch.setenv(PASSWORD_VARIABLE, "from the environment")
    assert smtp_password(WITH_USER) == "from the environment"
    monkeypatch.setenv(PASSWORD_VARIABLE, "")
    assert smtp_password(WITH_USER) == "from the keyring"
    assert smtp_password(SmtpSettings("smtp.example.kz")) == ""


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (
            None,
            (
                "there is no password for school. Set SCHOOLCTL_SMTP_PASSWORD; to use the keyring of your system "
                'instead, install it once: pip install "schoolctl[mail]"'
            ),
        ),
        (
            keyring(None),
            (
                "there is no password for school. Set SCHOOLCTL_SMTP_PASSWORD, or keep it in the keyring of your "
                "system: keyring set schoolctl school@smtp.example.kz"
            ),
        ),
        (
            keyring(KeyringError("locked")),
            "the keyring of your system cannot be read (locked). Set SCHOOLCTL_SMTP_PASSWORD instead",
        ),
    ],
)
def test_no_password(monkeypatch: pytest.MonkeyPatch, module: ModuleType | None, message: str) -> None:
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    # None in its place is how Python knows a module that cannot be imported.
    monkeypatch.setitem(sys.modules, "keyring", module)
    with pytest.raises(SchoolctlError) as caught:
        smtp_password(WITH_USER)
    assert str(caught.value) == message
