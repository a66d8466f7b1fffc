"""A draft becomes a question: its texts mended and cleaned, its language known, what is private marked, screened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from schoolctl.domain.closing import as_answered, may_be_answered
from schoolctl.domain.limits import DEFAULT_LIMITS, Limits
from schoolctl.domain.question import Draft, Question, Sender, SetAside, SourceRef
from schoolctl.domain.text import clean_line, clean_text
from schoolctl.importers.mojibake import repair_mojibake
from schoolctl.services.judgement import AT_ONCE, UNSCREENED, Rules, judge_each

# A few mails may be as long as a hundred others.
_MOST_CHARACTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Desk:
    """What all drafts of one source are worked on with: the source's name, the school they are for, and the rules."""

    file: str
    school: str | None
    rules: Rules


def cleaned(draft: Draft, limits: Limits = DEFAULT_LIMITS) -> Draft | SetAside:
    """The draft with its texts mended and normalised, or set aside when no words are left or far too many."""
    text, repairs = repair_mojibake(draft.text)
    text = clean_text(text)
    # Most messages are all the sender's own words: cleaned once, the text serves for both.
    original = text if draft.original_text == draft.text else clean_text(repair_mojibake(draft.original_text)[0])
    clean = replace(
        draft,
        text=text,
        original_text=original,
        sender=Sender(
            clean_line(repair_mojibake(draft.sender.name)[0]),
            clean_line(draft.sender.email).lower(),
            draft.sender.phone,
        ),
        message_id=clean_line(draft.message_id),
        repairs=tuple(map(clean_line, (*draft.repairs, *repairs))),
    )
    if not text:
        return SetAside(draft.position, "no text", clean)
    if len(text) > limits.question_characters:
        return SetAside(draft.position, limits.too_long, clean)
    return clean


def question_of(draft: Draft, desk: Desk) -> Question:
    """The new question that a cleaned draft makes, as the rules see it; answered when its source tells so."""
    return questions_of([draft], desk)[0]


def questions_of(drafts: Sequence[Draft], desk: Desk) -> list[Question]:
    """The same for several drafts, in their order: faster than one by one (see `judge_each`)."""
    questions = judge_each([_unjudged(draft, desk) for draft in drafts], desk.rules)
    return [
        as_answered(question) if draft.is_answered and may_be_answered(question) else question
        for draft, question in zip(drafts, questions, strict=True)
    ]


def in_batches(items: Iterable[Draft | SetAside]) -> Iterator[list[Draft | SetAside]]:
    """What an importer reads, in its order, so many at a time as are worked on together."""
    batch: list[Draft | SetAside] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item.original_text) if isinstance(item, Draft) else 0
        if len(batch) >= AT_ONCE or characters > _MOST_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _unjudged(draft: Draft, desk: Desk) -> Question:
    return Question(
        id=0,
        channel=draft.channel,
        text=draft.text,
        original_text=draft.original_text,
        redacted_text="",
        language="",
        sender=draft.sender,
        received_at=draft.received_at,
        zone_assumed=draft.zone_assumed,
        source=SourceRef(desk.file, draft.position),
        screening=UNSCREENED,
        message_id=draft.message_id,
        school=desk.school,
        repairs=draft.repairs,
    )
