from __future__ import annotations

import pytest

from schoolctl.domain.language_guess import guess_language


@pytest.mark.parametrize(
    "text",
    [
        "Лимфома қайтадан шығуы мүмкін бе?",
        "Химиядан кейін шашым қашан өседі?",
        "Тромбоциттер төмен болса, тіс жұлуға бола ма?",
        "Бұл ауру жұқпалы емес пе?",
        "Жүкті әйелге иматиниб ішуге бола ма?",
        "Мүгедектік алу үшін қандай құжаттар керек?",
        "Ruxolitinib деген дәріні қашан ішу керек?",
        "Миелома наследственный ауру ма, балаларға өтпей ме?",
    ],
)
def test_kazakh_with_its_letters(text: str) -> None:
    assert guess_language(text) == "kk"


@pytest.mark.parametrize(
    "text",
    [
        "бул ауру тукым куалайма",
        "кан кысымы тусип кетсе не истеу керек",
        "дарини канша уакыт ишу керек",
        "химиядан кейин балалы болуга бола ма",
        "коп рахмет даригерлерге",
        "Салеметсиз бе, тромбоцит томен болса спортпен айналысуга бола ма",
        "анализ тапсыру ушин кайда барамын",
        "гемоглобинди калай котеруге болады",
        "Емделгеннен кейин жумыска шыга аламын ба",
        "балаларга жуга ма",
        "катты ауырады",
        "химия алдык",
        "айтты даригер",
        "дене кызуы котерилди",
        "бас ауырады",
    ],
)
def test_kazakh_without_its_letters(text: str) -> None:
    assert guess_language(text) == "kk"


@pytest.mark.parametrize(
    "text",
    [
        "Передаётся ли миелома по наследству?",
        "какие прививки нужны перед трансплантацией",
        "Болит ли пункция костного мозга",
        "Как получить инвалидность",
        "Гемоглобин падает. Почему?",
        "Ремиссия наступила, дальше что?",
        "Кан Сергей Иванович, хочу задать вопрос",
        "БЕРЕМЕННОСТЬ И ХМЛ ВОЗМОЖНА?",
        "Ruxolitinib и Jakavi это одно и то же лекарство?",
    ],
)
def test_russian(text: str) -> None:
    assert guess_language(text) == "ru"


@pytest.mark.parametrize(
    "text",
    [
        "тромбоциты 20, опасно?",
        "Лейкоциты высокие",
        "лимфоциты повышены",
        "Результаты плохие, опасно?",
        "препараты платные?",
        "пациенты живут долго?",
        "Тесты точные?",
        "Инфаркты бывают?",
        "Роды возможны?",
        "среди детей бывает?",
        "Сиди дома",
        "Витамин Д нужен?",
        "Рентген опасен?",
        "Катетер болит",
        "Сосуды лопаются",
        "Люди болеют этим?",
    ],
)
def test_russian_words_that_end_as_kazakh_ones_do(text: str) -> None:
    assert guess_language(text) == "ru"


@pytest.mark.parametrize(
    "text",
    [
        "Is myeloma hereditary?",
        "Can I drink coffee while taking imatinib?",
        "When does hair grow back after chemo",
        "What is MRD?",
        "THANK YOU DOCTORS",
        "Does the School help with papers in Астана?",
    ],
)
def test_english(text: str) -> None:
    assert guess_language(text) == "en"


@pytest.mark.parametrize("text", ["", "12345", "👍", "?!", "_ _"])
def test_a_text_without_letters_counts_as_russian(text: str) -> None:
    assert guess_language(text) == "ru"


def test_as_many_latin_letters_as_cyrillic_ones_are_not_english() -> None:
    assert guess_language("abcd кот ы") == "ru"
    assert guess_language("abcde кот ы") == "en"
