"""An agenda as it is read in one language: what the page, the document, the slides and the print are made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from schoolctl.domain.agenda import Agenda, AgendaBlock, AgendaQuestion, AgendaRow, RowKind
from schoolctl.domain.announcement import SchoolFacts, SpeakerFacts, school_facts
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.question import Question
from schoolctl.domain.school import School, Texts, text_in
from schoolctl.renderers.dialects import Markup
from schoolctl.renderers.environment import render_blocks
from schoolctl.renderers.markup import escape_plain

_BLOCKS = (
    *("title", "when", "venue", "programme", "time", "topic", "speaker", "opening", "live", "closing", "speakers"),
    *("questions", "asked", "others", "answer", "spare", "none", "note"),
)


@dataclass(frozen=True, slots=True)
class WordingView:
    """A patient's words on one line; `mark` is "[kk]" when they are in another language than the document's.

    Of an organiser's translation the `mark` says from which language it is, and `original` are the patient's words.
    """

    id: int
    text: str
    language: str
    mark: str
    original: WordingView | None = None

    @property
    def marked(self) -> str:
        """The words with their mark."""
        return f"{self.text} {self.mark}" if self.mark else self.text


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question to answer: its leading wording, how many people asked, and the other wordings."""

    wording: WordingView
    asked: int
    others: tuple[WordingView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the programme in words."""

    kind: RowKind
    span: str
    title: str
    theme: str
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    """The questions under one heading; `span` and `speakers` are empty when no row is given to them."""

    title: str
    theme: str
    span: str
    speakers: tuple[str, ...]
    questions: tuple[QuestionView, ...]
    spare: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True)
class AgendaView:
    """The agenda in one language; `words` are those of `templates/agenda/words.LANG.txt` by block.

    `reason` is why the school is cancelled, `moderator` who leads through it, each as a line; None when there is none.
    """

    language: str
    words: Mapping[str, str]
    speakers: tuple[SpeakerFacts, ...]
    rows: tuple[RowView, ...]
    blocks: tuple[BlockView, ...]
    reason: str | None = None
    moderator: str | None = None

    @property
    def lines(self) -> list[str]:
        """What stands below the title."""
        return [line for line in (self.reason, self.words["when"], self.words["venue"], self.moderator) if line]

    @property
    def fingerprint(self) -> str:
        """The same for all documents that say the same, whatever they look like and whoever wrote answers into one."""
        # What is not there leaves no trace: a document from before there was such a thing is not outdated.
        facts = asdict(self, dict_factory=lambda pairs: {name: value for name, value in pairs if value is not None})
        said = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


def agenda_view(own_templates: Path, agenda: Agenda, language: str) -> AgendaView:
    """What stands in the documents; of questions the redacted wordings alone, nothing of who asked."""
    school = school_facts(agenda.school, language, agenda.school.starts)
    words = dict(agenda_words(own_templates, school, language))
    # Asked for only when they are needed: an organiser's own words may be older than these.
    extra = extra_words(own_templates, agenda, language)
    if "cancelled" in extra:
        words["title"] = f"{extra['cancelled']}. {words['title']}"
    rows = tuple(row_view(agenda, row, language, words) for row in agenda.rows)
    speakers = tuple(SpeakerFacts(escape_plain(who.name), escape_plain(who.role)) for who in school.speakers)
    blocks = tuple(_block_view(block, rows, language) for block in agenda.blocks)
    return AgendaView(language, words, speakers, rows, blocks, extra.get("reason"), extra.get("moderator"))


def agenda_words(own_templates: Path, school: SchoolFacts, language: str) -> Mapping[str, str]:
    """The words in force, by block."""
    name = f"agenda/words.{language}.txt"
    return render_blocks(own_templates, name, dict.fromkeys(_BLOCKS, "plain"), {"school": school})


def extra_words(own_templates: Path, agenda: Agenda, language: str) -> Mapping[str, str]:
    """`moderator`, `cancelled` and `reason`, as far as the school has them."""
    school = school_facts(agenda.school, language, agenda.school.starts)
    is_cancelled = agenda.school.is_cancelled
    there = {
        "moderator": school.moderator,
        "cancelled": is_cancelled,
        "reason": is_cancelled and school.cancel_reason,
    }
    blocks: dict[str, Markup] = {name: "plain" for name, fact in there.items() if fact}
    return render_blocks(own_templates, f"agenda/words.{language}.txt", blocks, {"school": school})


def row_view(agenda: Agenda, row: AgendaRow, language: str, words: Mapping[str, str]) -> RowView:
    """A row of the agenda; MissingTranslationError when its title lacks the language."""
    rules, school = LANGUAGES[language], agenda.school
    # A programme's own title may lack this language: better no agenda than one with a hole in it.
    title = text_in(row.title, language, f"school {school.id}: a programme title") if row.kind == "item" else ""
    title = title or (rules.themes[row.theme] if row.theme else words[row.kind])
    speakers = tuple(escape_plain(speaker_name(school, name, language)) for name in row.speakers)
    return RowView(row.kind, rules.span(row.starts, row.ends), escape_plain(title), row.theme, speakers)


def speaker_name(school: School, name: str | Texts, language: str) -> str:
    """A speaker's name in a language; a programme may name a speaker of the school in any of them."""
    if isinstance(name, str):
        people = (*school.speakers, *filter(None, [school.moderator]))
        names = (who.name for who in people if not isinstance(who.name, str))
        name = next((texts for texts in names if name in texts.values()), name)
    return text_in(name, language, f"school {school.id}: a speaker's name")


def question_view(question: AgendaQuestion, language: str) -> QuestionView:
    """A question in its wordings."""
    wording, *others = (wording_view(one, language) for one in question.wordings_in(language))
    return QuestionView(wording, question.asked, tuple(others))


def wording_view(question: Question, language: str) -> WordingView:
    """A question's words for a document in a language: an organiser's translation where there is one."""
    is_other = question.language != language and question.language in LANGUAGES
    mark = f"[{question.language}]" if is_other else ""
    own = WordingView(question.id, escape_plain(question.redacted_text).strip(), question.language, mark)
    if language not in question.translations:
        return own
    text = escape_plain(question.translations[language]).strip()
    origin = LANGUAGES[language].translated_from.get(question.language)
    return WordingView(question.id, text, language, f"({origin})" if origin else mark, own)


def _block_view(block: AgendaBlock, rows: tuple[RowView, ...], language: str) -> BlockView:
    row = rows[block.row] if block.row is not None else None
    return BlockView(
        title=row.title if row else LANGUAGES[language].themes[block.theme],
        theme=block.theme,
        span=row.span if row else "",
        speakers=row.speakers if row else (),
        questions=tuple(question_view(one, language) for one in block.questions),
        spare=tuple(question_view(one, language) for one in block.spare),
    )
