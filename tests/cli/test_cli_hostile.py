from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., tuple[int, str, str]]
RunBytes = Callable[..., CompletedProcess[bytes]]
Contents = Callable[[Path], dict[str, bytes]]

ANEMIA = "2026-12-10-anemia"
QUESTIONS = (
    "\x1b[31mred\x1b]8;;http://evil.example\x07 \u202ertl\u200b [/] [bold]x {{ 7*7 }} {% x %}?",
    "=cmd|' /C calc'!A1",
    "===\npublished: false\n---\n# big",
    "<script>x</script> [a](http://evil.example) <http://evil.example> www.evil.example?",
    "\x1b]52;c;QUJD\x07 can I\u2028sleep?",
    "@SUM(1) | a | b |",
)
TOPIC = '=== # {{ 7*7 }} [/] <b> [a](http://x.example) it\'s \\"q\\" {% x %} published: false | - `'


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store with these questions, all accepted."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "sessions.toml").write_text(
        f'[organizer]\nname = {{ ru = "x" }}\n\n[[school]]\nid = "{ANEMIA}"\ntopic = {{ ru = "x" }}\n'
        "starts = 2026-12-10 18:30:00\nends = 2026-12-10 20:30:00\n",
        "utf-8",
    )
    with (folder / "=form.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Вопрос", "Имя"])
        writer.writerows((question, '+HYPERLINK("http://evil.example")') for question in QUESTIONS)
    imported = ("questions", "import", "=form.csv", "--school", ANEMIA)
    decided = ("questions", "set", "1", "2", "3", "4", "5", "6", "--status", "accepted")
    for words in (imported, decided):
        subprocess.run([sys.executable, "-m", "schoolctl", *words], cwd=folder, check=True, capture_output=True)
    return (folder / "questions.db").read_bytes()


@pytest.fixture
def hostile(workspace: Path, asked: bytes) -> None:
    """A workspace with these questions and a school with such a topic."""
    (workspace / "questions.db").write_bytes(asked)
    path = workspace / "sessions.toml"
    path.write_text(path.read_text("utf-8").replace('ru = "анемия"', f'ru = "{TOPIC}"'), "utf-8")


@pytest.mark.usefixtures("hostile")
def test_no_control_character_reaches_the_output(run_bytes: RunBytes) -> None:
    allowed = {0x0A, 0x0D}
    shown = ("1", "2", "3", "4", "5", "6", "--reveal")
    for words in (
        ("questions", "list", "--reveal"),
        ("questions", "show", *shown),
        ("questions", "show", *shown, "--json"),
        ("questions", "list", "--csv"),
        ("school", "list"),
        ("agenda", ANEMIA, "--lang", "ru", "--out", "-"),
    ):
        done = run_bytes(*words, env={"COLUMNS": "200", "TERM": "xterm-256color"})
        text = done.stdout.decode("utf-8")
        assert done.returncode == 0
        assert {sign for sign in text if ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0} <= set(map(chr, allowed))
        assert not set(text) & set("\u202e\u200b\u2028")
        assert text.strip()


@pytest.mark.usefixtures("hostile")
def test_markup_stays_words_in_a_table(run: Run) -> None:
    out = run("questions", "list", env={"COLUMNS": "200"})[1]
    assert "rtl [/] [bold]x {{ 7*7 }} {% x %}?" in " ".join(out.split())
    assert run("school", "show", ANEMIA)[1].splitlines()[2] == f"Topic (ru):      {TOPIC}".replace('\\"', '"')


@pytest.mark.usefixtures("hostile")
def test_no_cell_of_a_table_runs_in_a_spreadsheet(run: Run) -> None:
    rows = list(csv.reader(run("questions", "list", "--csv", "--reveal")[1].removeprefix("\ufeff").splitlines()))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(tuple("=+-@\t|%"))]
    assert sum(cell == '\'+HYPERLINK("http://evil.example")' for cell in cells) == 6
    assert sum(cell == "'=form.csv" for cell in cells) == 6


@pytest.mark.usefixtures("hostile")
def test_a_topic_cannot_break_out_of_a_post(run: Run) -> None:
    code, out, _ = run("announce", ANEMIA, "--lang", "ru", "--out", "-")
    lines = out.splitlines()
    assert code == 0
    assert lines[1] == (
        "title: 'Школа пациентов ждёт ваши вопросы: === # (( 7*7 )) [/] ‹b› [a](http://x.example) it''s \"q\" "
        "(% x %) published: false | - `'"
    )
    assert [line for line in lines if line.startswith("published")] == []
    assert lines.count("===") == 1
    assert lines.count("---") == 2
    assert (
        "- **Тема:** &#61;== # &#123;&#123; 7\\*7 &#125;&#125; \\[/\\] &lt;b&gt; \\[a\\](http&#58;//x.example) it's"
        in out
    )


