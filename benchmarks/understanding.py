"""How well questions are understood: figures on labelled questions that the rules were not written on.

Everything goes the way an organiser goes: a workspace with a school for each topic, tables that are imported, and the
JSON of the commands. The labels are explained in `benchmarks/data/README.md`.
"""

from __future__ import annotations

import csv
import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.processes import python

DATA = Path(__file__).parent / "data"
TOPICS = {
    "mm": {"kk": "көптік миелома", "ru": "множественная миелома", "en": "multiple myeloma"},
    "cll": {
        "kk": "созылмалы лимфолейкоз",
        "ru": "хронический лимфолейкоз",
        "en": "chronic lymphocytic leukemia",
    },
    "cml": {"kk": "созылмалы миелолейкоз", "ru": "хронический миелолейкоз", "en": "chronic myeloid leukemia"},
    "itp": {
        "kk": "иммундық тромбоцитопения",
        "ru": "иммунная тромбоцитопения",
        "en": "immune thrombocytopenia",
    },
    "mds": {
        "kk": "миелодиспластикалық синдром",
        "ru": "миелодиспластический синдром",
        "en": "myelodysplastic syndrome",
    },
    "mpn": {
        "kk": "миелопролиферативті аурулар",
        "ru": "миелопролиферативные заболевания",
        "en": "myeloproliferative neoplasms",
    },
    "aml": {"kk": "жедел миелоидты лейкоз", "ru": "острый миелоидный лейкоз", "en": "acute myeloid leukemia"},
}
_ABSOLUTE = frozenset({"phone", "email", "iin"})
_HEAD = """timezone = "Asia/Almaty"
[organizer]
name = { kk = "Гематология орталығы", ru = "Центр гематологии", en = "Center of Hematology" }
email = "school@example.kz"
whatsapp = "+7 700 000 00 00"
"""

Labelled = Mapping[str, Any]


class Judged(NamedTuple):
    """A labelled question, what the program said of it, and the most similar ones by their labels' IDs."""

    label: Labelled
    question: Mapping[str, Any]
    similar: Sequence[str]


def run() -> None:
    """Print the figures for each set and for all."""
    sets = {path.stem: judge(read(path)) for path in sorted(DATA.glob("*.jsonl"))}
    sets["all"] = [judged for judged_set in sets.values() for judged in judged_set]
    for name, judged in sets.items():
        print(f"{name}: {len(judged)} questions")
        for figure, (value, of) in figures(judged).items():
            print(f"  {figure:44} {value:6.3f}   ({of})")


def read(path: Path) -> list[Labelled]:
    """The labelled questions of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def judge(labelled: Sequence[Labelled]) -> list[Judged]:
    """What the program says of each question; a label may tell its themes only."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        _write_schedule(workspace / "sessions.toml")
        for school in ("any", *TOPICS):
            part = [one for one in labelled if one.get("school", "any") == school]
            if part:
                _write_table(workspace / f"{school}.csv", part)
                options = [] if school == "any" else ["--school", school]
                _run(workspace, "questions", "import", f"{workspace / school}.csv", *options)
        questions = json.loads(_run(workspace, "questions", "list", "--json"))
        similar = json.loads(_run(workspace, "questions", "similar", "--limit", "3", "--json"))
    by_id = {one["id"]: one for one in labelled}
    label_of = {question["id"]: question["received_as"] for question in map(_with_label, questions)}
    near = {one["id"]: [label_of[other["id"]] for other in one["similar"]] for one in similar}
    if len(questions) != len(labelled):
        message = f"{len(questions)} of {len(labelled)} questions were imported"
        raise AssertionError(message)
    return [Judged(by_id[label_of[one["id"]]], one, near.get(one["id"], ())) for one in questions]


