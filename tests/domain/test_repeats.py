from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.repeats import find_repeats, why_repeat


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Сколько живут с миеломой", "СКОЛЬКО живут с миеломой???"),
        ("Можно ли при миеломе пить кофе?", "здравствуйте можно ли пить кофе при миеломе"),
        ("Қан ауруы тұқым қуалай ма?", "кан ауруы тукым куалай ма"),
        ("Можно ли делать прививку от гриппа при миеломе?", "Можно ли делать привику от грипа при миеломе"),
        ("Как часто сдавать анализ при лейкозе", "Как чатсо сдавать анализ при лейкозе"),
        ("Что можно есть при лимфоме и после неё", "Чтл можно есть при лимфоме и после неё"),
        ("Добрый день! Меня зовут Айгуль. Можно ли мёд? С уважением, Айгуль", "Можно ли мед"),
        ("Передаётся ли лейкоз по наследству", "подскажите пожалуйста передается ли лейкоз по наследству"),
        (
            "Передаётся ли по наследству от мамы детям острый лейкоз и чего ждать летом дома семье",
            "передается ли по наследству от мамы детям острый лейкоз и чего ждать летом дома семье, алдын ала рамет",
        ),
        ("Передаётся ли лейкоз по наследству", "передается ли лейкоз по наследству спосибо"),
        ("Can I drink coffee while on imatinib?", "can i drink cofee while on imatinib, thanks! Best regards, Anna"),
        ("Моншаға түсуге болама", "Моншаға түсуге бола ма?"),
        ("незнаю можно ли при лейкозе загорать на солнце", "не знаю, можно ли при лейкозе загорать на солнце"),
        ("Пью 400мг, можно ли пропустить день", "Пью 400 мг, можно ли пропустить день?"),
        ("Тромбоциты 0,5 что делать", "тромбоциты 0.5, что делать"),
        ("В чем разница между МДС и лейкозом", "в чём разница между лейкозом и МДС?"),
        ("Не опасно ли не пить таблетки", "не опасно ли не пить таблетки!"),
        ("12 500", "12 500!"),
    ],
)
def test_the_same_question_again(one: str, other: str) -> None:
    assert find_repeats([one, other]) == [(0, 1)]
    assert find_repeats([other, one]) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Numbers.
        ("Можно ли принимать 5 мг преднизолона?", "Можно ли принимать 50 мг преднизолона?"),
        ("Тромбоциты 0,5 что делать", "Тромбоциты 5 что делать"),
        ("Лейкоциты <5 это опасно", "Лейкоциты >5 это опасно"),
        ("Осталось девять таблеток что делать", "Осталось десять таблеток что делать"),
        # Denials.
        ("Можно ли есть мёд при лейкозе", "Нельзя ли есть мёд при лейкозе"),
        ("Опасно ли это для ребенка", "Неопасно ли это для ребенка"),
        ("Не опасно ли не пить таблетки", "Опасно ли не пить таблетки"),
        ("Does imatinib help?", "Does imatinib not help?"),
        ("Емдеуден кейін көмектеседі деді", "Емдеуден кейін көмектеспеді деді"),
        ("Балаға дәрі беруге болады деді", "Балаға дәрі беруге болмады деді"),
        # Terms.
        ("Можно ли летать при миеломе", "Можно ли летать при лейкозе"),
        ("Можно ли пить чай с гливеком", "Можно ли пить чай с тасигной"),
        ("Сколько живут с ОМЛ", "Сколько живут с ОЛЛ"),
        ("ХМЛ лечится?", "ХЛЛ лечится?"),
        ("Нужна ли консультация невролога", "Нужна ли консультация нефролога"),
        ("Is the infection dangerous after chemo?", "Is the injection dangerous after chemo?"),
        ("Аутотрансплантация опасна?", "Аллотрансплантация опасна?"),
        ("Можно водку при гливеке", "Можно воду при гливеке"),
        ("Анам ауырып жатыр не істеу керек", "Атам ауырып жатыр не істеу керек"),
        # Order.
        ("Может ли МДС перейти в лейкоз", "Может ли лейкоз перейти в МДС"),
        ("Can MDS become AML", "Can AML become MDS, thnks"),
        ("Can MDS become AML", "Become can AML MDS"),
        # Words more.
        ("Сколько воды пить", "Сколько воды пить в день"),
        ("Сколько воды пить", "Сколько воды пить утром после еды летом на даче в ауле"),
        ("миелома", "миелома лечится"),
        ("соль вредна", "соль нужна"),
        # Nothing is asked.
        ("Спасибо", "Рахмет"),
        ("👍", "👍"),
        ("", ""),
    ],
)
def test_another_question(one: str, other: str) -> None:
    assert find_repeats([one, other]) == []


