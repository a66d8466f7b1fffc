"""The agenda as JSON, for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from schoolctl.domain.agenda import Agenda, AgendaBlock, AgendaQuestion, AgendaRow
from schoolctl.domain.announcement import SpeakerFacts, school_facts
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.question import Question
from schoolctl.domain.school import text_in
from schoolctl.renderers.agenda_view import speaker_name


def render_agenda(_own_templates: Path, agenda: Agenda, language: str) -> bytes:
    """`{school, language, topic, cancelled, cancel_reason, starts, ends, moderator, speakers[…], rows[…], blocks[…]}`.

    A block is `{theme, title, questions[…]}`, a question `{id, text, language, translation, asked, if_time_allows,
    others[{id, text, language, translation}]}`: `text` are the patient's words, `translation` an organiser's in the
    document's language or null. Times are ISO 8601 with their offset; nothing tells who asked.
    """
    school = school_facts(agenda.school, language, agenda.school.starts)
    document = {
        "school": agenda.school.id,
        "language": language,
        "topic": school.topic,
        "cancelled": agenda.school.is_cancelled,
        "cancel_reason": school.cancel_reason or None,
        "starts": agenda.school.starts.isoformat(),
        "ends": agenda.school.ends.isoformat(),
        "moderator": _person_view(school.moderator) if school.moderator else None,
        "speakers": [_person_view(speaker) for speaker in school.speakers],
        "rows": [_row_view(agenda, row, language) for row in agenda.rows],
        "blocks": [_block_view(block, language) for block in agenda.blocks],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _person_view(who: SpeakerFacts) -> dict[str, str | None]:
    return {"name": who.name, "role": who.role or None}


def _row_view(agenda: Agenda, row: AgendaRow, language: str) -> dict[str, Any]:
    what = f"school {agenda.school.id}: a programme title"
    themes = LANGUAGES[language].themes
    return {
        "kind": row.kind,
        "starts": row.starts.isoformat(),
        "ends": row.ends.isoformat(),
        "title": text_in(row.title, language, what) if row.kind == "item" else themes.get(row.theme),
        "theme": row.theme or None,
        "speakers": [speaker_name(agenda.school, name, language) for name in row.speakers],
    }


def _block_view(block: AgendaBlock, language: str) -> dict[str, Any]:
    questions = [_question_view(one, language, is_spare=False) for one in block.questions]
    questions += [_question_view(one, language, is_spare=True) for one in block.spare]
    return {"theme": block.theme, "title": LANGUAGES[language].themes[block.theme], "questions": questions}


def _question_view(question: AgendaQuestion, language: str, *, is_spare: bool) -> dict[str, Any]:
    wording, *others = (_wording_view(one, language) for one in question.wordings_in(language))
    return wording | {"asked": question.asked, "if_time_allows": is_spare, "others": others}


def _wording_view(question: Question, language: str) -> dict[str, Any]:
    # The redacted wording only: an agenda is passed on among doctors, branches and slides.
    translation = question.translations.get(language)
    return {
        "id": question.id,
        "text": question.redacted_text,
        "language": question.language,
        "translation": translation,
    }
