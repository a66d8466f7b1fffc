from __future__ import annotations

from pathlib import Path

import pytest

from schoolctl.errors import FileProblemsError
from schoolctl.services.announce import CHANNELS, AnnouncementOrder, announce, channels_named
from schoolctl.services.checkup import check
from schoolctl.services.documents import Destination
from schoolctl.services.intake import IntakeRequest, import_questions
from schoolctl.services.plan import link_school
from schoolctl.services.questions import Decision, set_questions
from schoolctl.services.school_values import MeetingValues
from schoolctl.services.templates import copy_template
from schoolctl.services.workspace import Workspace

EXAMPLES = Path(__file__).parents[2] / "examples"
ANEMIA, LEUKEMIA = "2026-12-10-anemia", "2026-12-17-leukemia"


@pytest.mark.parametrize(
    ("names", "channels"),
    [
        ([], ("site",)),
        (["email", "whatsapp", "email"], ("whatsapp", "email")),
        (["site", "all"], CHANNELS),
    ],
)
def test_the_channels_that_are_named(names: list[str], channels: tuple[str, ...]) -> None:
    assert channels_named(names) == channels


def test_a_recap_counts_reviewed_questions_and_quotes_none(season: Workspace) -> None:
    import_questions(season, IntakeRequest([EXAMPLES / "form-answers.csv"], ANEMIA), lambda *_: None)
    set_questions(season, [1, 2, 3], Decision(status="accepted", themes=("diet",)), dry_run=False)
    set_questions(season, [3], Decision(themes=("treatment",)), dry_run=False)
    set_questions(season, [4], Decision(status="personal"), dry_run=False)
    order = AnnouncementOrder([ANEMIA], "recap", "ru", ("whatsapp", "email"), "2026-12-11 10:00")
    made = announce(season, order, Destination())
    texts = {path.name: content.decode() for path, content in made.files.items()}
    assert sorted(texts) == ["recap.email.ru.html", "recap.email.ru.txt", "recap.whatsapp.ru.txt"]
    lines = texts["recap.whatsapp.ru.txt"].splitlines()
    assert lines[4:7] == [
        "Мы получили 3 вопроса от 3 человек. Главные темы:",
        "- Питание",
        "- Лечение и его этапы",
    ]
    assert lines[8].startswith("Следующая встреча — *17 декабря, 18:30 — 20:30* (время Алматы), «лейкоз».")
    questions = (EXAMPLES / "form-answers.csv").read_text("utf-8")
    asked = [line.rsplit(",", 1)[-1].strip('"?') for line in questions.splitlines()[1:]]
    assert not [words for words in asked if len(words) > 12 and words in "".join(texts.values())]


def test_a_text_that_lost_a_fact_is_never_written_and_check_says_so(season: Workspace) -> None:
    link_school(season, ANEMIA, MeetingValues("https://zoom.example.org/j/1"), dry_run=False)
    own = copy_template(season, "announcement/school_message.kk.md", dry_run=False)
    own.write_text(own.read_text("utf-8").replace("{{ school.meeting.url | link }}", "(сілтеме)"), "utf-8")
    order = AnnouncementOrder([ANEMIA], "reminder", "all", CHANNELS)
    with pytest.raises(FileProblemsError, match=r"announcement/reminder\.kk\.md: the text lacks the link to join"):
        announce(season, order, Destination())
    assert not (season.root / "out").exists()
    found = {problem.file for problem in check(season)}
    assert found == {f"templates/announcement/{kind}.kk.md" for kind in ("invitation", "link", "reminder", "move")}


def test_every_channel_has_its_own_moment(season: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    reminder = AnnouncementOrder([LEUKEMIA], "reminder", "ru", ("site", "telegram"))
    announce(season, reminder, Destination())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1797480000")
    made = announce(season, reminder, Destination(force=True, dry_run=True))
    pages = {path.name: content.decode() for path, content in made.files.items()}
    assert "publish_date: '01-12-2026" in pages["item.ru.md"]
    assert pages["reminder.telegram.ru.txt"].startswith("Сегодня — Школа пациентов!")
