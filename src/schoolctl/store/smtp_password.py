"""The mail server's password: from the environment, else from the system's keyring; never from a file or an option."""

from __future__ import annotations

import importlib
import os

from schoolctl.errors import SchoolctlError
from schoolctl.store.smtp_settings import SmtpSettings

PASSWORD_VARIABLE = "SCHOOLCTL_SMTP_PASSWORD"  # noqa: S105 - a variable's name
_SERVICE = "schoolctl"


def smtp_password(settings: SmtpSettings) -> str:
    """The password for `user`, empty for a server that wants none. SchoolctlError says where to put it."""
    if not settings.user:
        return ""
    password = os.environ.get(PASSWORD_VARIABLE) or _from_keyring(settings)
    if not password:
        message = (
            f"there is no password for {settings.user}. Set {PASSWORD_VARIABLE}, or keep it in the keyring of your "
            f"system: keyring set {_SERVICE} {_account(settings)}"
        )
        raise SchoolctlError(message)
    return password


def _from_keyring(settings: SmtpSettings) -> str:
    # By name: it is an optional package, and takes a quarter of a second to import.
    try:
        keyring = importlib.import_module("keyring")
    except ModuleNotFoundError as error:
        message = (
            f"there is no password for {settings.user}. Set {PASSWORD_VARIABLE}; to use the keyring of your system "
            'instead, install it once: pip install "schoolctl[mail]"'
        )
        raise SchoolctlError(message) from error
    try:
        return keyring.get_password(_SERVICE, _account(settings)) or ""
    except keyring.errors.KeyringError as error:
        message = f"the keyring of your system cannot be read ({error}). Set {PASSWORD_VARIABLE} instead"
        raise SchoolctlError(message) from error


def _account(settings: SmtpSettings) -> str:
    return f"{settings.user}@{settings.host}"
