"""Kazakh: months take the locative in a sentence, an hour takes the ending of its last spoken number."""

from __future__ import annotations

import datetime as dt

from schoolctl.domain.languages.rules import LanguageRules, words

_MONTHS = (
    ("қаңтар", "қаңтарда"),
    ("ақпан", "ақпанда"),
    ("наурыз", "наурызда"),
    ("сәуір", "сәуірде"),
    ("мамыр", "мамырда"),
    ("маусым", "маусымда"),
    ("шілде", "шілдеде"),
    ("тамыз", "тамызда"),
    ("қыркүйек", "қыркүйекте"),
    ("қазан", "қазанда"),
    ("қараша", "қарашада"),
    ("желтоқсан", "желтоқсанда"),
)
# The locative after the spoken numeral: бір-де, үш-те, алты-да …; nought is нөл-де.
_ENDINGS_OF_UNITS = {1: "де", 2: "де", 3: "те", 4: "те", 5: "те", 6: "да", 7: "де", 8: "де", 9: "да"}
_ENDINGS_OF_TENS = {0: "де", 10: "да", 20: "да", 30: "да", 40: "та", 50: "де"}


class _Kazakh(LanguageRules):
    def day(self, day: dt.date) -> str:
        return f"{day.day} {self.months[day.month - 1]}"

    def date(self, day: dt.date) -> str:
        return f"{day.year} жылғы {self.day(day)}"

    def day_in_sentence(self, day: dt.date) -> str:
        return f"{day.day} {_MONTHS[day.month - 1][1]}"

    def date_in_sentence(self, day: dt.date) -> str:
        return f"{day.year} жылғы {self.day_in_sentence(day)}"

    def hour_in_sentence(self, moment: dt.time | dt.datetime) -> str:
        return f"{self.hour(moment)}-{_ending(moment.minute or moment.hour)}"


def _ending(number: int) -> str:
    return _ENDINGS_OF_UNITS.get(number % 10) or _ENDINGS_OF_TENS[number]


LANGUAGE = _Kazakh(
    code="kk",
    name="Kazakh",
    months=tuple(nominative for nominative, _ in _MONTHS),
    zones={
        "Asia/Almaty": "Алматы уақыты",
        "Asia/Aqtau": "Ақтау уақыты",
        "Asia/Aqtobe": "Ақтөбе уақыты",
        "Asia/Atyrau": "Атырау уақыты",
        "Asia/Oral": "Орал уақыты",
        "Asia/Qostanay": "Қостанай уақыты",
        "Asia/Qyzylorda": "Қызылорда уақыты",
        "Europe/Moscow": "Мәскеу уақыты",
    },
    themes={
        "causes_risk": "Аурудың себептері мен қауіп факторлары",
        "symptoms": "Аурудың белгілері",
        "diagnosis": "Диагностика және талдаулар",
        "treatment": "Емдеу және оның кезеңдері",
        "side_effects": "Емнің жанама әсерлері",
        "prognosis": "Аурудың болжамы және бақылау",
        "lifestyle": "Өмір салты",
        "diet": "Тамақтану",
        "infections_vaccines": "Инфекциялар мен екпелер",
        "pregnancy_family": "Жүктілік және отбасы",
        "social_support": "Әлеуметтік қолдау",
        "other": "Басқа сұрақтар",
    },
    quotes=("«", "»"),
    common_words=words(
        """
        мен сен ол біз олар және бірақ немесе үшін туралы болады бола бар жок жоқ керек керекпе калай қалай
        кандай қандай неге не қанша канша қашан кашан маған маган мағған рахмет рақмет сәлем салем
        салеметсиз сәлеметсіз бе ме ма ба па пе ауру ауруы емдеу емделу дари дәрі дәрігер даригер анам әкем
        акем балам қан сурак сұрақ айтыныз айтыңыз деп екен бул бұл осы сол дейін кейін кейин бойынша арқылы
        аркылы еш тек тағы тагы жаксы жақсы боле емес екі сиз сіз болса кажет қажет мумкин мүмкін
        салеметсиздер бересиз бересіз жас жастамын жаста
        """
    ),
    last_joint="және",
)
