"""A digest of what patients see of a school: by it a picture or a page tells later whether it still holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from schoolctl.domain.school import Organizer, School

_SHOWN = (
    *("topic", "starts", "ends", "mode", "venue", "format", "questions_until", "is_cancelled", "cancel_reason"),
    *("moved_from", "meeting", "registration"),
)


def shown_fingerprint(school: School, organizer: Organizer, languages: Sequence[str]) -> str:
    """32 hexadecimal digits that change when anything changes that a poster or a preview in these languages shows.

    Not by the moment at which it is made, and not by a text in another language.
    """
    facts = [getattr(school, name) for name in _SHOWN]
    facts += [[speaker.name, speaker.role] for speaker in school.speakers]
    facts += [organizer.name, organizer.email, organizer.whatsapp]
    plain = json.dumps([_plain(fact, languages) for fact in facts], ensure_ascii=False)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _plain(fact: object, languages: Sequence[str]) -> object:
    if isinstance(fact, datetime):
        return f"{fact.replace(tzinfo=None).isoformat()} {fact.tzinfo}"
    if isinstance(fact, Mapping):
        return [fact.get(language) for language in languages]
    if isinstance(fact, (tuple, list)):
        return [_plain(part, languages) for part in fact]
    return fact
