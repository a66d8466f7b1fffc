"""Lists of people: whoever agreed, each once, in their language; a row that cannot be used is told with its line."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolctl.domain.limits import Limits
from schoolctl.domain.recipient import Recipient
from schoolctl.errors import UnreadableSourceError, WrongUsageError
from schoolctl.importers.recipient_columns import is_agreed, language_in
from schoolctl.importers.recipients import RecipientList, RecipientOptions, read_recipients

from .workbook_files import OLD_WORKBOOK, Cell, ods_parts, xlsx, xlsx_parts, xlsx_rows, zipped

LANGUAGES = ("kk", "ru", "en")
NO_CONSENT = "list.csv has no column of consent: make sure that everybody on it agreed to get mails"
ASEL = Recipient("asel@mail.example", "Асель Примерова", "ru")
LONG_START = "a" * 60
BERIK = Recipient("berik@mail.example", "Берік Үлгіов", "kk")


def read(folder: Path, content: str | bytes, columns: Mapping[str, str] | None = None, **more: str) -> RecipientList:
    path = folder / more.get("name", "list.csv")
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    options = RecipientOptions(LANGUAGES, columns or {}, more.get("own", "school@example.kz"))
    return read_recipients(path, options)


def told(people: RecipientList) -> list[str]:
    return [str(problem) for problem in people.problems]


@pytest.mark.parametrize(
    "text",
    [
        "ФИО,Эл. почта,Язык\nАсель Примерова,asel@mail.example,русский\nБерік Үлгіов,berik@mail.example,қазақша\n",
        (
            "Электронная почта;Имя;Язык рассылки\nasel@mail.example;Асель Примерова;рус\n"
            "BERIK@mail.example;Берік Үлгіов;каз\n"
        ),
        (
            "Аты-жөні\tЭлектрондық пошта\tТілі\nАсель Примерова\tasel@mail.example\tорысша\n"
            "Берік Үлгіов\tberik@mail.example\tҚазақ тілі\n"
        ),
        (
            "name|e-mail|language\nАсель Примерова|Асель <asel@mail.example>|ru\n"
            "Берік Үлгіов|mailto:berik@mail.example|kk\n"
        ),
        (
            "Фамилия,Имя,Ваш e-mail для писем,На каком языке писать?\nАсель,Примерова,asel@mail.example,Russian\n"
            "Берік,Үлгіов, berik@mail.example ,KZ\n"
        ),
        "sep=;\nname;email;lang\nАсель Примерова;asel@mail.example;орыс\nБерік Үлгіов;berik@mail.example;kaz\n",
        (
            "Список пациентов;;\n;;\nИмя;Почта;Язык\nАсель Примерова;asel@mail.example;Ru\n\n"
            "Имя;Почта;Язык\nБерік Үлгіов;berik@mail.example;\n"
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_columns_are_known_by_their_headers(tmp_path: Path, text: str, encoding: str) -> None:
    people = read(tmp_path, text.encode(encoding))
    assert people.recipients == [ASEL, BERIK]
    assert (told(people), people.declined, people.notes) == ([], set(), [NO_CONSENT])


def test_windows_1251_and_crlf(tmp_path: Path) -> None:
    text = "Имя;Почта;Язык\r\nАсель Примерова;asel@mail.example;русский\r\n"
    assert read(tmp_path, text.encode("cp1251")).recipients == [ASEL]


def test_a_workbook(tmp_path: Path) -> None:
    people: list[list[Cell]] = [
        ["Имя", "Почта", "Язык", "Согласие"],
        ["Асель Примерова", "asel@mail.example", "русский", "да"],
        [],
        ["Берік Үлгіов", "berik@mail.example", "қаз", 1],
        ["Нет", "no@mail.example", "", 0],
        ["Плохой", "no address", "", 1],
    ]
    sheets = {"Заметки": xlsx_rows([["что-то другое"]]), "Люди": xlsx_rows(people), "Пусто": xlsx_rows([])}
    found = read(tmp_path, zipped(xlsx_parts(sheets)), name="people.xlsx")
    assert found.recipients == [ASEL, BERIK]
    assert found.declined == {"no@mail.example"}
    assert (told(found), found.notes) == (['people.xlsx:6: "no address" is no e-mail address'], [])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (xlsx(["Имя"], ["Асель"]), "no row of headers names a column"),
        (xlsx(["Почта"], ["a@mail.example"])[:300], "cannot be read as a workbook"),
        (zipped(ods_parts("", "<encryption-data/>")), "is protected with a password: save a copy without it"),
        (OLD_WORKBOOK.read_bytes(), "the first columns are: Время, Имя, Телефон, Вопрос"),
    ],
)
def test_a_workbook_without_a_list(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        read(tmp_path, content, name="people.xlsx")


def test_files_beyond_the_limits(tmp_path: Path) -> None:
    limits = Limits(text_file_mb=0, workbook_mb=0)
    for name, content in (("list.csv", b"a@mail.example\n"), ("list.xlsx", xlsx(["Почта"]))):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UnreadableSourceError, match=f"{name} is larger than 0 MB"):
            read_recipients(tmp_path / name, RecipientOptions(LANGUAGES, limits=limits))


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        ({"email": "Контакт", "name": "Кто"}, "Кто,Контакт,Почта\nАсель Примерова,asel@mail.example,x@mail.example\n"),
        ({"email": "2", "name": "1"}, "Асель Примерова,asel@mail.example\n"),
        ({"email": "2", "name": "1", "language": "3", "consent": "4"}, "Асель Примерова,asel@mail.example,рус,да\n"),
    ],
)
def test_columns_may_be_named(tmp_path: Path, columns: dict[str, str], text: str) -> None:
    (recipient,) = read(tmp_path, text, columns).recipients
    assert recipient[:2] == ASEL[:2]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"mail": "Почта"}, "--map mail=… means nothing here. Columns of a list: email, name, language, consent"),
        ({"text": "Почта"}, "--map text=… means nothing here. Columns of a list: email, name, language, consent"),
    ],
)
def test_a_field_that_lists_do_not_have(tmp_path: Path, columns: dict[str, str], message: str) -> None:
    with pytest.raises(WrongUsageError) as caught:
        read(tmp_path, "Почта\na@mail.example\n", columns)
    assert str(caught.value) == message


ADVICE = "add such a row, or name it with --map email=COLUMN"


@pytest.mark.parametrize(
    ("text", "columns", "message"),
    [
        ("", {}, "list.csv is empty"),
        ("\n \n", {}, f"no row of headers names a column of e-mail addresses: {ADVICE}; the first columns are: "),
        # Which of the columns holds a "no" could only be guessed.
        (
            "Асель,asel@mail.example,нет\n",
            {},
            (f"no row of headers names a column of e-mail addresses: {ADVICE}; "
            "the first columns are: Асель, asel@mail.example, нет"),
        ),
        ("имя,телефон\nАсель,1\n", {}, (f"no row of headers names a column of e-mail addresses: {ADVICE}; "
         "the first columns are: имя, телефон")),
        ("имя,почта\n", {"email": "E-mail"}, ("no header row with the columns named by --map (email=E-mail); it has: "
         "имя, почта")),
        ("имя,почта\n", {"email": "7"}, "no header row with the columns named by --map (email=7); it has: имя, почта"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_of_addresses(tmp_path: Path, text: str, columns: dict[str, str], message: str) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        read(tmp_path, text, columns)
    assert str(caught.value).endswith(message)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="there is no file"):
        read_recipients(tmp_path / "none.csv", RecipientOptions(LANGUAGES))


def test_a_plain_list_of_addresses(tmp_path: Path) -> None:
    people = read(tmp_path, "asel@mail.example\n\nBERIK@mail.example\nno address\n")
    assert people.recipients == [Recipient("asel@mail.example", "", "kk"), Recipient("berik@mail.example", "", "kk")]
    assert told(people) == ['list.csv:4: "no address" is no e-mail address']


def test_every_row_that_cannot_be_used_is_told_with_its_line(tmp_path: Path) -> None:
    rows = [
        "Имя,Почта,Язык,Заметка",
        'Асель Примерова,asel@mail.example,ru,"две',
        'строки"',
        "",
        "Снова Асель,ASEL@MAIL.example,ru,",
        "Пустой,,ru,",
        "Плохой,asel@@mail.example,ru,",
        "Кириллица,асель@mail.example,ru,",
        "Запятая,asel@mail,ru,",
        "Два,x@mail.example y@mail.example,ru,",
        f"Длинный,{LONG_START}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example,ru,",
        "Мы сами,School@Example.kz,ru,",
        "Немец,z@mail.example,Deutsch,",
    ]
    people = read(tmp_path, "\n".join(rows))
    assert [one.email for one in people.recipients] == ["asel@mail.example", "z@mail.example"]
    assert told(people) == [
        "list.csv:5: asel@mail.example stands already in line 2",
        "list.csv:6: the e-mail address is missing",
        'list.csv:7: "asel@@mail.example" is no e-mail address',
        'list.csv:8: "асель@mail.example" is no e-mail address',
        'list.csv:9: "asel@mail" is no e-mail address',
        'list.csv:10: "x@mail.example y@mail.example" holds 2 addresses: write each into a row of its own',
        f'list.csv:11: "{LONG_START}…" is too long for an e-mail address',
        "list.csv:12: school@example.kz is the organiser's own address",
        'list.csv:13: no mail is written in "Deutsch": it will be in kk',
    ]
    assert {problem.severity for problem in people.problems} == {"warning"}


def test_a_quote_that_nobody_closed_loses_its_own_row_only(tmp_path: Path) -> None:
    people = read(tmp_path, 'Почта,Имя\na@mail.example,"Анна\nb@mail.example,Борис\nc@mail.example,Света\n')
    assert [one.email for one in people.recipients] == ["b@mail.example", "c@mail.example"]
    assert told(people) == ["list.csv:2: a quotation mark that is not closed"]


def test_nobody_without_consent_gets_a_mail(tmp_path: Path) -> None:
    people = read(
        tmp_path,
        "Почта,Согласие на обработку данных,Согласны ли Вы получать письма?\n"
        "a@mail.example,да,Да\nb@mail.example,да,нет\nc@mail.example,,да\nd@mail.example,да,возможно\n"
        "e@mail.example,да,да\nE@mail.example,да,нет\n",
    )
    assert [one.email for one in people.recipients] == ["a@mail.example"]
    assert people.declined == {f"{letter}@mail.example" for letter in "bcde"}
    assert told(people) == [
        "list.csv:5: the consent says neither yes nor no: left out",
        "list.csv:7: e@mail.example stands already in line 6",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("да", "Да ", "ДА!", "иә", "Иә, келісемін", "ия", "yes", "Y", "TRUE", "1", "+", "✓", "☑", "Истина", "Согласна",
          "Я согласен(на) получать письма", "I agree", "Мен келісемін", "ok"), True),
        (("нет", "Нет.", "жоқ", "no", "FALSE", "0", "-", "—", "Не согласен", "Да, но не на почту", "Келіспеймін",
          "I do not agree", "ложь", "Отказываюсь"), False),
        (("", "возможно", "x", "?", "может быть", "2"), None),
    ],
)  # fmt: skip
def test_what_is_consent(words: tuple[str, ...], expected: bool | None) -> None:  # noqa: FBT001 - what is expected
    assert {word: is_agreed(word) for word in words} == dict.fromkeys(words, expected)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("қазақша", "Қазақ тілі", "казахский", "казакша", "Kazakh", "KZ", "kk", "на казахском", "qazaqsha"), "kk"),
        (("русский", "Рус.", "орыс тілінде", "Russian", "RU", "по-русски", "росс."), "ru"),
        (("English", "англ", "ағылшын тілі", "en", "агылшынша", "English, русский"), "en"),
        (("Deutsch", "", "тілі", "любой"), None),
    ],
)
def test_which_language_is_meant(words: tuple[str, ...], expected: str | None) -> None:
    assert {word: language_in(word) for word in words} == dict.fromkeys(words, expected)


def test_a_name_is_one_clean_line(tmp_path: Path) -> None:
    hostile = '"Асель\r\nBcc: x@evil.example\u2028\u202e\x00 Примерова"'
    (recipient,) = read(tmp_path, f"Почта,Имя\nasel@mail.example,{hostile}\n").recipients
    assert recipient.name == "Асель Bcc: x@evil.example Примерова"
    (recipient,) = read(tmp_path, f"Почта,Имя\nasel@mail.example,{'Ұзақ ' * 3000}\n").recipients
    assert len(recipient.name) == 79


@settings(deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: f"Почта,Имя,Согласие\n{text}".encode()))
def test_whatever_stands_in_the_file_only_good_addresses_come_out(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("list") / "list.csv"
    path.write_bytes(content)
    try:
        people = read_recipients(path, RecipientOptions(LANGUAGES))
    except UnreadableSourceError:
        return
    for one in people.recipients:
        assert one.email.isascii()
        assert one.email.isprintable()
        assert one.email == one.email.lower()
        assert one.name.isprintable()
        assert one.language in LANGUAGES


@pytest.mark.parametrize("cell", ["@" * 20_000, "a@" * 10_000, "a." * 10_000, "а" * 20_000, '"' * 20_000, "да " * 6000])
def test_no_cell_takes_long(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Почта,Имя,Согласие,Язык\n{cell},{cell},{cell},{cell}\n", "utf-8")
    began = time.process_time()
    read_recipients(path, RecipientOptions(LANGUAGES))
    assert time.process_time() - began < 4
