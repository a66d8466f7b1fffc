"""Several questions in one message: parted where they begin, no word lost, one question left alone."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.parts import parts_of

LIST = "Здравствуйте! У мамы миелома. 1) Можно ли ей в баню? 2) Какая диета нужна ей? 3) передаётся ли болезнь детям"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            LIST,
            [
                "Здравствуйте! У мамы миелома.\nМожно ли ей в баню?",
                "Какая диета нужна ей?",
                "передаётся ли болезнь детям",
            ],
        ),
        (
            "1. Қандай тағам жеуге болады?\n2. Спортпен айналысуға болады ма?",
            ["Қандай тағам жеуге болады?", "Спортпен айналысуға болады ма?"],
        ),
        (
            "Hb 1.5 мг. Что делать мне теперь?\n- можно ли бегать быстро\n- можно ли плавать в море",
            ["Hb 1.5 мг. Что делать мне теперь?\nможно ли бегать быстро", "можно ли плавать в море"],
        ),
        (
            "Можно ли пить кофе? И ещё про прививки. Можно ли от гриппа? Спасибо.",
            ["Можно ли пить кофе?", "И ещё про прививки. Можно ли от гриппа? Спасибо."],
        ),
        (
            "Гемоглобин упал с 12.5 до 8.1 г. Почему так? Можно ли т.е. принимать железо? Пишите на g.s@mail.ru.",
            [
                "Гемоглобин упал с 12.5 до 8.1 г. Почему так?",
                "Можно ли т.е. принимать железо? Пишите на g.s@mail.ru.",
            ],
        ),
    ],
)
def test_a_message_is_parted_where_its_questions_begin(text: str, parts: list[str]) -> None:
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Один вопрос: можно ли есть мёд?",
        "Почему?? Как быть???",
        "Гемоглобин 1.5, дата 12.05.2022. Что это значит для больного?",
        "Врач сказал:\n- пить воду\n- спать",
        "Возможна ли беременность после лечения? Да?",
        "",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert parts_of(text) == [text]


@given(
    st.lists(st.sampled_from(["абв где", " ", "12.5", "т.е.", "a.b@mail.ru", "?", "?..", ".", "\n", "! ", "8.1 г."]))
)
def test_no_sign_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert re.sub(r"\s", "", "".join(parts_of(text))) == re.sub(r"\s", "", text)


@given(st.text(alphabet="абв1).?! \n-", max_size=200))
def test_no_letter_of_a_list_is_lost(text: str) -> None:
    # Numbers and dashes of a list go; letters stay, in their order.
    assert re.findall("[абв]", "".join(parts_of(text))) == re.findall("[абв]", text)


@pytest.mark.parametrize("text", ["1) " * 7_000, "?" * 20_000, "а.б" * 7_000, "- " * 10_000, " \n" * 10_000])
def test_a_hostile_text_takes_no_time(text: str) -> None:
    started = time.process_time()
    parts_of(text)
    assert time.process_time() - started < 4
