"""Column headers of English tables: whole headers, and beginnings of words (marked `*`)."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "text": (
        "question", "questions", "your question", "text", "message", "question text", "comment", "comments",
        "question*", "message*", "ask", "enquir*", "inquir*",
    ),
    "name": ("name", "full name", "your name", "sender", "author", "asker name", "how should we address you",
        "what is your name",
        "first name", "name*", "surname*"),
    "surname": ("surname", "last name", "family name"),
    "email": ("email", "e mail", "email address", "e mail address", "mail", "asker email", "email*", "mail*"),
    "phone": ("phone", "phone number", "telephone", "mobile", "cell", "whatsapp", "phone*", "telephone*", "mobile*"),
    "received_at": (
        "timestamp", "completion time", "submitted at", "received at", "received_at", "date and time", "date", "time",
        "question time", "created at", "timestamp*", "date*", "submi*", "start time",
    ),
    "ignored": (
        "id", "no", "number", "last modified time", "language", "total points", "quiz feedback", "age*", "city*",
        "gender*", "status", "topic", "subject", "answer*", "consent*", "points*", "feedback*", "agree*", "rating*",
        "score*",
    ),
}  # fmt: skip
