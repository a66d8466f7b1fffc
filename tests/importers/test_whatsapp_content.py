"""What is no question is set aside with its reason; the sender's own words and captions are kept."""

from __future__ import annotations

import pytest

from schoolctl.domain.question import Sender, SetAside
from schoolctl.importers.source import ImportOptions

from .reading import only_draft, texts
from .whatsapp_chats import ALMATY, LRM, MEDIA, ReadChat


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<Без медиафайлов>", MEDIA),
        ("<Media omitted>", MEDIA),
        ("<Медиа қосылмаған>", MEDIA),
        ("<Medien ausgeschlossen>", MEDIA),
        ("<Multimedia omitido>", MEDIA),
        ("<メディアは含まれていません>", MEDIA),
        ("image omitted", MEDIA),
        (f"{LRM}image omitted", MEDIA),
        (f"{LRM}изображение отсутствует", MEDIA),
        ("аудиофайл пропущен", MEDIA),
        ("сурет қосылмаған", MEDIA),
        (f"{LRM}Bild weggelassen", MEDIA),
        (f"{LRM}стикер отсутствует", MEDIA),
        (f"{LRM}sticker omitted", MEDIA),
        (f"{LRM}GIF omitted", MEDIA),
        ("null", MEDIA),
        ("IMG-20220512-WA0001.jpg (file attached)", MEDIA),
        (f"{LRM}IMG-20220512-WA0001.jpg (файл добавлен)", MEDIA),
        ("PTT-20220512-WA0001.opus (Datei angehängt)", MEDIA),
        ("STK-20220512-WA0001.webp (файл тіркелді)", MEDIA),
        ("IMG-20220512-WA0001.jpg", MEDIA),
        (f"{LRM}<attached: 00000012-PHOTO-2022-05-12-10-00-15.jpg>", MEDIA),
        (f"{LRM}<прикреплено: 00000012-AUDIO-2022-05-12-10-00-15.opus>", MEDIA),
        (f"{LRM}<附件：00000012-PHOTO-2022-05-12-10-00-15.jpg>", MEDIA),
        (
            f"Анализ крови.pdf • {LRM}3 страницы {LRM}<прикреплено: 00000012-Анализ крови.pdf>",
            "attached file without text",
        ),
        (f"Анализ крови.pdf • {LRM}3 страницы {LRM}документ отсутствует", MEDIA),
        ("Анализ крови.pdf (файл добавлен)", "attached file without text"),
        ("Гульмира.vcf (файл добавлен)", "contact card"),
        (f"{LRM}<attached: 00000013-Gulmira.vcf>", "contact card"),
        (f"{LRM}Contact card omitted", "contact card"),
        ("карточка контакта отсутствует", "contact card"),
        ("This message was deleted", "deleted message"),
        (f"{LRM}This message was deleted.", "deleted message"),
        ("You deleted this message", "deleted message"),
        ("Данное сообщение удалено", "deleted message"),
        ("Вы удалили данное сообщение.", "deleted message"),
        ("Бұл хабар жойылды", "deleted message"),
        ("Сіз бұл хабарды жойдыңыз", "deleted message"),
        ("Diese Nachricht wurde gelöscht.", "deleted message"),
        ("Se eliminó este mensaje.", "deleted message"),
        ("このメッセージは削除されました", "deleted message"),
        ("Bu xabar oʻchirildi", "deleted message"),
        ("POLL:\nКогда встреча?\nOPTION: Среда (3 votes)\nOPTION: Пятница (0 votes)", "poll"),
        (f"{LRM}POLL:\nWhen?\n{LRM}OPTION: Monday ({LRM}1 vote)", "poll"),
        ("ОПРОС:\nКогда?\nВАРИАНТ: Среда (3 голоса)", "poll"),
        (f"{LRM}ANKET:\nNe zaman?\n{LRM}SEÇENEK: Salı ({LRM}2 oy)\n{LRM}SEÇENEK: Cuma ({LRM}0 oy)", "poll"),
        ("Missed voice call", "call"),
        (f"{LRM}Missed video call", "call"),
        (f"{LRM}Voice call, {LRM}No answer", "call"),
        ("Voice call, 12 min", "call"),
        ("Пропущенный аудиозвонок", "call"),
        ("Пропущенный голосовой вызов", "call"),
        ("Қабылданбаған бейне қоңырау", "call"),
        ("<Пропущенный видеозвонок>", "call"),
        ("location: https://maps.google.com/?q=43.238,76.945", "location"),
        (f"{LRM}Location: https://maps.google.com/?q=43.238,76.945", "location"),
        ("местоположение: https://maps.google.com/?q=43.238,76.945", "location"),
        ("https://maps.google.com/?q=43.238,76.945", "location"),
        ("Геопозиция: https://example.org/map/1", "location"),
        ("Поликлиника (пр. Абая, 1): https://foursquare.com/v/4b0588", "location"),
        ("live location shared", "location"),
        ("Waiting for this message. This may take a while.", "system message"),
        (f"{LRM}Messages and calls are end-to-end encrypted. No one outside can read them.", "system message"),
        ("Сообщения и звонки защищены сквозным шифрованием. Третьи лица не могут прочитать их.", "system message"),
        (f"{LRM}Хабарлар мен қоңыраулар өтпелі шифрлау арқылы қорғалған.", "system message"),
        (f"{LRM}Los mensajes y las llamadas están cifrados de extremo a extremo.", "system message"),
        (f"{LRM}Ընդհանուր ծանուցում", "system message"),
        (f"{LRM}Айгуль добавила вас", "system message"),
        ("Айгуль left", "system message"),
        ("", "no text"),
        ("\u200b \u00a0", "no text"),
        ("<This message was edited>", "no text"),
        (f"<Media omitted> {LRM}<This message was edited>", MEDIA),
    ],
)
@pytest.mark.parametrize("header", ["[12.05.22, 10:00:15] Айгуль: ", "12.05.2022, 10:00 - Айгуль: "])
def test_what_is_no_question_is_set_aside(read_chat: ReadChat, header: str, body: str, reason: str) -> None:
    (result,) = read_chat(f"{header}{body}\n")
    assert isinstance(result, SetAside)
    assert (result.position, result.reason) == (1, reason)
    assert result.draft is not None
    assert (result.draft.sender.name, result.draft.text) == ("Айгуль", "")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<Media omitted>\nЭто опухоль?", "Это опухоль?"),
        ("<Без медиафайлов>\nЭто опухоль?\nЧто делать?", "Это опухоль?\nЧто делать?"),
        ("IMG-20220512-WA0001.jpg (file attached)\nБұл қандай дәрі?", "Бұл қандай дәрі?"),
        (f"{LRM}<attached: 00000012-PHOTO-2022-05-12-10-00-15.jpg>\nWhat is this?", "What is this?"),
        (f"What is this? {LRM}<attached: 00000012-PHOTO-2022-05-12-10-00-15.jpg>", "What is this?"),
        (f"Это опухоль? {LRM}изображение отсутствует", "Это опухоль?"),
        (f"{LRM}изображение отсутствует\nЭто опухоль?", "Это опухоль?"),
        (f"{LRM}պատկերը բաց է թողնված\nЭто опухоль?", "Это опухоль?"),
        ("Можно ли мёд? <This message was edited>", "Можно ли мёд?"),
        (f"Можно ли мёд? {LRM}<Сообщение изменено>", "Можно ли мёд?"),
        ("Бал жеуге бола ма? <Бұл хабар өзгертілді>", "Бал жеуге бола ма?"),
        ("Bal yiyebilir miyim? <Bu mesaj düzenlendi>", "Bal yiyebilir miyim?"),
        ("Давление <выше нормы>", "Давление <выше нормы>"),
        ("сахар < 5 и > 3", "сахар < 5 и > 3"),
        (f"{LRM}Можно ли мёд?", "Можно ли мёд?"),
        (f"{LRM}{'Устала от лекарств. ' * 20}".strip(), ("Устала от лекарств. " * 20).strip()),
        ("This message was deleted by mistake?", "This message was deleted by mistake?"),
        ("Почему сообщение удалено", "Почему сообщение удалено"),
        ("Анализ.pdf (вчерашний)", "Анализ.pdf (вчерашний)"),
        ("Смотрите в файле анализ.pdf", "Смотрите в файле анализ.pdf"),
        ("Вопрос:\nпить ли воду (2 литра)", "Вопрос:\nпить ли воду (2 литра)"),
        ("Врач: пить воду (2 литра)\nВрач: есть суп (1 раз)", "Врач: пить воду (2 литра)\nВрач: есть суп (1 раз)"),
        ("Айгуль добавила соль?", "Айгуль добавила соль?"),
        ("Как доехать? https://maps.google.com/?q=1,2", "Как доехать? https://maps.google.com/?q=1,2"),
        ("Сайт: https://example.kz", "Сайт: https://example.kz"),
        ("image omitted from my card, why?", "image omitted from my card, why?"),
        ("Опрос: придёте?", "Опрос: придёте?"),
        ("звонок был пропущен, перезвоните", "звонок был пропущен, перезвоните"),
        ("Сәлем\u2028бола ма?", "Сәлем\nбола ма?"),
        ("ә ғ қ ң ө ұ ү һ і й ё", "ә ғ қ ң ө ұ ү һ і й ё"),
    ],
)
def test_the_senders_own_words_are_kept(read_chat: ReadChat, body: str, text: str) -> None:
    draft = only_draft(read_chat(f"12.05.2022, 10:00 - Айгуль: {body}\r\n"))
    assert (draft.text, draft.original_text) == (text, body)


