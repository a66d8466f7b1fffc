"""The sender's own words: what goes and, above all, what stays."""

from __future__ import annotations

import pytest

from schoolctl.importers.mail.own_words import IN_FORWARDED, KEPT_WHOLE, find_own_words

OWN = "Можно ли есть мёд при диабете?"
QUOTE = "Приглашаем на Школу пациента.\nЖдём ваших вопросов."
MARKED = "> Приглашаем на Школу пациента.\n> Ждём ваших вопросов."

INTRODUCTIONS = [
    "чт, 12 мая 2022 г. в 10:00, Школа пациента <school@example.kz>:",
    "12 мая 2022 г., в 10:00, Школа пациента <school@example.kz> написал(а):",
    "12 мая 2022 г., 10:00 пользователь Школа пациента <school@example.kz> написал:",
    "12.05.2022 10:00, Дана Образцова пишет:",
    "12.05.2022, 10:00, Школа <school@example.kz> пишет:",
    '12.05.2022, 10:00, "Школа пациента" <school@example.kz>:',
    "Четверг, 12 мая 2022, 10:00 +06:00 от Школа пациента <school@example.kz>:",
    "Thu, 12 May 2022 10:00:00 +0600 от Школа пациента <school@example.kz>:",
    "2022 ж. 12 мам., бс 10:00 Пациенттер мектебі <school@example.kz> деп жазды:",
    "бс, 12 мамыр 2022 ж. 10:00, Пациенттер мектебі <school@example.kz> мынаны жазды:",
    "12.05.2022 10:00, Дана Үлгіқызы жазды:",
    "On Thu, May 12, 2022 at 10:00 AM School <school@example.kz> wrote:",
    "On 12/05/2022, 10:00, School <school@example.kz> wrote:",
    "On 5/12/2022 10:00 AM, Dana Sample wrote:",
    "On May 12, 2022, at 10:00 AM, School <school@example.kz <mailto:school@example.kz>> wrote:",
    "Дана Образцова <school@example.kz> пишет:",
    "Дана <school@example.kz> писала 12.05.2022 10:00:",
    "On Thu, May 12, 2022 at 10:00 AM School of patients\n<school@example.kz> wrote:",
    "чт, 12 мая 2022 г. в 10:00, Школа пациента Центра\nкардиологии <school@example.kz>:",
    "12 мая 2022 г., в 10:00, Школа пациента\n<school@example.kz>\nнаписал(а):",
]
BLOCKS = [
    "От: Школа пациента <school@example.kz>\nОтправлено: 12 мая 2022 г. 10:00\nКому: a@example.kz\nТема: Школа",
    (
        "________________________________\nОт: Школа\nОтправлено: 12 мая 2022 г.\n"
        "Кому: a@example.kz;\n b@example.kz\nТема: Школа"
    ),
    "*От:* Школа\n*Дата:* 12 мая\n\n*Кому:* a@example.kz\n*Тема:* Школа",
    "От: Школа Отправлено: 12 мая 2022 г. 10:00 Кому: a@example.kz Тема: Школа",
    "Кімнен: Мектеп <school@example.kz>\nЖіберілді: 12 мамыр 2022 ж. 10:00\nКімге: a@example.kz\nТақырып: Мектеп",
    "From: School <school@example.kz>\nSent: Thursday, May 12, 2022 10:00 AM\nTo: a@example.kz\nSubject: School",
    "-----Исходное сообщение-----\nОт: Школа\nОтправлено: 12 мая\nКому: Вам\nТема: Школа",
    "-------- Исходное сообщение --------",
    "-----Original Message-----",
    "----- Бастапқы хабар -----",
]


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
@pytest.mark.parametrize("quote", [QUOTE, MARKED])
def test_a_reply_keeps_only_the_senders_words(introduction: str, quote: str) -> None:
    assert find_own_words(f"{OWN}\n\n{introduction}\n\n{quote}\n").text == OWN


@pytest.mark.parametrize("block", BLOCKS)
def test_what_stands_under_an_outlook_block_goes(block: str) -> None:
    assert find_own_words(f"{OWN}\n\n{block}\n\n{QUOTE}").text == OWN


