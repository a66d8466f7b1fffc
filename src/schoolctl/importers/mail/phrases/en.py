"""English phrases of mail programs and of letter writers; other languages' programs use many of them too."""

from __future__ import annotations

from schoolctl.importers.mail.phrases.rules import MailPhrases

EN = MailPhrases(
    months=(
        ("jan",),
        ("feb",),
        ("mar",),
        ("apr",),
        ("may",),
        ("jun",),
        ("jul",),
        ("aug",),
        ("sep",),
        ("oct",),
        ("nov",),
        ("dec",),
    ),
    weekdays=(
        *("mon", "tue", "wed", "thu", "fri", "sat", "sun", "tues", "weds", "thur", "thurs"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    ),
    verbs=("wrote", "writes", "has written"),
    lead_ins=("on", "at"),
    labels={
        "from": "from",
        "sender": "from",
        "sent": "sent",
        "date": "sent",
        "to": "to",
        "cc": "to",
        "subject": "subject",
        "reply-to": "to",
    },
    originals=("original message", "original email", "reply message"),
    forwards=("forwarded message", "forwarded email", "begin forwarded message", "begin forwarded email"),
    forward_ends=("end of forwarded message", "end forwarded message"),
    farewells=(
        *("best regards", "kind regards", "warm regards", "with best regards", "with kind regards", "regards"),
        *("yours sincerely", "yours faithfully", "sincerely", "sincerely yours", "respectfully", "best wishes"),
        *("with best wishes", "thanks and regards", "many thanks and best regards", "yours truly", "with respect"),
    ),
    app_line_patterns=(
        (
            r"sent (?:from|via|using|with) (?:my |the |a )?(?:\S+ ){0,3}?(?:iphone|ipad|ipod|ios"
            r"|android|mail|e-mail|email"
            r"|outlook|yahoo|gmail|samsung|galaxy|huawei|honor|xiaomi|redmi|phone|smartphone|tablet|mobile|device|windows"
            r"|blackberry|proton|yandex)[^?]{0,60}"
        ),
        r"get outlook for [^?]{1,120}",
        r"virus-free\.[^?]{0,80}",
    ),
    app_line_hints=("sent ", "outlook for", "virus-free"),
    reply_prefixes=("re", "aw", "antw", "reply"),
    forward_prefixes=("fwd", "fw", "forward"),
    empty_subjects=(
        "no subject",
        "none",
        "question",
        "questions",
        "my question",
        "my questions",
        "a question",
        "question for the doctor",
        "question for the school",
        "patient school",
        "virtual patient school",
        "hello",
        "hi",
        "test",
    ),
    greetings=(
        *("hello", "hi", "dear", "doctor", "doctors", "dr", "good", "morning", "afternoon", "evening", "day", "sir"),
        *("madam", "or", "thanks", "thank", "you", "question", "in", "the", "subject", "see", "all", "team"),
    ),
    automatic_subjects=("automatic reply", "auto reply", "autoreply", "auto-reply", "out of office", "auto response"),
    calendar_subjects=("accepted", "declined", "tentative", "tentatively accepted"),
)
