"""`schoolctl agenda` as it is typed: formats, slides of one's own, the programme saved, rehearsals and refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
ANEMIA, THALASSEMIA = "2026-12-10-anemia", "2026-12-17-thalassemia"


@pytest.fixture
def season(workspace: Path, stored: bytes) -> Path:
    (workspace / "questions.db").write_bytes(stored)
    return workspace


def test_every_format_is_a_file(run: Run, season: Path) -> None:
    formats = [word for name in ("md", "html", "docx", "pptx", "pdf", "json", "docx") for word in ("--format", name)]
    names = [f"out/{ANEMIA}/agenda.kk.{name}" for name in ("md", "html", "docx", "pptx", "pdf", "json")]
    assert run("agenda", ANEMIA, "--lang", "kk", *formats) == (0, "".join(f"wrote {name}\n" for name in names), "")
    beginnings = [(season / name).read_bytes()[:4] for name in names]
    assert beginnings == [b"# \xd0\x9f", b"<!do", b"PK\x03\x04", b"PK\x03\x04", b"%PDF", b"{\n  "]
    again = run("agenda", ANEMIA, "--lang", "kk", *formats)
    assert again == (0, "".join(f"unchanged {name}\n" for name in names), "")


def test_the_outline_is_saved_once(run: Run, season: Path) -> None:
    before = (season / "sessions.toml").read_bytes()
    code, out, err = run("agenda", ANEMIA, "--save", "--dry-run")
    assert (code, out) == (0, f"would save the programme of {ANEMIA}\n")
    assert "+[[school.programme]]" in err
    assert (season / "sessions.toml").read_bytes() == before
    assert run("agenda", ANEMIA, "--save") == (0, f"saved the programme of {ANEMIA}\n", "")
    assert not (season / "out").exists()
    assert run("check")[0] == 0
    assert run("agenda", ANEMIA, "--save") == (
        1,
        "",
        f"error: school {ANEMIA} has a programme already. Add --force to put the outline in its place\n",
    )
    assert run("agenda", ANEMIA, "--save", "--force") == (0, "nothing to change\n", "")
    code, out, _ = run("agenda", ANEMIA, "--save", "--force", "--json")
    assert (code, json.loads(out)) == (0, {"id": ANEMIA, "changed": False})


def test_slides_in_ones_own_layouts(run: Run, season: Path) -> None:
    import pptx

    pptx.Presentation().save(str(season / "own.pptx"))
    words = ("agenda", ANEMIA, "--lang", "ru", "--format", "pptx", "--template")
    assert run(*words, "own.pptx") == (0, f"wrote out/{ANEMIA}/agenda.ru.pptx\n", "")
    made = pptx.Presentation(str(season / "out" / ANEMIA / "agenda.ru.pptx"))
    assert made.slide_width == 9144000
    assert run("check")[0] == 0
    (season / "broken.pptx").write_text("x", "utf-8")
    code, out, err = run(*words, "broken.pptx", "--force")
    assert (code, out) == (1, "")
    assert err.startswith("error: broken.pptx cannot be read as a .pptx file.")
    assert run(*words, "none.pptx")[2] == "error: none.pptx: No such file or directory\n"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--format", "odt"), 'an agenda has no format "odt". Formats: md, html, docx, pptx, pdf, json'),
        (("--template", "own.pptx"), "--template is for slides: add --format pptx"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, season: Path, words: tuple[str, ...], error: str) -> None:
    assert run("agenda", ANEMIA, *words) == (2, "", f"error: {error}\n")
    assert not (season / "out").exists()


def test_the_note_of_a_programme_that_does_not_add_up(run: Run, season: Path) -> None:
    path = season / "sessions.toml"
    path.write_text(path.read_text("utf-8").replace("minutes = 50", "minutes = 40"), "utf-8")
    code, out, err = run("agenda", THALASSEMIA, "--lang", "en", "--out", "-")
    assert code == 0
    assert "17:10 – 17:50" in out
    assert err == "note: the programme adds up to 50 minutes, the school lasts 60\n"
