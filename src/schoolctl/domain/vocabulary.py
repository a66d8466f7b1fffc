"""The words for channels, statuses and labels: small, for those who need no more of a question."""

from __future__ import annotations

from typing import Literal

Channel = Literal["email", "whatsapp", "form", "zoom", "chat", "other"]
Status = Literal["new", "accepted", "personal", "off_topic", "duplicate", "answered", "rejected"]
# What of a question a person may have decided, beside its status; `wording`: its words stand for its whole group;
# `stays`: it was not answered, and does not go over to another school.
Aspect = Literal["text", "redaction", "themes", "group", "wording", "stays"]
ScreeningLabel = Literal["general", "personal", "logistics", "off_topic", "not_question"]

STATUSES: tuple[Status, ...] = ("new", "accepted", "personal", "off_topic", "duplicate", "answered", "rejected")
