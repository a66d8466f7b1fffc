"""What may be shown of a sender."""

from __future__ import annotations

from schoolctl.domain.question import Sender

_SHORTEST_PHONE = 8


def mask_sender(sender: Sender) -> str:
    """Enough to tell two senders apart in a table, too little to know who they are: `А*** +7***65`."""
    name = f"{sender.name[0]}***" if sender.name else ""
    return " ".join(part for part in (name, _mask_phone(sender.phone), _mask_email(sender.email)) if part)


def full_sender(sender: Sender) -> str:
    """The sender as organisers see it when they ask for it: `Name, phone, e-mail`."""
    return ", ".join(part for part in (sender.name, sender.phone, sender.email) if part)


def _mask_phone(phone: str) -> str:
    if len(phone) < _SHORTEST_PHONE:
        return "***" if phone else ""
    return f"{phone[:2]}***{phone[-2:]}"


def _mask_email(email: str) -> str:
    local, _, domain = email.partition("@")
    return f"{local[:1]}***@{domain}" if email else ""