def test_groups_are_sorted_and_single_texts_left_out() -> None:
    texts = ["Можно ли мёд?", "Сколько живут с миеломой", "мед можно ли", "Где школа", "сколько живут с миеломой!"]
    assert find_repeats(texts) == [(0, 2), (1, 4)]
    assert find_repeats([]) == []
    assert find_repeats(["Где школа", "где школа", "ГДЕ ШКОЛА?"]) == [(0, 1, 2)]


def test_weak_likenesses_do_not_add_up() -> None:
    one, middle, other = "лечится ли миелама совсем", "лечится ли миелома совсем", "лечится ли миелоба совсем"
    assert find_repeats([one, middle, other]) == [(0, 1, 2)]
    far = "лечатся ли миелоба савсем"
    assert find_repeats([one, middle, other, far]) == [(0, 1, 2)]


@pytest.mark.parametrize(("word", "groups"), [("укал", [(30, 31)]), ("упад", [(30, 31)]), ("уехал", [])])
def test_a_short_word_hardly_anybody_writes_is_a_slip_of_one_that_many_write(
    word: str, groups: list[tuple[int, ...]]
) -> None:
    others = [f"у меня упал аппетит весной {number}" for number in range(30)]
    assert find_repeats([*others, f"у мужа {word} аппетит летом", "у мужа упал аппетит летом"]) == groups


def test_two_words_that_many_write_are_two_words() -> None:
    many = [f"{word} {number}" for number in range(6) for word in ("волосы сушится", "колосы лечится")]
    pair = ["можно ли мне волосы каждое утро", "можно ли мне колосы каждое утро"]
    assert find_repeats(pair) == [(0, 1)]
    assert find_repeats([*many, *pair]) == []


def test_three_words_that_many_write_are_no_slips_of_three_others() -> None:
    shared = "анализ аптека баня больница варенье вода гости"
    texts = [f"{shared} миелома лейкоз лимфома", f"{shared} ферритин тромбоциты соэ", "миелома лейкоз лимфома 1"]
    assert find_repeats([*texts, "ферритин тромбоциты соэ 2"]) == []


def test_of_a_great_many_alike_each_finds_its_own() -> None:
    texts = [f"можно ли пить чай летом {number}" for number in range(300)]
    assert find_repeats(texts + texts) == [(number, number + 300) for number in range(300)]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Можно ли при миеломе пить кофе?", "пить кофе при миеломе", ("при", "миеломе", "пить", "кофе")),
        ("Спасибо", "Рахмет", ()),
        (
            "Сколько месяцев длится лечение лимфомы дома",
            "сколько месяцев длится лечение лимфомы дома",
            ("сколько", "месяцев", "длится", "лечение", "лимфомы"),
        ),
    ],
)
def test_the_shared_words_are_told(one: str, other: str, why: tuple[str, ...]) -> None:
    assert why_repeat(one, other) == why


@given(st.lists(st.text(alphabet="абв мо5-?!не", max_size=20), max_size=12))
def test_any_texts_are_grouped_once(texts: list[str]) -> None:
    groups = find_repeats(texts)
    members = [position for group in groups for position in group]
    assert len(members) == len(set(members))
    assert all(list(group) == sorted(group) and len(group) > 1 for group in groups)
    assert groups == sorted(groups)


@pytest.mark.parametrize(
    "piece", ["а", "не ", "5 ", "аб вг ", "с уважением ", "добрый день ", "<", "ab", "\u0301", "1,"]
)
def test_twenty_thousand_characters_take_no_time(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    begun = time.process_time()
    find_repeats([text, f"{text}x", f"x {text}"])
    assert time.process_time() - begun < 4


def test_many_words_in_another_order_take_no_time() -> None:
    words = [f"слово{chr(1072 + number % 32)}{chr(1072 + number // 32 % 32)}" for number in range(1000)]
    begun = time.process_time()
    assert find_repeats([" ".join(words), " ".join(reversed(words))]) == []
    assert time.process_time() - begun < 4
