"""The season in figures as people read it in the terminal."""

from __future__ import annotations

from rich.table import Column

from schoolctl.cli.bars import show_bars
from schoolctl.cli.cards import say_facts
from schoolctl.cli.console import counted, say, say_table, terminal_width
from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.season import Figures, Period, SchoolFigures, Season

# From so many columns on each figure has a column of its own.
_WIDE = 130
_STATUS_STYLES = {"cancelled": "red", "held": "dim"}
_NARROW_HEADINGS = ("Asked", "In", "Answered", "Open", "Over", "Personal", "Other")
_WIDE_HEADINGS = (
    "Asked", "People", "Carried\nin", "Carried\nover", "Answered", "Share", "Accepted", "Not\ndecided", "Personal",
    "Other",
)  # fmt: skip


def show_season(season: Season) -> None:
    """The season: what stands out, a line for each school, and from where and about what questions came."""
    if not season.rows:
        say(_nothing_in(season.period))
    elif not (season.total.asked or season.total.carried_in):
        schools = f"{counted(len(season.schools), 'school')} ({_standing(season)})"
        say(f"{schools}, no questions yet. Import some: schoolctl questions import PATH")
    else:
        _show_figures(season)


def _nothing_in(period: Period) -> str:
    if period.is_limited:
        return f"No schools and no questions {_span(period)}."
    return 'No schools yet. Add one: schoolctl school add --topic ru="…" --starts "2026-12-10 18:30" --duration 2h'


def _show_figures(season: Season) -> None:
    say_facts(_facts(season))
    say()
    _show_schools(season)
    themes = {theme or "(no theme yet)": number for theme, number in season.themes.items()}
    languages = {_language(code): number for code, number in season.languages.items()}
    undated = {"(without a date)": season.undated} if season.undated else {}
    show_bars("Themes (of questions for the School)", themes)
    show_bars("Channels", season.channels)
    show_bars("Languages", languages)
    show_bars("Months", {**season.months, **undated})


def _facts(season: Season) -> list[tuple[str, str]]:
    total, schools = season.total, _standing(season)
    people = "1 person" if total.people == 1 else f"{total.people} people"
    facts = [
        ("Period", _span(season.period) if season.period.is_limited else ""),
        ("Schools", f"{len(season.schools)} ({schools})" if schools else "0"),
        ("Asked", f"{counted(total.asked, 'question')} by {people}"),
        ("Answered", f"{total.answered} of {total.to_answer}{_in_brackets(_share(total))}"),
        ("Carried over", f"{total.carried_over} to another school" if total.carried_over else "0"),
        ("Personal", f"{total.personal}, {total.set_apart} of them set apart by a person"),
        ("To look at", str(season.waiting)),
        ("Erased since", f"{total.erased}, counted in" if total.erased else ""),
    ]
    return [(name, text) for name, text in facts if text]


def _standing(season: Season) -> str:
    return ", ".join(f"{number} {status}" for status, number in season.standing.items() if number)


def _show_schools(season: Season) -> None:
    is_wide = terminal_width() >= _WIDE
    headings = _WIDE_HEADINGS if is_wide else _NARROW_HEADINGS
    columns = [Column("School", ratio=1, overflow="fold")]
    columns += [Column(heading, justify="right", no_wrap=True) for heading in headings]
    cells = _wide_cells if is_wide else _narrow_cells
    rows = [(_school(row), *cells(row.figures)) for row in season.rows]
    styles = [_STATUS_STYLES.get(row.status or "", "") for row in season.rows]
    say_table(columns, [*rows, ("All together", *cells(season.total))], [*styles, "bold"])
    if not is_wide:
        say("In, Over: carried in from, over to another school. Open: not answered yet.")


def _wide_cells(figures: Figures) -> tuple[str, ...]:
    numbers = (figures.asked, figures.people, figures.carried_in, figures.carried_over, figures.answered)
    others = (figures.accepted, figures.undecided, figures.personal, figures.other)
    return (*map(str, numbers), _share(figures) or "-", *map(str, others))


def _narrow_cells(figures: Figures) -> tuple[str, ...]:
    still_open = figures.accepted + figures.undecided
    numbers = (figures.asked, figures.carried_in, figures.answered, still_open, figures.carried_over, figures.personal)
    return (*map(str, numbers), str(figures.other))


def _school(row: SchoolFigures) -> str:
    if school := row.school:
        topic = school.topic.get("en") or next(iter(school.topic.values()), school.id)
        return f"{topic}\n{school.starts:%d.%m.%Y} {row.status}"
    return f"{row.id}\nnot in the schedule" if row.id else "Without a school"


def _share(figures: Figures) -> str:
    share = figures.answered_share
    return "" if share is None else f"{round(100 * share)} %"


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""


def _language(code: str) -> str:
    return f"{code} ({LANGUAGES[code].name})" if code in LANGUAGES else code or "(unknown)"


def _span(period: Period) -> str:
    since = f"from {period.since:%d.%m.%Y}" if period.since else ""
    until = f"until {period.until:%d.%m.%Y}" if period.until else ""
    return f"{since} {until}".strip()
