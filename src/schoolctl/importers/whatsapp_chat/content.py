"""What a message says: the sender's own words, or the reason why there are none."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from schoolctl.importers.whatsapp_chat.system_lines import Kind, folded, is_event, is_notice, is_whole

SYSTEM: Final = "system message"
MEDIA: Final = "picture or voice message without text"
FILE: Final = "attached file without text"
CONTACT: Final = "contact card"
LOCATION: Final = "location"
POLL: Final = "poll"
CALL: Final = "call"
DELETED: Final = "deleted message"
NO_TEXT: Final = "no text"

_WHOLE_MESSAGES: Final[tuple[tuple[Kind, str], ...]] = (
    ("deleted", DELETED), ("calls", CALL), ("waiting", SYSTEM), ("contact", CONTACT), ("locations", LOCATION),
)  # fmt: skip
_MEDIA_ENDINGS: Final = frozenset(
    ("jpg", "jpeg", "png", "gif", "webp", "heic", "bmp", "mp4", "mov", "3gp", "avi", "mkv", "webm", "opus", "ogg",
     "mp3", "m4a", "aac", "amr", "wav", "was")
)  # fmt: skip
_LONGEST_NOTICE = 300
# iPhones set this mark before everything WhatsApp itself wrote, in every interface language.
_MARK: Final = "\u200e"
_MARKS: Final = "\u200b-\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff"

# Marks are few in an honest message; unbounded, a message of nothing else would take seconds.
_SUFFIX = re.compile(rf"[{_MARKS}]{{0,4}}<(?P<words>[^<>\n]{{3,80}})>[{_MARKS}\s]{{0,8}}\Z")
_ATTACHED = re.compile(
    rf"[{_MARKS}]{{0,4}}<[^<>:：\n]{{1,40}}[:：] ?(?P<file>[^<>\n]{{1,250}}\.(?P<ending>[A-Za-z0-9]{{2,5}}))>"
)
_FILE_AND_WORDS = re.compile(
    rf"[{_MARKS}]*(?P<file>[^\n]{{1,250}}?\.(?P<ending>[A-Za-z0-9]{{2,5}}))"
    rf"(?: ?\((?P<words>[^()\n]{{2,60}})\))?[{_MARKS} ]*"
)
# IMG-20220512-WA0001.jpg: a name that only WhatsApp gives.
_GIVEN_NAME = re.compile(r"(?:[A-Z]{3}-\d{8}-WA\d+|\d{8}-[A-Z_]+-\d{4}(?:-\d\d){5})\.\w{2,5}")
_PLACEHOLDER = re.compile(r"<[^<>\d?]{3,60}>")
_PAGES = re.compile(rf"[^\n]{{1,250}}\.\w{{2,5}}(?: • [{_MARKS}]*[^\n]{{1,30}})?")
_MAP_LINK = re.compile(r"(?:[^?\n]{0,80}: ?)?https://(?:maps\.google\.com/\?q=|foursquare\.com/v/)\S{1,200}")
_CHOICE = re.compile(
    rf"[{_MARKS}]*(?P<word>[^:：\n]{{2,30}})[:：] ?[^\n]*\([{_MARKS}]*\d+[^()\n]{{0,20}}\)[{_MARKS} ]*"
)
_HEADING = re.compile(rf"[{_MARKS}]*(?P<word>[^:：\n]{{2,30}})[:：][{_MARKS} ]*")


class Content(NamedTuple):
    """The sender's own words; when there are none, the reason for it."""

    text: str
    reason: str = ""


def read_content(body: str, sender: str) -> Content:
    """The words in a message's text (lines joined by newlines); `sender` is the name the chat gives."""
    text = _without_edited(body.strip())
    first, _, rest = text.partition("\n")
    reason = _whole_message_reason(text, first, rest, sender)
    if reason:
        return Content("", reason)
    words, reason = _without_media(text)
    words = words.strip()
    if words == text:
        return _unknown_notice(text, first, rest)
    return Content(words, "" if words else reason)


def _without_edited(text: str) -> str:
    """`text` without the suffix `<This message was edited>`, known by its words in the tables."""
    match = _SUFFIX.search(text)
    return text[: match.start()].rstrip() if match and is_whole("edited", match["words"]) else text


def _whole_message_reason(text: str, first: str, rest: str, sender: str) -> str:
    """Why a message as a whole is no text of a person, as far as tables and structure know; else empty."""
    if not folded(text):
        return NO_TEXT
    if _is_poll(first, rest):
        return POLL
    if not rest and (reason := _whole_line_reason(first)):
        return reason
    return SYSTEM if _is_system_line(first, sender) else ""