@pytest.mark.parametrize(
    "text",
    [
        "Врач написал:\nдиабет 2 типа. Что это значит?",
        "От: какого возраста можно пить статины?",
        "12.05.2022, 10:00 мне поставили диагноз.\nЧто дальше?",
        "12.05.2022 10:00, врач написал:\nгипертония. Это опасно?",
        "12.05.2022 в 10:00 врач пишет:\nгипертония. Это опасно?",
        "12.05.2022 отправила анализы на почту lab@example.kz, вот они:\nсахар 7,8. Это много?",
        "Анализ крови от 12.05.2022 10:00, Лаборатория Пример:\nглюкоза 7,8. Это много?",
        "С уважением отношусь к вашему труду. Можно ли есть мёд?",
        "С уважением, к вам обращается мама ребёнка.\nМожно ли ему мёд?",
        "On Monday my doctor wrote:\ntype 2 diabetes. What does it mean?",
        "On Monday my doctor wrote: type 2 diabetes. What does it mean?",
        "On 12.05.2022 at 10:00 my doctor wrote:\ntype 2. What is it?",
        "Құрметпен қараймын, дәрігерлерге рахмет. Бал жеуге бола ма?",
        "Жіберілді деген анализ қайда?",
        "Отправлено на анализ, что дальше?",
        "Отправлено с врачом на анализ, это опасно?",
        "Сахар\n>10 ммоль/л\nЭто много?",
        "Тема: диабет\nМожно ли мёд?",
        "From what age can children have honey?",
        "Первый вопрос: мёд?\n--\nВторой вопрос: сахар?",
        "Best regards to the doctor who helped me. Can I eat honey?",
        "Вопросы:\n- мёд\n- сахар\n- хлеб",
        "В 10:00 пью таблетку. В 12:00 кружится голова:\nэто нормально?",
    ],
)
def test_the_senders_own_sentences_survive(text: str) -> None:
    words = find_own_words(text)
    assert (words.text, words.are_own, words.repairs) == (text, True, ())


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nАйгуль Примерова\nБухгалтер, ТОО «Пример»\nтел. +7 700 000 00 01",
        "--\nДана",
        "Отправлено с iPhone",
        "Отправлено из мобильной Почты Mail.ru",
        "Отправлено из Яндекс.Почты для мобильных устройств",
        "Отправлено с моего Samsung Galaxy",
        "--\nОтправлено из Mail.ru для Android",
        "Скачать Outlook для Android<https://example.org/x>",
        "Жіберілді iPhone құрылғысынан",
        "Менің iPhone телефонымнан жіберілді",
        "iPhone құрылғысынан жіберілді",
        "Sent from my iPhone",
        "Sent from Mail for Windows 10",
        "Get Outlook for iOS<https://example.org/x>",
        "С уважением, Айгуль Примерова",
        "С уважением Айгуль",
        "с уважением,\nАйгуль Примерова,\nг. Караганда\n+7 700 000 00 01\naigul@example.kz",
        "С уважением и благодарностью, Айгуль",
        "С уважением, мама",
        "Құрметпен, Дана Үлгіқызы",
        "Ізгі ниетпен,\nДана",
        "Best regards,\nDana Sample",
        "Kind regards, Dana",
        "Sincerely,\nDana\nWhatsApp: +7 700 000 00 01",
        "С уважением,\nАйгуль\n\nОтправлено с iPhone",
    ],
)
def test_signatures_go(signature: str) -> None:
    assert find_own_words(f"{OWN}\n\n{signature}").text == OWN


def test_a_closing_formula_at_the_end_of_the_last_line_goes() -> None:
    assert find_own_words(f"{OWN} С уважением, Айгуль Примерова.").text == OWN


def test_what_follows_a_signature_is_kept_when_it_says_something() -> None:
    text = "Можно мёд?\n\nС уважением,\nАйгуль\n\nP.S. Мне 45 лет, пью метформин."
    assert find_own_words(text).text == "Можно мёд?\n\nP.S. Мне 45 лет, пью метформин."


