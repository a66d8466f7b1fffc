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
from schoolctl.renderers.environment import render_blocks
from schoolctl.renderers.markup import escape_plain

_BLOCKS = (
    *("title", "when", "venue", "programme", "time", "topic", "speaker", "opening", "live", "closing", "speakers"),
    *("questions", "asked", "others", "answer", "spare", "none", "note"),
)


@dataclass(frozen=True, slots=True)
class WordingView:
    """A patient's words on one line; `mark` is "[kk]" when they are in another language than the document's."""

    id: int
    text: str
    language: str
    mark: str

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
    """The agenda in one language; `words` are those of `templates/agenda/words.LANG.txt` by block."""

    language: str
    words: Mapping[str, str]
    speakers: tuple[SpeakerFacts, ...]
    rows: tuple[RowView, ...]
    blocks: tuple[BlockView, ...]

    @property
    def fingerprint(self) -> str:
        """The same for all documents that say the same, whatever they look like and whoever wrote answers into one."""
        said = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]


def agenda_view(own_templates: Path, agenda: Agenda, language: str) -> AgendaView:
    """What stands in the documents; of questions the redacted wordings alone, nothing of who asked."""
    school = school_facts(agenda.school, language, agenda.school.starts)
    words = agenda_words(own_templates, school, language)
    rows = tuple(row_view(agenda, row, language, words) for row in agenda.rows)
    speakers = tuple(SpeakerFacts(escape_plain(who.name), escape_plain(who.role)) for who in school.speakers)
    blocks = tuple(_block_view(block, rows, language) for block in agenda.blocks)
    return AgendaView(language, words, speakers, rows, blocks)


def agenda_words(own_templates: Path, school: SchoolFacts, language: str) -> Mapping[str, str]:
    """The words in force, by block."""
    name = f"agenda/words.{language}.txt"
    return render_blocks(own_templates, name, dict.fromkeys(_BLOCKS, "plain"), {"school": school})


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
        names = (who.name for who in school.speakers if not isinstance(who.name, str))
        name = next((texts for texts in names if name in texts.values()), name)
    return text_in(name, language, f"school {school.id}: a speaker's name")


def question_view(question: AgendaQuestion, language: str) -> QuestionView:
    """A question in its wordings."""
    wording, *others = (_wording_view(one, language) for one in question.questions)
    return QuestionView(wording, question.asked, tuple(others))


def _wording_view(question: Question, language: str) -> WordingView:
    is_other = question.language != language and question.language in LANGUAGES
    mark = f"[{question.language}]" if is_other else ""
    return WordingView(question.id, escape_plain(question.redacted_text).strip(), question.language, mark)


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
