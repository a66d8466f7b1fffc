"""The preview in a real browser: nothing hangs over on a phone, nothing is complained of, nothing is fetched."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SCHOOL = "2026-12-17-chronic-lymphocytic-leukemia"
QUIET = (
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# The page is measured from outside: it may run no script itself, and windows of 390 pixels are too narrow for Chromium.
MEASURE = """\
<!doctype html><iframe src="{page}" style="border:0;width:{width}px;height:900px"></iframe><pre id="told"></pre>
<script>
onload = () => {{
  const page = document.querySelector("iframe").contentDocument;
  const cells = [...page.querySelector("#call .columns").children];
  document.querySelector("#told").textContent = JSON.stringify({{
    width: page.documentElement.scrollWidth,
    columns: new Set(cells.map(cell => cell.getBoundingClientRect().left)).size,
    pictures: [...page.images].map(image => image.naturalWidth),
    colour: page.defaultView.getComputedStyle(page.querySelector("header")).backgroundColor,
  }});
}};
</script>
"""
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("season")
    shutil.copy(Path(__file__).parents[1] / "golden" / "sessions.toml", folder)
    words = ("preview", SCHOOL, "--no-open", "--out", str(folder))
    command = [sys.executable, "-m", "schoolctl", *words]
    subprocess.run(command, cwd=folder, env=os.environ | {"SOURCE_DATE_EPOCH": "1796101200"}, check=True)
    return folder / "preview.html"


def chromium(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    home = folder / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [str(BROWSER), "--headless=new", "--no-sandbox", "--disable-gpu", *QUIET, *options],
        env=os.environ | {"HOME": str(home)},
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=120,
    )


def measured(page: Path, folder: Path, width: int) -> dict[str, Any]:
    frame = folder / "frame.html"
    frame.write_text(MEASURE.format(page=page.as_uri(), width=width), "utf-8")
    options = (f"--user-data-dir={folder / 'profile'}", "--allow-file-access-from-files", "--virtual-time-budget=10000")
    shown = chromium(folder, *options, "--window-size=1600,1000", "--dump-dom", frame.as_uri()).stdout
    told = re.search(r'<pre id="told">(.+?)</pre>', shown)
    assert told, shown[:500]
    found: dict[str, Any] = json.loads(unescape(told[1]))
    return found


@pytest.mark.parametrize(("width", "columns"), [(390, 1), (768, 2), (1440, 3)])
def test_the_page_fits_and_its_columns_follow_the_width(page: Path, tmp_path: Path, width: int, columns: int) -> None:
    found = measured(page, tmp_path, width)
    assert (found["width"], found["columns"]) == (width, columns)
    # Styles and pictures are there: the policy of the page lets both through.
    assert found["colour"] == "rgb(13, 85, 96)"
    assert found["pictures"] == [1080] * 3 + [1500] * 3


def complaints_and_requests(page: Path, folder: Path) -> tuple[list[str], list[str]]:
    """What the page made the browser complain of, and what the page (not the browser itself) asked for."""
    log = folder / "net.json"
    options = (f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", "--enable-logging=stderr")
    done = chromium(folder, *options, f"--screenshot={folder / 'page.png'}", page.as_uri())
    assert (folder / "page.png").is_file()
    asked = re.findall(r'"initiator":"(?!not an origin").*?"url":"([^"]*)"', log.read_text("utf-8"))
    return [line for line in done.stderr.splitlines() if "CONSOLE" in line], asked


def test_nothing_is_complained_of_and_nothing_is_fetched(page: Path, tmp_path: Path) -> None:
    assert complaints_and_requests(page, tmp_path) == ([], [])


def test_a_page_that_does_so_would_be_found_out(tmp_path: Path) -> None:
    other = tmp_path / "other.html"
    other.write_text(
        '<!doctype html><img src="https://nowhere.invalid/x.png"><script>console.log("x")</script>', "utf-8"
    )
    complaints, asked = complaints_and_requests(other, tmp_path)
    assert len(complaints) >= 1
    assert set(asked) == {"https://nowhere.invalid/x.png"}
