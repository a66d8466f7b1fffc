from dataclasses import replace

from schoolctl.domain.question import Question, Screening, Sender, SourceRef
from schoolctl.domain.vocabulary import Channel
from schoolctl.store.database import Database
from schoolctl.store.question_store import QuestionFilter, QuestionStore

QUESTION = Question(
    id=0,
    channel="email",
    text="",
    original_text="",
    redacted_text="",
    language="ru",
    sender=Sender(),
    received_at=None,
    zone_assumed=False,
    source=SourceRef("a", 1),
    screening=Screening("general"),
)


def people(database: Database, *asked: tuple[Channel, Sender]) -> list[int]:
    store = QuestionStore(database)
    for number, (channel, sender) in enumerate(asked):
        store.add(replace(QUESTION, channel=channel, text=f"{number}", sender=sender))
    return [question.person for question in store.find(QuestionFilter())]


def test_an_address_makes_one_person_across_channels(database: Database) -> None:
    asan = Sender("Асан", "asan@example.kz", "")
    assert people(
        database,
        ("email", asan),
        ("form", Sender("А. Асанов", "asan@example.kz", "+77000000001")),
        ("whatsapp", Sender("", "", "+77000000001")),
        ("whatsapp", Sender("", "", "+77000000002")),
    ) == [1, 1, 1, 4]


def test_a_form_with_both_addresses_joins_two_people(database: Database) -> None:
    mail, chat = Sender("", "asan@example.kz"), Sender("", "", "+77000000001")
    joined = people(database, ("email", mail), ("whatsapp", chat), ("form", Sender("", mail.email, chat.phone)))
    assert joined == [1, 1, 1]


def test_a_name_alone_tells_a_person_within_a_channel(database: Database) -> None:
    name = Sender("Айгүл")
    assert people(database, ("whatsapp", name), ("whatsapp", name), ("zoom", name), ("form", Sender())) == [1, 1, 3, 4]