@pytest.mark.usefixtures("hostile")
def test_questions_cannot_make_links_or_headings_in_an_agenda(run: Run) -> None:
    out = run("agenda", ANEMIA, "--lang", "en", "--out", "-")[1]
    assert "http://" not in out
    assert "www." not in out
    assert "<" not in out
    assert [line for line in out.splitlines() if line.startswith(("=", "# "))] == ["# Patient School: anemia"]


@pytest.mark.usefixtures("hostile")
def test_a_calendar_file_keeps_its_lines(run_bytes: RunBytes) -> None:
    raw = run_bytes("invite", ANEMIA, "--lang", "ru", "--out", "-").stdout
    unfolded = raw.replace(b"\r\n ", b"").decode().split("\r\n")
    assert [line for line in unfolded if line.startswith("SUMMARY")] == [
        "SUMMARY:Школа пациентов: " + TOPIC.replace('\\"', '"')
    ]
    assert len([line for line in unfolded if line.startswith("BEGIN:")]) == 3


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "ascii"])
@pytest.mark.parametrize("words", [("questions", "list"), ("school", "show", ANEMIA), ("school", "show", "жоқ")])
def test_no_console_stops_a_command(
    run_bytes: RunBytes, workspace: Path, stored: bytes, encoding: str, words: tuple[str, ...]
) -> None:
    (workspace / "questions.db").write_bytes(stored)
    done = run_bytes(*words, env={"PYTHONIOENCODING": encoding, "TERM": "dumb", "NO_COLOR": "1"})
    assert done.returncode == (1 if "жоқ" in words else 0)
    text = (done.stdout + done.stderr).decode(encoding)
    assert "Traceback" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize("encoding", ["cp866", "cp1251"])
def test_kazakh_letters_become_their_nearest_on_an_old_console(
    run_bytes: RunBytes, workspace: Path, stored: bytes, encoding: str
) -> None:
    (workspace / "questions.db").write_bytes(stored)
    text = run_bytes("questions", "show", "2", env={"PYTHONIOENCODING": encoding}).stdout.decode(encoding)
    i = "і" if encoding == "cp1251" else "и"
    assert f"Анемия кез{i}нде кандай тагам пайдалы? Маган [телефон] ном{i}р{i}не жазыныз." in text


def test_json_is_utf_8_on_every_console(run_bytes: RunBytes) -> None:
    done = run_bytes("school", "list", "--json", env={"PYTHONIOENCODING": "cp866"})
    assert json.loads(done.stdout.decode("utf-8"))[1]["venue"]["kk"] == "Астана, Мысал көшесі, 1"


def test_a_reader_that_stops_early_sees_no_traceback(run_bytes: RunBytes, workspace: Path, stored: bytes) -> None:
    (workspace / "questions.db").write_bytes(stored)
    done = run_bytes("questions", "list", before=("sh", "-c", '"$@" | true', "sh"))
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_a_folder_that_may_not_be_written_is_one_line(run: Run, workspace: Path, contents: Contents) -> None:
    # Root may write everywhere: it has to give that right up.
    as_anybody = ("setpriv", "--bounding-set", "-dac_override") if os.geteuid() == 0 else ()
    workspace.chmod(0o555)
    before = contents(workspace)
    for words in (
        ("announce", ANEMIA),
        ("invite", ANEMIA),
        ("agenda", ANEMIA),
        ("school", "cancel", ANEMIA),
        ("templates", "copy", "announcement/call.ru.md"),
    ):
        code, out, err = run(*words, before=as_anybody)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert err.startswith("error: ")
    workspace.chmod(0o755)
    assert contents(workspace) == before


def test_debug_shows_the_traceback_wherever_it_stands(run: Run) -> None:
    for words in (("--debug", "school", "show", "x"), ("school", "show", "x", "--debug")):
        code, out, err = run(*words)
        assert (code, out) == (1, "")
        assert err.startswith("Traceback (most recent call last):\n")
        assert err.splitlines()[-1].startswith('error: there is no school "x"')


def test_a_damaged_store_is_one_line(run: Run, workspace: Path) -> None:
    (workspace / "questions.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)
    code, out, err = run("questions", "list")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "Traceback" not in err
    assert run("check")[0] == 3
