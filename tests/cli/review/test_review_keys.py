"""Each key: what it leaves in the store, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import TextArea

from schoolctl.cli.review.app import ReviewApp
from schoolctl.cli.review.panes import Detail
from schoolctl.domain.vocabulary import Status
from schoolctl.services.decisions import history, undo
from schoolctl.services.questions import Decision, set_questions
from schoolctl.services.workspace import Workspace
from schoolctl.store.database import open_database

from .sample import ANEMIA, LEUKEMIA, WIDE, drive, everything, press, press_keys, stored

if TYPE_CHECKING:
    from textual.pilot import Pilot


def current(app: ReviewApp) -> int:
    assert app.desk.sitting.current
    return app.desk.sitting.current.id


def told(app: ReviewApp) -> list[str]:
    return [notice.message for notice in app._notifications]  # noqa: SLF001 - what the person reads


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("a", "accepted"),
        ("p", "personal"),
        ("o", "off_topic"),
        ("r", "rejected"),
        ("ф", "accepted"),
        ("З", "personal"),
        ("A", "accepted"),
    ],
)
def test_one_key_decides_and_moves_on(season: Workspace, key: str, status: Status) -> None:
    app = press(season, key)
    assert (stored(season, 1).status, stored(season, 1).reviewed) == (status, True)
    assert (current(app), app.desk.closing_line()) == (2, "decided 1, 10 left")


@pytest.mark.parametrize("key", ["y", "Y", "н"])
def test_what_is_answered_is_ticked_with_its_group_and_leaves_the_list(season: Workspace, key: str) -> None:
    set_questions(season, [3, 4, 5], Decision(status="accepted"), dry_run=False)
    app = press(season, "f", "down", "down", "enter", key)
    assert [one.status for one in everything(season)[2:5]] == ["answered", "answered", "accepted"]
    assert (app.desk.sitting.filter.name, [one.id for one in app.desk.sitting.shown]) == (
        "to answer (accepted)",
        [5, 10],
    )
    assert press(season, "f", "down", "down", "down", "enter").desk.sitting.shown == everything(season)[2:4]


def test_every_decision_is_in_the_store_before_the_next_key(season: Workspace) -> None:
    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        for number in (1, 2, 3):
            await press_keys(app, pilot, "a")
            assert stored(season, number).status == "accepted"

    drive(season, driver)


def test_deciding_the_same_again_is_no_new_change(season: Workspace) -> None:
    app = press(season, "a", "home", "a", "z", "z")
    assert (stored(season, 1).status, len(history(season, 5))) == ("new", 1)
    assert told(app)[-1] == "Nothing decided in this sitting is left to take back."


def test_accepting_a_question_without_a_school_says_so(season: Workspace) -> None:
    app = press(season, "end", "up", "a")
    assert told(app) == ["Question 11 belongs to no school yet: key s"]
    assert stored(season, 11).status == "accepted"


def test_after_the_last_question_nothing_is_left(season: Workspace) -> None:
    app = press(season, *"a" * 11, "n")
    assert app.desk.closing_line() == "decided 11, 0 left"
    assert "All questions shown here are reviewed." in told(app)


@pytest.mark.parametrize("keys", [("n",), ("space",), ("т",)])
def test_the_next_one_is_reached_without_a_decision(season: Workspace, keys: tuple[str, ...]) -> None:
    app = press(season, "end", "up", "up", "up", *keys)
    assert (current(app), history(season, 5)) == (11, [])


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (("down", "j", "up"), 2),
        (("k",), 1),
        (("end",), 12),
        (("end", "home"), 1),
        (("right_square_bracket",), 8),
        (("end", "left_square_bracket"), 5),
        (("п", "escape"), 1),
    ],
)
def test_moving_about_changes_nothing(season: Workspace, keys: tuple[str, ...], place: int) -> None:
    app = press(season, *keys)
    assert (current(app), history(season, 5)) == (place, [])


def test_themes_are_put_on_and_off_by_their_keys(season: Workspace) -> None:
    app = press(season, "t", "4", "8", "0", "equals_sign", "enter")
    assert stored(season, 1).themes == ("treatment", "pregnancy_family", "other")
    assert current(app) == 1
    press(season, "t", "ң", "қ", "һ", "enter")
    assert stored(season, 1).themes == ()


def test_themes_left_by_escape_stay(season: Workspace) -> None:
    press(season, "t", "4", "escape")
    assert (stored(season, 1).themes, history(season, 1)) == (("diet",), [])


def test_a_school_is_chosen_from_the_schedule(season: Workspace) -> None:
    press(season, "s", "down", "enter")
    assert stored(season, 1).school == LEUKEMIA
    press(season, "s", "end", "enter")
    assert stored(season, 1).school == ""
    press(season, "s", "escape")
    assert stored(season, 1).school == ""


def test_a_question_given_to_another_school_leaves_the_list_and_comes_back(season: Workspace) -> None:
    app = press(season, "s", "down", "enter", school=ANEMIA)
    assert told(app) == [f"Question 1 went to {LEUKEMIA}: z brings it back"]
    assert current(app) == 2
    set_questions(season, [1], Decision(school=ANEMIA), dry_run=False)
    app = press(season, "s", "down", "enter", "z", school=ANEMIA)
    assert (current(app), stored(season, 1).school) == (1, ANEMIA)


def test_a_duplicate_is_joined_to_the_similar_one(season: Workspace) -> None:
    app = press(season, "d", "enter")
    assert (stored(season, 1).status, stored(season, 1).group, stored(season, 4).group) == ("duplicate", 1, 1)
    assert current(app) == 2


def test_a_duplicate_of_a_number_that_is_typed(season: Workspace) -> None:
    press(season, "d", "9", "backspace", "1", "2", "enter")
    assert (stored(season, 1).status, stored(season, 1).group) == ("duplicate", stored(season, 12).group)


def test_a_duplicate_of_itself_or_of_nothing_is_refused(season: Workspace) -> None:
    app = press(season, "d", "1", "enter", "d", "9", "9", "enter")
    assert told(app) == [
        "question 1 is no duplicate of itself: choose another one",
        "there is no question 99. See: schoolctl questions list",
    ]
    assert history(season, 1) == []


def test_grouping_and_ungrouping_leave_the_status(season: Workspace) -> None:
    app = press(season, "g", "enter")
    assert (stored(season, 1).status, stored(season, 1).group, current(app)) == ("new", 1, 1)
    press(season, "u")
    assert (stored(season, 1).group, stored(season, 3).group) == (None, 1)
    assert told(press(season, "u")) == ["Question 1 is in no group."]


def test_where_nothing_is_similar_enter_waits_for_a_number(season: Workspace) -> None:
    with open_database(season.database_path, for_writing=True) as database:
        database.execute("DELETE FROM question WHERE id > 1")
    app = press(season, "d", "enter", "escape", "f", "end", "enter")
    assert (history(season, 1), app.desk.sitting.filter.name) == ([], "status rejected")


@pytest.mark.parametrize("key", ["d", "g"])
def test_the_choice_of_a_similar_one_can_be_left(season: Workspace, key: str) -> None:
    press(season, key, "escape")
    assert history(season, 1) == []


async def write(app: ReviewApp, pilot: Pilot[None], key: str, text: str, *leave: str) -> None:
    await press_keys(app, pilot, key)
    app.screen.query_one(TextArea).text = text
    await press_keys(app, pilot, *leave)


def test_new_words_are_redacted_anew(season: Workspace) -> None:
    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "e", "Можно чай?\n\naliya@example.kz", "ctrl+s")
        assert "[почта]" in app.screen.query_one(".passed-on .said").visual.plain  # type: ignore[attr-defined]

    drive(season, driver)
    assert stored(season, 1).text == "Можно чай?\n\naliya@example.kz"
    assert stored(season, 1).redacted_text == "Можно чай?\n\n[почта]"


def test_the_wording_to_be_passed_on_is_a_persons_word(season: Workspace) -> None:
    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "w", "Полезен ли чай?", "f2")

    drive(season, driver)
    assert (stored(season, 1).text, stored(season, 1).redacted_text) == (
        "Можно ли при анемии пить зелёный чай?",
        "Полезен ли чай?",
    )


def test_words_left_unsaved_are_thrown_away_after_a_warning_only(season: Workspace) -> None:
    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        await write(app, pilot, "e", "другое", "escape")
        assert app.screen.query_one(TextArea).text == "другое"
        await press_keys(app, pilot, "escape")
        assert not app.screen.query(TextArea)
        await press_keys(app, pilot, "e", "escape", "w", "ctrl+s")
        assert not app.screen.query(TextArea)
        await write(app, pilot, "e", "  \n ", "ctrl+s")
        assert told(app) == ["--text must hold some words"]

    drive(season, driver)
    assert history(season, 1) == []


def test_undo_takes_back_this_sittings_decisions_one_by_one(season: Workspace) -> None:
    set_questions(season, [12], Decision(status="accepted"), dry_run=False)
    before = everything(season)
    app = press(season, "a", "d", "enter", "t", "1", "enter", "z", "z", "z", "z", "я")
    assert everything(season) == before
    assert (current(app), app.desk.closing_line()) == (1, "decided 0, 10 left")
    assert told(app)[-2:] == ["Nothing decided in this sitting is left to take back."] * 2


def test_what_another_command_changed_meanwhile_is_seen_and_left(season: Workspace) -> None:
    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        await press_keys(app, pilot, "a", "p")
        set_questions(season, [2, 3], Decision(status="rejected"), dry_run=False)
        await press_keys(app, pilot, "z")
        assert told(app) == [
            "question 2 was changed since: it stays as it is. Set it anew: schoolctl questions set",
        ]
        await press_keys(app, pilot, "z", "z", "n")
        assert (stored(season, 1).status, stored(season, 2).status) == ("new", "rejected")
        # Question 3 was settled elsewhere: there is nothing to do about it.
        assert current(app) == 4

    drive(season, driver)


def test_a_question_erased_meanwhile_leaves_the_list(season: Workspace) -> None:
    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        with open_database(season.database_path, for_writing=True) as database:
            database.execute("DELETE FROM question WHERE id = 1")
        await press_keys(app, pilot, "a")
        assert told(app) == ["there is no question 1. See: schoolctl questions list"]
        assert (current(app), len(app.desk.sitting.questions)) == (2, 11)

    drive(season, driver)


def test_a_locked_store_is_told_and_nothing_is_lost(season: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schoolctl.store.database._PRAGMAS", ("busy_timeout = 50",))

    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        with open_database(season.database_path, for_writing=True) as other, other.transaction():
            await press_keys(app, pilot, "a")
            assert current(app) == 1
        assert told(app) == [
            "questions.db is in use by another schoolctl command. Wait for it to finish, then try again"
        ]
        assert stored(season, 1).status == "new"
        await press_keys(app, pilot, "a")
        assert stored(season, 1).status == "accepted"

    drive(season, driver)


def test_a_filter_is_chosen_and_left(season: Workspace) -> None:
    app = press(season, "f", "down", "enter", "a", "a")
    assert [one.id for one in app.desk.sitting.shown] == [3, 4, 5, 6, 7, 8, 9, 11, 12]
    assert current(app) == 3
    app = press(season, "f", "down", "enter", "f", "escape", "escape")
    assert len(app.desk.sitting.shown) == 12


def test_a_search_narrows_while_it_is_typed(season: Workspace) -> None:
    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        await press_keys(app, pilot, "full_stop", "ч", "а")
        assert [one.id for one in app.desk.sitting.shown] == [1, 4]
        await press_keys(app, pilot, "й", "down", "enter", "a")
        assert stored(season, 4).status == "accepted"
        await press_keys(app, pilot, "/", "backspace", "backspace", "enter")
        assert app.desk.sitting.search == "ч"
        await press_keys(app, pilot, "escape")
        assert (app.desk.sitting.search, len(app.desk.sitting.shown)) == ("", 12)
        await press_keys(app, pilot, "/", "z", "escape", "a")

    drive(season, driver)
    # From the last that was found, the first one was the next.
    assert stored(season, 1).status == "accepted"


def test_similar_ones_are_shown_for_each_question_until_hidden(season: Workspace) -> None:
    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        similar = app.screen.query_one(".similar")
        assert not similar.display
        await press_keys(app, pilot, "m")
        said = similar.query_one(".said").visual.plain  # type: ignore[attr-defined]
        assert similar.display
        assert " 4  зеленый чай при анемии можно пить?" in said
        assert " 3  Анемия кезінде көк шай ішуге бола ма?" in said
        await press_keys(app, pilot, "down", "m")
        assert not similar.display

    drive(season, driver, WIDE)


def test_a_mistake_in_the_list_of_medical_terms_is_told(season: Workspace) -> None:
    (season.templates / "similarity").mkdir(parents=True)
    (season.templates / "similarity" / "terms.toml").write_text("= \n", "utf-8")

    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        await press_keys(app, pilot, "m")
        assert [message.partition(":")[0] for message in told(app)] == ["templates/similarity/terms.toml"]
        await press_keys(app, pilot, "d")
        note = app.screen.query_one(".note").visual.plain  # type: ignore[attr-defined]
        assert note.startswith("templates/similarity/terms.toml:1: ")

    drive(season, driver)


def test_the_question_fills_the_screen_and_scrolls(season: Workspace) -> None:
    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        detail = app.screen.query_one(Detail)
        await press_keys(app, pilot, "down", "pagedown")
        assert detail.scroll_offset.y > 0
        height = detail.size.height
        await press_keys(app, pilot, "pageup", "enter")
        assert (detail.scroll_offset.y, detail.size.height > height) == (0, True)
        await press_keys(app, pilot, "escape")
        assert detail.size.height == height

    drive(season, driver)


@pytest.mark.parametrize("key", ["?", "f1", "comma"])
def test_help_opens_and_closes(season: Workspace, key: str) -> None:
    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        await press_keys(app, pilot, key)
        assert app.screen.query("#help-text")
        await press_keys(app, pilot, "q")
        assert not app.screen.query("#help-text")

    drive(season, driver)


def test_a_click_chooses_a_question(season: Workspace) -> None:
    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.click("#list", offset=(20, 3))
        assert current(app) == 4
        await press_keys(app, pilot, "/", "г", "а", "р", "enter")
        await pilot.click("#list", offset=(20, 5))
        assert current(app) == 9

    drive(season, driver)


@pytest.mark.parametrize("key", [*"apordtsewgumn", "enter", "pagedown"])
def test_no_key_does_harm_where_nothing_is_shown(season: Workspace, key: str) -> None:
    app = press(season, "/", "z", "z", "enter", key)
    assert (app.desk.sitting.current, history(season, 1), told(app)[1:]) == (None, [], [])


def test_undo_of_this_sitting_is_the_undo_of_the_history(season: Workspace) -> None:
    press(season, "a")
    undo(season)
    assert stored(season, 1).status == "new"


def test_q_leaves(season: Workspace) -> None:
    async def driver(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running

    drive(season, driver)