def figures(judged: Sequence[Judged]) -> dict[str, tuple[float, int]]:
    """Each figure with the number of cases behind it."""
    return {
        "language right": _share(_is_language_right(one) for one in judged),
        **_precision_and_recall(judged, "personal"),
        **_precision_and_recall(judged, "logistics"),
        **_precision_and_recall(judged, "off_topic"),
        **_precision_and_recall(judged, "not_question"),
        "the first theme is right": _share(
            one.question["themes"][:1] != [] and one.question["themes"][0] in one.label["themes"]
            for one in judged
            if one.label["themes"]
        ),
        "the same question among the three most similar": _share(_companions_found(judged)),
        "automatic groups that are wrong": _share(_wrong_groups(judged)),
        "texts with personal data left": _share(bool(_left(one)) for one in judged if one.label.get("pii")),
        "phones, e-mails, IINs left": _share(
            mark["kind"] in _ABSOLUTE and mark in _left(one) for one in judged for mark in one.label.get("pii", ())
        ),
        "clean texts altered": _share(
            one.question["redacted_text"] != one.question["text"] for one in judged if one.label.get("pii") == []
        ),
    }


def _is_language_right(one: Judged) -> bool:
    # Of a mixed text either of its languages is right.
    right = {"ru", "kk"} if one.label["lang"] == "mixed" else {one.label["lang"]}
    return one.question["language"] in right


def _precision_and_recall(judged: Sequence[Judged], label: str) -> dict[str, tuple[float, int]]:
    labelled = [one for one in judged if "label" in one.label]
    is_said = [one for one in labelled if one.question["screening"]["label"] == label]
    is_so = [one for one in labelled if one.label["label"] == label]
    return {
        f"{label}: precision": _share(one.label["label"] == label for one in is_said),
        f"{label}: recall": _share(one.question["screening"]["label"] == label for one in is_so),
    }


def _companions_found(judged: Sequence[Judged]) -> Iterable[bool]:
    group_of = {one.label["id"]: one.label.get("group") for one in judged}
    sizes = Counter(group_of.values())
    for one in judged:
        group = one.label.get("group")
        if group and sizes[group] > 1:
            yield group in {group_of[near] for near in one.similar}


def _wrong_groups(judged: Sequence[Judged]) -> Iterable[bool]:
    groups: dict[int, set[str]] = {}
    for one in judged:
        if one.question["group"] is not None:
            asked = one.label.get("group") or one.label["id"]
            groups.setdefault(one.question["group"], set()).add(asked)
    return (len(asked) > 1 for asked in groups.values())


def _left(one: Judged) -> list[Mapping[str, str]]:
    return [mark for mark in one.label.get("pii", ()) if mark["text"] in one.question["redacted_text"]]


def _share(verdicts: Iterable[bool]) -> tuple[float, int]:
    counted = list(verdicts)
    return (sum(counted) / len(counted) if counted else 0.0), len(counted)


def _write_schedule(path: Path) -> None:
    schools = (_school(school, topic, day) for day, (school, topic) in enumerate(TOPICS.items(), 1))
    path.write_text(_HEAD + "".join(schools), "utf-8")


def _school(school: str, topic: Mapping[str, str], day: int) -> str:
    texts = ", ".join(f"{code} = {json.dumps(text, ensure_ascii=False)}" for code, text in topic.items())
    begins = f"2026-12-{day:02}"
    return (
        f'\n[[school]]\nid = "{school}"\ntopic = {{ {texts} }}\nstarts = {begins} 18:30:00\nends = {begins} 20:30:00\n'
    )


def _write_table(path: Path, labelled: Sequence[Labelled]) -> None:
    # Everybody has an address of their own: two who ask the same in the same words are two.
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["email", "question"])
        writer.writerows([f"{one['id']}@example.com", one["text"]] for one in labelled)


def _with_label(question: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**question, "received_as": question["sender"].split("@")[0]}


def _run(workspace: Path, *words: str) -> str:
    command = python("-m", "schoolctl", "-C", str(workspace), *words)
    if words[:2] == ("questions", "list"):
        command.append("--reveal")
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        message = f"{' '.join(words)} failed: {done.stderr[-500:]}"
        raise AssertionError(message)
    return done.stdout