def _whole_line_reason(line: str) -> str:
    """Why a message of one line is no text of a person, as the tables know it; else empty."""
    bare = line.strip().removeprefix("<").removesuffix(">")
    reasons = (reason for kind, reason in _WHOLE_MESSAGES if is_whole(kind, bare))
    return next(reasons, LOCATION if _is_location(line) else "")


def _is_poll(first: str, rest: str) -> bool:
    """Whether a heading is followed by choices with votes: `POLL:`, the question, `OPTION: yes (3 votes)`."""
    heading = _HEADING.fullmatch(first)
    if heading is None:
        return False
    choices = [match["word"] for match in filter(None, map(_CHOICE.fullmatch, rest.split("\n")))]
    # All choices begin with the same word, in any language; a patient's list of advice would not count votes.
    same_word = len(set(choices)) == 1
    return same_word and (len(choices) > 1 or first.startswith(_MARK) or is_whole("polls", heading["word"]))


def _is_location(line: str) -> bool:
    """Whether a line is a shared place: nothing but a link to a map, or a word for it before the link."""
    plain = folded(line)
    if _MAP_LINK.fullmatch(plain):
        return True
    word, colon, link = plain.partition(": ")
    return bool(colon) and is_whole("locations", word) and link.startswith("https://")


def _is_system_line(line: str, sender: str) -> bool:
    """Whether a line begins as a notice does, or speaks of its own sender as one (`Лаура: Лаура left`)."""
    if is_notice(line):
        return True
    name = folded(sender)
    return bool(name) and folded(line).startswith(f"{name} ") and "?" not in line and is_event(line)


def _without_media(text: str) -> Content:
    """The caption that stands with a picture, recording or file, and the reason in case there is none."""
    if attached := _ATTACHED.search(text):
        caption = f"{text[: attached.start()].rstrip()}\n{text[attached.end() :].lstrip()}"
        return _caption(caption, _file_reason(attached["ending"]))
    first, _, rest = text.partition("\n")
    if file := _file_line(first):
        return Content(rest, _file_reason(file["ending"]))
    if is_whole("media", first) or _is_placeholder(first):
        return Content(rest, MEDIA)
    return _without_trailing_media(text)


def _without_trailing_media(text: str) -> Content:
    """The caption before a placeholder, as iPhones write it: `Можно ли пить это? ‎image omitted`."""
    before, mark, words = text.rpartition(_MARK)
    if mark and "\n" not in words and is_whole("media", words):
        return _caption(before.replace(_MARK, ""), MEDIA)
    return Content(text)


def _caption(words: str, reason: str) -> Content:
    """The words beside an attached file, unless they are its name and its number of pages."""
    words = words.strip()
    return Content("" if _PAGES.fullmatch(words) else words, reason)


def _file_line(line: str) -> re.Match[str] | None:
    """A line that is a file's name with `(file attached)` in any language behind it."""
    match = _FILE_AND_WORDS.fullmatch(line)
    if match is None or _GIVEN_NAME.fullmatch(match["file"]):
        return match
    words = match["words"]
    # Foreign words in brackets behind a name of the sender's own could be the sender's words: not without the mark.
    is_known = words and (line.startswith(_MARK) or is_whole("attached", words))
    return match if is_known else None


def _is_placeholder(line: str) -> bool:
    """Whether a line is `<Media omitted>` in any language: words between angle brackets and nothing else."""
    bare = line.strip().strip(_MARK)
    return _PLACEHOLDER.fullmatch(bare) is not None or is_whole("media", bare.removeprefix("<").removesuffix(">"))


def _file_reason(ending: str) -> str:
    """Why a message that is only a file is no question, by the file's ending."""
    ending = ending.casefold()
    if ending == "vcf":
        return CONTACT
    return MEDIA if ending in _MEDIA_ENDINGS else FILE


def _unknown_notice(text: str, first: str, rest: str) -> Content:
    """`text`, unless the mark before it says that WhatsApp wrote it in a language that no table knows."""
    if not first.startswith(_MARK) or "?" in first or len(first) > _LONGEST_NOTICE:
        return Content(text)
    # A caption stands below a picture's placeholder; a question is never given up for a notice.
    return Content(rest.strip(), "" if rest.strip() else SYSTEM)
