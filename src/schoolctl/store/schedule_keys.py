"""The keys of sessions.toml, how to write them, and where one belongs that was met at a wrong place."""

from __future__ import annotations

from schoolctl.domain.limits import LIMIT_KEYS

SCHOOL_KEYS = (
    "id", "topic", "starts", "ends", "timezone", "mode", "venue", "format", "questions_until", "status",
    "cancel_reason", "moved_from", "meeting", "registration", "recording", "reminders", "moderator",
    "speakers", "programme",
)  # fmt: skip
TOP_KEYS = ("languages", "timezone", "reminders", "organizer", "limits", "smtp", "school")
ORGANIZER_KEYS = ("name", "email", "whatsapp", "chat_names")
SMTP_KEYS = ("host", "port", "security", "user", "from", "per_minute")
REQUIRED = (
    ("id", 'Write id = "2026-12-10-topic"'),
    ("topic", 'Write topic = { kk = "…", ru = "…", en = "…" }'),
    ("starts", "Write starts = 2026-12-10 18:30:00"),
    ("ends", "Write ends = 2026-12-10 20:30:00"),
)
_ABOVE_ALL = "It belongs at the top of the file, above every [heading]"
# Keys that a reader of the sample file knows, met at a place where they mean nothing.
MEANT_AT_TOP = (
    dict.fromkeys(SCHOOL_KEYS, "It belongs into a [[school]] block, below its heading")
    | dict.fromkeys(ORGANIZER_KEYS, "It belongs below the heading [organizer]")
    | {
        key: f"Write the heading as [[school.{key}]], below the [[school]] it belongs to"
        for key in ("programme", "speakers")
    }
    | dict.fromkeys(LIMIT_KEYS, "It belongs below a heading [limits]")
    | dict.fromkeys(SMTP_KEYS, "It belongs below a heading [smtp]")
)
MEANT_IN_ORGANIZER = dict.fromkeys(("languages", "timezone", "reminders"), _ABOVE_ALL)
MEANT_IN_LIMITS = MEANT_IN_ORGANIZER | dict.fromkeys(ORGANIZER_KEYS, "It belongs below the heading [organizer]")
_NOT_HERE = "No password in this file: set SCHOOLCTL_SMTP_PASSWORD, or keep it in the keyring of your system"
MEANT_IN_SMTP = MEANT_IN_ORGANIZER | {
    "password": _NOT_HERE,
    "pass": _NOT_HERE,
    "server": "Did you mean host?",
    "email": "Did you mean from?",
    "sender": "Did you mean from?",
}
MEANT_IN_SCHOOL = {
    "languages": _ABOVE_ALL,
    "url": 'Write meeting = { url = "https://…" }',
    "link": 'Write meeting = { url = "https://…" }',
    "title": "Did you mean topic?",
    "date": "Did you mean starts?",
    "address": "Did you mean venue?",
}
MEANT_IN_PART = dict.fromkeys(
    SCHOOL_KEYS, "It belongs to the school itself: above its first [[school.…]] or [school.…]"
)
SPEAKERS_HINT = 'Write speakers = [ { name = "…", role = { kk = "…", ru = "…" } } ]'
MODERATOR_HINT = 'Write moderator = { name = "…", role = { kk = "…", ru = "…" } }'
MODERATOR_KEYS = ("name", "role")
MEANT_IN_MODERATOR = {"themes": "Questions are answered by speakers: give the themes to one of those"}
LIMITS_HINT = "Write a line [limits], and below it for example message_mb = 25"
SMTP_HINT = 'Write a line [smtp], and below it host = "smtp.example.kz"'
SPEAKER_KEYS = ("name", "role", "themes")
PROGRAMME_KEYS = ("title", "minutes", "theme", "speakers")
PROGRAMME_HINT = "Begin each of its items with a line [[school.programme]]"
