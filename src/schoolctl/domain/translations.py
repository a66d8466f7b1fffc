"""Texts of a school that are missing in a language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schoolctl.domain.school import School, Texts


def missing_translations(school: School, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What patients read of a school and the language in which it is missing, each once."""
    by_language = ((what, text) for what, text in _texts_of(school) if text and not isinstance(text, str))
    yield from dict.fromkeys((what, code) for what, text in by_language for code in languages if not text.get(code))


def _texts_of(school: School) -> Iterator[tuple[str, str | Texts | None]]:
    """What patients read of a school, by what it is; a name may be one text for all languages."""
    yield from (("topic", school.topic), ("venue", school.venue))
    people = [("moderator", school.moderator)] if school.moderator else []
    people += [("speaker", one) for one in school.speakers]
    yield from ((f"{who}'s name", one.name) for who, one in people)
    yield from ((f"{who}'s role", one.role) for who, one in people)
    for item in school.programme:
        yield from (("programme", text) for text in (item.title, *item.speakers))
