from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolctl.domain.language_guess import explain_language, guess_language


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


def test_words_in_both_alphabets() -> None:
    assert guess_language("abcd кот ы") == "ru"
    assert guess_language("what is this in Астана") == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("salem, menin anam auyryp zhur", "kk"),
        ("zdravstvuyte podskazhite", "ru"),
        ("qandai dari ishemin", "kk"),
        ("kalay emdeledi", "kk"),
        ("rahmet sizge", "kk"),
        ("bul auru zhugama", "kk"),
        ("silteme kaida", "kk"),
        ("balaga bola ma", "kk"),
        ("kogda shkola budet", "ru"),
        ("skolko zhivut s mielomoy", "ru"),
        ("u mamy leykoz", "ru"),
        ("spasibo doktor", "ru"),
        ("mozhno li est chesnok", "ru"),
        ("gde ssylka", "ru"),
        ("chto delat esli temperatura", "ru"),
        ("bone pain", "en"),
        ("hair loss", "en"),
        ("multiple myeloma", "en"),
        ("CLL treatment options", "en"),
        ("low platelets", "en"),
        ("is zoom free", "en"),
        ("ibrutinib side effects", "en"),
        ("How long survive", "en"),
        ("тромбоцит томен", "kk"),
        ("шаш тусе ме", "kk"),
        ("бас айналады", "kk"),
        ("кан аздык", "kk"),
        ("химия канша", "kk"),
        ("сабак кашан", "kk"),
        ("калай тиркелем", "kk"),
        ("ем тегин бе", "kk"),
        ("аурухана кайда", "kk"),
        ("жол акысы", "kk"),
        ("уйкы жок", "kk"),
        ("тамакка зауык жок", "kk"),
        ("Ibrutinib тегін бе", "kk"),
        ("Daratumumab lenalidomide бола ма", "kk"),
        ("бағасы қанша", "kk"),
        ("қашан жазылам", "kk"),
        ("рахмет доктор", "kk"),
        ("Ibrutinib Venetoclax вместе", "ru"),
        ("Daratumumab lenalidomide dexamethasone можно вместе?", "ru"),
        ("где ссылка", "ru"),
        ("болят кости", "ru"),
        ("тромбоциты низкие", "ru"),
        ("упал гемоглобин", "ru"),
        ("рак крови", "ru"),
        ("можно мёд", "ru"),
        ("зуд после бани", "ru"),
        ("сколько живут", "ru"),
        ("лекарство дорогое", "ru"),
        ("нет сил", "ru"),
        ("отекают ноги", "ru"),
        ("пить воду", "ru"),
        ("выпадают волосы", "ru"),
        ("сдал ПЦР", "ru"),
        ("ночной пот", "ru"),
        ("кашель месяц", "ru"),
        ("кешке ыстыгым котериледи", "kk"),
        ("не жеуге болады", "kk"),
        ("улкен рахмет", "kk"),
        ("уколдан кейин каттаиды", "kk"),
        ("Нурлан Ахметов, Тараз", "ru"),
        ("Vaccina aluga bolama", "kk"),
        ("Densaulygym zhaqsy emes", "kk"),
        ("Gemoglobin tomendep ketti", "kk"),
        ("Gemoglobin upal silno", "ru"),
        ("Hemoglobin dropped badly", "en"),
        ("bolit spina", "ru"),
        ("belim auyrady", "kk"),
        ("Can grandma fly", "en"),
        ("pozhaluysta otvette", "ru"),
        ("Rash after imatinib", "en"),
        ("Сыпь после imatinib", "ru"),
        ("Imatinib-тен кейін бөртпе", "kk"),
        ("Мне маған керек пе осы дәрі", "kk"),
        ("JAK2 positive", "en"),
        ("анализ готов", "ru"),
        ("анализ дайын", "kk"),
        ("химия завтра", "ru"),
        ("химия ертен", "kk"),
        ("трансплантация костного мозга", "ru"),
        ("трансплантация жасаймыз", "kk"),
        ("Спасибо", "ru"),
        ("Рахмет", "kk"),
        ("Thanks", "en"),
        ("Сезам ли это", "ru"),
        ("катетер воспалился", "ru"),
        ("лечат ли бесплатно иностранцев", "ru"),
        ("шетелдиктер тегин емдеуге жата ма", "kk"),
        ("Dad has leukaemia", "en"),
        ("кто ведет прием", "ru"),
        ("кабылдау кай кундери", "kk"),
        ("нейтрофил тусип кетти", "kk"),
        ("нейтрофилы упали", "ru"),
    ],
)
def test_three_words_latin_spelling_and_names_of_drugs(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Бұл ауру балаларға өтпей ме?", ("letters: ғ ө ұ", "words: бұл ауру балаларға ме")),
        ("kemoterapiya alghannan keiin nemerelerdi", ("words: keiin", "endings: nemerelerdi")),
        ("Ещё болят суставами", ("letters: щ ё", "words: ещё", "endings: болят суставами")),
        ("Is lymphoma spreading thing?", ("words: is", "spelling: spreading thing")),
        ("zzz", ()),
        ("", ()),
        ("тромбоз", ()),
    ],
)
def test_what_told_the_language(text: str, told: tuple[str, ...]) -> None:
    assert explain_language(text) == told


def test_five_examples_of_each_sign_are_enough() -> None:
    assert explain_language("the a an of to in on by") == ("words: the a an of to",)


@given(st.text())
def test_nothing_breaks_on_any_text(text: str) -> None:
    assert guess_language(text) in {"kk", "ru", "en"}
    assert len(explain_language(text)) <= 3


@pytest.mark.parametrize("piece", ["лар", "q", "щ ", "the ", "ә", "th", "ещё"])
def test_twenty_thousand_characters_take_little_time(piece: str) -> None:
    begun = time.process_time()
    guess_language(piece * (20_000 // len(piece)))
    assert time.process_time() - begun < 4