def test_answers_between_quoted_lines_stay() -> None:
    text = f"{INTRODUCTIONS[0]}\n> Сколько вам лет?\n\n45\n\n> Что вы принимаете?\nМетформин\n\n> Спасибо\n"
    assert find_own_words(text).text == "45\n\nМетформин"


FORWARDS = [
    (
        "---------- Forwarded message ---------\nОт: Айгуль <a@example.kz>\n"
        "Дата: чт, 12 мая 2022 г.\nТема: Вопрос\nКому: <b@example.kz>"
    ),
    '-------- Пересылаемое сообщение --------\n12.05.2022, 10:00, "Айгуль" <a@example.kz>:',
    "-------- Пересылаемое сообщение --------\nОт кого: Айгуль\nДата: 12 мая",
    "---------- Қайта жіберілген хабар ---------\nКімнен: Айгүл <a@example.kz>\nТақырып: Сұрақ",
    "Begin forwarded message:\n\nFrom: Aigul <a@example.kz>\nSubject: Question\nDate: 12 May 2022",
    "Начало переадресованного сообщения:\n\nОт: Айгуль <a@example.kz>\nДата: 12 мая",
]


@pytest.mark.parametrize("marker", FORWARDS)
def test_a_question_that_stands_only_in_a_forward_is_kept(marker: str) -> None:
    words = find_own_words(f"{marker}\n\n{OWN}\n\nОтправлено с iPhone")
    assert (words.text, words.are_own, words.repairs) == (OWN, False, (IN_FORWARDED,))


@pytest.mark.parametrize("marker", FORWARDS)
def test_a_cover_note_keeps_what_it_covers(marker: str) -> None:
    words = find_own_words(f"Пересылаю вопрос мамы.\n\n{marker}\n\n{OWN}")
    assert (words.text, words.repairs) == (f"Пересылаю вопрос мамы.\n\n{OWN}", (IN_FORWARDED,))


@pytest.mark.parametrize("marker", FORWARDS)
def test_a_question_over_a_forward_stands_alone(marker: str) -> None:
    assert find_own_words(f"{OWN}\n\n{marker}\n\n{QUOTE}").text == OWN


def test_a_quoted_forward_is_unquoted() -> None:
    text = f"Begin forwarded message:\n\n> From: Aigul <a@example.kz>\n> Subject: Question\n>\n> {OWN}"
    assert find_own_words(text).text == OWN


def test_a_forward_has_an_end() -> None:
    text = (
        "-------- Пересылаемое сообщение --------\nОт: Школа\n\nПриглашаем.\n"
        f"-------- Конец пересылаемого сообщения --------\n\n{OWN}"
    )
    assert find_own_words(text).text == OWN


def test_a_forwarding_subject_makes_an_outlook_block_a_forward() -> None:
    text = f"См. ниже\n\n{BLOCKS[0]}\n\n{OWN}"
    assert find_own_words(text).text == "См. ниже"
    assert find_own_words(text, is_forward=lambda: True).text == f"См. ниже\n\n{OWN}"


@pytest.mark.parametrize("text", [MARKED, f"{INTRODUCTIONS[0]}\n{MARKED}", "--\nКак лечить диабет второго типа дома"])
def test_a_mail_that_is_all_quote_is_kept_whole(text: str) -> None:
    words = find_own_words(text)
    assert (words.text, words.are_own, words.repairs) == (text, False, (KEPT_WHOLE,))


@pytest.mark.parametrize(
    "text", ["", "Отправлено с iPhone", "--\nОтправлено из Mail.ru для iOS", "С уважением,\nАйгуль"]
)
def test_a_signature_alone_is_no_text(text: str) -> None:
    words = find_own_words(text)
    assert (words.text, words.are_own, words.repairs) == ("", False, ())


def test_forwards_within_forwards_are_read_to_the_innermost() -> None:
    level = "-------- Пересылаемое сообщение --------\nОт: Айгуль\n\n"
    assert find_own_words(level * 2 + OWN).text == OWN
    assert find_own_words(level * 6 + OWN).text.endswith(OWN)


def test_an_endless_text_is_not_searched() -> None:
    text = "слово: " * 80_000
    assert find_own_words(text).repairs == ("too long to look for quotes: kept whole",)
