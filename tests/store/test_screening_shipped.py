from __future__ import annotations

from pathlib import Path

import pytest

from schoolctl.domain.language_guess import guess_language
from schoolctl.domain.screening import screen
from schoolctl.store.cue_files import read_screening_rules

RULES = read_screening_rules(Path("there is no such folder"))
TOPICS = {
    "mm": "множественная миелома",
    "cll": "хронический лимфолейкоз",
    "cml": "созылмалы миелолейкоз",
    "itp": "immune thrombocytopenia",
    "mds": "миелодиспластический синдром",
    "mpn": "полицитемия, тромбоцитемия и миелофиброз",
    "aml": "острый миелоидный лейкоз",
    "any": "",
}
LINES = (Path(__file__).parent / "screening_messages.txt").read_text("utf-8").splitlines()[1:]


@pytest.mark.parametrize("line", LINES)
def test_the_shipped_rules_on_invented_messages(line: str) -> None:
    label, topic, _, text = line.split(" | ")
    assert screen(text, RULES, RULES.topics_of([TOPICS[topic]])).label == label


@pytest.mark.parametrize(
    ("topic", "keys"),
    [
        ("mm", {"myeloma"}),
        ("cll", {"cll"}),
        ("cml", {"cml"}),
        ("itp", {"itp"}),
        ("mds", {"mds"}),
        ("mpn", {"mpn"}),
        ("aml", {"aml"}),
        ("any", set()),
    ],
)
def test_the_topics_of_schools(topic: str, keys: set[str]) -> None:
    assert RULES.topics_of([TOPICS[topic]]) == keys


@pytest.mark.parametrize("line", LINES)
def test_the_language_of_invented_messages(line: str) -> None:
    _, _, language, text = line.split(" | ")
    assert guess_language(text) in ({"ru", "kk"} if language == "mixed" else {language}) or not any(
        map(str.isalpha, text)
    )
