from __future__ import annotations

from pathlib import Path

import pytest

from schoolctl.domain.theme_model import THEMES
from schoolctl.domain.themes import Keyword, guess_themes
from schoolctl.errors import FileProblemsError
from schoolctl.resources import shipped_templates
from schoolctl.store.theme_files import read_theme_file, read_theme_keywords, theme_file

GOOD = """asking = ["можно ли"]

[[keywords]]
theme = "diet"
weight = 3
words = ["диет*", "кефир"]
"""


def write(folder: Path, text: str, language: str = "ru") -> Path:
    path = folder / "themes" / f"{language}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    words, problems = read_theme_file(write(tmp_path, GOOD))
    assert problems == ()
    assert words.keywords == (Keyword("диет*", "diet", 3), Keyword("кефир", "diet", 3))
    assert words.asking == ("можно ли",)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ('asks = ["как"]', ['1: "asks" means nothing here']),
        ('keywords = "диета"', ["1: keywords must be a list of tables. Begin each list of words"]),
        ('[[keywords]]\nweight = 3\nwords = ["диета"]', ["1: theme is missing. Write theme = and one of: causes_risk"]),
        ('[[keywords]]\ntheme = "diet"\nwords = ["диета"]', ["1: weight is missing. Write weight = 1 (a hint)"]),
        ('[[keywords]]\ntheme = "food"\nweight = 3\nwords = ["диета"]', ['2: theme cannot be "food". Use one of: ']),
        ('[[keywords]]\ntheme = "diet"\nweight = 30\nwords = ["а"]', ["3: weight must be a whole number from 1 to 10"]),
        ('[[keywords]]\ntheme = "diet"\nweight = 3', ["1: a theme needs words"]),
        ('[[keywords]]\ntheme = "diet"\nweight = 3\nwords = []', ["4: a theme needs words"]),
        (
            '[[keywords]]\ntheme = "diet"\nweight = 3\nwords = [\n  "диета",\n  "под*ся", # wrong\n  "…",\n]\n',
            ['6: "под*ся": a * stands only before or behind a word', '7: "…": there is no word in it'],
        ),
        ('asking = ["как", "#"]', ['1: "#": there is no word in it']),
        ('[[keywords]]\ntheme = "diet\nweight = 3\nwords = ["диета"]', ["2: "]),
    ],
)
def test_mistakes_are_told_with_their_lines(tmp_path: Path, text: str, problems: list[str]) -> None:
    found = [str(problem) for problem in read_theme_file(write(tmp_path, text))[1]]
    assert len(found) >= len(problems)
    for problem, beginning in zip(found, problems, strict=False):
        assert problem.startswith(f"templates/themes/ru.toml:{beginning}")


def test_the_mistakes_of_all_files_come_together(tmp_path: Path) -> None:
    write(tmp_path, 'asking = ["*"]', "kk")
    write(tmp_path, 'asking = ["*"]', "en")
    with pytest.raises(FileProblemsError) as caught:
        read_theme_keywords(tmp_path)
    assert [problem.file for problem in caught.value.problems] == [
        "templates/themes/kk.toml",
        "templates/themes/en.toml",
    ]


def test_the_organisers_own_file_wins(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("кефир", "вигвам"))
    assert theme_file(tmp_path, "ru") == tmp_path / "themes" / "ru.toml"
    assert theme_file(tmp_path, "en") == shipped_templates() / "themes" / "en.toml"
    assert guess_themes("Вигвам?", read_theme_keywords(tmp_path)).themes == ("diet",)


def test_the_shipped_words_know_every_theme(tmp_path: Path) -> None:
    keywords = read_theme_keywords(tmp_path).keywords
    assert {keyword.theme for keyword in keywords} == set(THEMES)


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Передаётся ли миелома по наследству?", "causes_risk"),
        ("Қан ауруы тұқым қуалай ма?", "causes_risk"),
        ("По ночам потею и чешусь, это признаки болезни?", "symptoms"),
        ("kak chasto nado delat punkciyu", "diagnosis"),
        ("I forgot my tablet in the morning, take a double dose?", "treatment"),
        ("химиядан кейін шаш түседі ме", "side_effects"),
        ("Сколько лет с этим живут?", "prognosis"),
        ("Can I swim in the sea and lie in the sun?", "lifestyle"),
        ("Қымыз бен шұбат ішуге бола ма", "diet"),
        ("можно ли прививку от гриппа после химии", "infections_vaccines"),
        ("Хотим ребёнка, муж пьёт иматиниб", "pregnancy_family"),
        ("Мүгедектік бере ме, дәрі тегін бе?", "social_support"),
        ("Как рассказать детям о болезни?", "other"),
    ],
)
def test_the_shipped_words_at_work(tmp_path: Path, text: str, theme: str) -> None:
    assert guess_themes(text, read_theme_keywords(tmp_path)).themes[0] == theme
