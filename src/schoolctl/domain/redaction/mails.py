"""Addresses on the net: e-mail in every spelling, accounts and links to them."""

from __future__ import annotations

import re

from schoolctl.domain.redaction.marks import Span, apart, span_of

# The second form is the one typed on a phone, with a blank beside the sign; Latin only, else it would eat a word.
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++|,(?:ru|kz|com|net|org|ру|кз)(?!\w))*|"
    r"(?<![a-z0-9._+-])[a-z0-9._+-]++ ?@ ?[a-z0-9-]++(?:\.[a-z0-9-]++)+"
)
_PROVIDERS = (
    r"mail|gmail|inbox|list|bk|yandex|ya|outlook|hotmail|icloud|rambler|yahoo|example|мейл|мэйл|маил|"
    r"гмейл|гмаил|яндекс|джимейл|инбокс|лист"
)
_ENDS = r"ru|kz|com|net|org|ру|кз|ком|нет"
_DOT = r"(?:\s{0,2}[.,]\s{0,2}|\s{1,2}(?:точка|нукте|dot)\s{1,2}|\s{0,2}[(\[](?:dot|точка)[)\]]\s{0,2}|\s)"
_SPELLED = re.compile(
    r"(?<![\w.+-])[\w.+-]++\s{0,2}(?:(?:[(\[{]\s?(?:at|эт|ат|собака|dog)\s?[)\]}]|(?<!\w)(?:собака|"
    r"собачка|at|эт)(?!\w))\s{0,2}"
    rf"(?:{_PROVIDERS}|[a-z0-9-]++(?=\.)){_DOT}(?:{_ENDS})(?!\w))"
)
_HANDLE = re.compile(r"(?<![\w.@])@[a-z_а-я][\w.]{2,40}(?<!\.)")
_LINK = re.compile(
    r"(?<![\w.])(?:https?://)?(?:www\.|m\.)?(?:t\.me|telegram\.me|instagram\.com|instagr\.am|vk\.com|"
    r"facebook\.com|fb\.com|ok\.ru|tiktok\.com|"
    r"wa\.me/(?:qr|message))/[^\s,;()<>\x00-\x03]{1,200}"
)
_NAMED_HANDLE = re.compile(
    r"(?<!\w)(?:инст[аеуо]?\w{0,6}|insta(?:gram)?|телегра\w{1,2}|телега|telegram|tg|тг|ник(?:нейм)?|"
    r"nick(?:name)?|вк|vk|tiktok|тикток|"
    r"аккаунт\w?|account)(?P<colon>\s?[:=–-])?\s{1,2}(?P<handle>[a-z][\w.]{2,40}(?<!\.))"
)


def find_mails(folded: str) -> list[Span]:
    """The e-mail addresses, links to accounts and account names in a folded text."""
    spans: list[Span] = []
    if "@" in folded:
        spans += (span_of(match, 0, "email", "e-mail address") for match in _EMAIL.finditer(folded))
        spans += (span_of(match, 0, "handle", "account name after @") for match in _HANDLE.finditer(folded))
    spans += (span_of(match, 0, "email", "e-mail address in words") for match in _SPELLED.finditer(folded))
    spans += (span_of(match, 0, "handle", "link to an account") for match in _LINK.finditer(folded))
    named = (match for match in _NAMED_HANDLE.finditer(folded) if match["colon"] or _is_account(match["handle"]))
    spans += (span_of(match, "handle", "handle", "account name after a word for it") for match in named)
    return apart(spans)


def _is_account(word: str) -> bool:
    """Whether a Latin word is no word of a language: it has a figure, a dot or an underscore in it."""
    return any(not letter.isalpha() for letter in word)