@pytest.mark.parametrize(
    "notice",
    [
        "Сообщения и звонки защищены сквозным шифрованием.",
        "Айгуль создал(а) группу «Школа: вопросы»",
        "Айгуль изменил(а) тему на „Школа: вопросы“",
        'Aliya created group "School: questions"',
        "Aliya changed the subject to “School: questions”",
        "Айгуль добавил(-а) Марат: терапевт",
        "~ Марат добавлен(-а)",
        "+7 777 000 00 12 left",
        "Айгүл топтың атауын «Мектеп: сұрақтар» деп өзгертті",
        "Your security code with Aliya changed. Tap to learn more.",
        "Вы изменили номер телефона: новый номер +7 777 000 00 13",
    ],
)
def test_notices_without_a_sender(read_chat: ReadChat, notice: str) -> None:
    results = read_chat(
        f"12.05.2022, 10:00 - Марат: Мёд?\n12.05.2022, 10:00 - {notice}\n12.05.2022, 10:01 - Марат: Чай?\n"
    )
    assert texts(results) == ["Мёд?", "(system message)", "Чай?"]
    assert isinstance(results[1], SetAside)
    assert results[1].draft is not None
    assert (results[1].draft.original_text, results[1].draft.sender) == (notice, Sender())


@pytest.mark.parametrize(
    ("name", "sender"),
    [
        ("Айгуль", Sender(name="Айгуль")),
        ("~ Айгуль", Sender(name="Айгуль")),
        ("~\u202fАйгуль", Sender(name="Айгуль")),
        ("\u2068Айгуль\u2069", Sender(name="Айгуль")),
        ("\u202a+7\u00a0777\u00a0000\u00a000\u00a012\u202c", Sender(phone="+77770000012")),
        ("8 (777) 000-00-12", Sender(phone="+77770000012")),
        ("+7 777 000 00 12", Sender(phone="+77770000012")),
        ("Палата 12", Sender(name="Палата 12")),
        ("12345", Sender(name="12345")),
        ("Марат: терапевт", Sender(name="Марат")),
        ("Марат:терапевт", Sender(name="Марат:терапевт")),
    ],
)
@pytest.mark.parametrize("header", ["[12.05.22, 10:00:15] ", "12.05.2022, 10:00 - "])
def test_senders(read_chat: ReadChat, header: str, name: str, sender: Sender) -> None:
    draft = only_draft(read_chat(f"{header}{name}: Мёд?\n"))
    assert draft.sender == sender


def test_the_organisers_own_messages_are_set_aside_with_their_words(read_chat: ReadChat) -> None:
    options = ImportOptions(
        zone=ALMATY,
        own_names=frozenset({"Школа  Пациента", ""}),
        own_addresses=frozenset({"school@example.kz", "8 777 000 00 99", "no phone"}),
    )
    results = read_chat(
        "12.05.2022, 10:00 - ~ школа пациента: Кто придёт?\n"
        "12.05.2022, 10:01 - +7 777 000 00 99: Ждём вас\n"
        "12.05.2022, 10:02 - +7 777 000 00 98: Мёд?\n",
        options,
    )
    assert texts(results) == ["(the organisers' own message)"] * 2 + ["Мёд?"]
    assert [r.draft.text for r in results if isinstance(r, SetAside) and r.draft] == ["Кто придёт?", "Ждём вас"]
