from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from importlib.util import find_spec
from pathlib import Path

import pytest

from schoolctl.resources import sample_schedule, shipped_examples, shipped_templates

CHECKOUT = Path(__file__).parents[2]
PRIVATE = b"an untracked patient's own words"
NEEDED = ("src", "templates", "examples", "sessions.toml", "README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml")


def command(*words: str | Path, folder: Path) -> str:
    constraints = str(CHECKOUT / "constraints.txt")
    done = subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        | {"PIP_CONSTRAINT": constraints, "PIP_BUILD_CONSTRAINT": constraints, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with wheel and sdist, built in a copy of the checkout where private files lie about."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in NEEDED:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    for name in ("questions.db", "inbox.mbox", "out/2026-12-10-anemia/agenda.ru.md"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(PRIVATE)
    # Where the build back end is installed already, no network is needed.
    isolation = ["--no-isolation"] if find_spec("hatchling") else []
    command(sys.executable, "-m", "build", *isolation, folder=copy)
    return copy / "dist"


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The schoolctl of a fresh virtual environment in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("fresh")
    command(sys.executable, "-m", "venv", "--without-pip", "venv", folder=folder)
    python = folder / "venv" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index")
    command(*pip, wheel, folder=folder)
    # The requirements come from this environment: a path in a .pth file lends packages, but no editable install.
    (site,) = (folder / "venv").glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    return folder / "venv" / "bin" / "schoolctl"


def test_no_private_file_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert [name for name in names if PRIVATE in archive.read(name)] == []
    assert [name for name in names if name.endswith((".db", ".lock")) or "/out/" in name] == []
    assert {name.split("/")[0].split("-")[0] for name in names} == {"schoolctl"}


def test_no_private_file_is_in_the_sdist(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        files = [member for member in archive.getmembers() if member.isfile()]
        contents = {member.name.partition("/")[2]: archive.extractfile(member) for member in files}
        assert [name for name, stream in contents.items() if stream is None or PRIVATE in stream.read()] == []
    assert {name.split("/")[0] for name in contents} == {*NEEDED, "PKG-INFO"}


def test_the_wheel_holds_every_template_and_example(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    for folder in ("templates", "examples"):
        shipped = {
            f"schoolctl/{path.relative_to(CHECKOUT).as_posix()}": path.read_bytes()
            for path in (CHECKOUT / folder).rglob("*")
            if path.is_file()
        }
        assert shipped == {name: raw for name, raw in packed.items() if name.startswith(f"schoolctl/{folder}/")}
    assert packed["schoolctl/sessions.example.toml"] == (CHECKOUT / "sessions.toml").read_bytes()


def test_the_wheel_asks_for_what_pyproject_says(wheel: Path) -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(name).decode())
    wanted = [text for text in metadata.get_all("Requires-Dist", []) if "extra ==" not in text]
    assert {text.split("<")[0].split(">")[0] for text in wanted} == {
        text.split("<")[0].split(">")[0] for text in project["dependencies"]
    }
    assert metadata["Requires-Python"] == ">=3.11"


def test_the_installed_wheel_does_the_main_job(installed: Path, tmp_path: Path) -> None:
    assert command(installed, "--version", folder=tmp_path).startswith("schoolctl ")
    assert "wrote new/sessions.toml\n" in command(installed, "init", "new", folder=tmp_path)
    listed = command(installed, "templates", "list", folder=tmp_path / "new").splitlines()
    assert listed == sorted(
        path.relative_to(CHECKOUT / "templates").as_posix()
        for path in (CHECKOUT / "templates").rglob("*")
        if path.is_file()
    )
    out = command(installed, "demo", folder=tmp_path)
    assert out.endswith("\nLook at what was written: schoolctl-demo/out\n")
    assert len(list((tmp_path / "schoolctl-demo" / "out").rglob("*.ics"))) == 3


def test_the_installed_wheel_uses_its_own_files(installed: Path, tmp_path: Path) -> None:
    probe = "from schoolctl.resources import *; print(shipped_templates(), shipped_examples(), sample_schedule())"
    package = next(installed.parents[1].glob("lib/python*/site-packages/schoolctl"))
    assert command(installed.with_name("python"), "-c", probe, folder=tmp_path).split() == [
        str(package / "templates"),
        str(package / "examples"),
        str(package / "sessions.example.toml"),
    ]


def test_a_checkout_uses_the_files_at_its_top() -> None:
    assert [shipped_templates(), shipped_examples(), sample_schedule()] == [
        CHECKOUT / "templates",
        CHECKOUT / "examples",
        CHECKOUT / "sessions.toml",
    ]
