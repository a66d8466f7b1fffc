"""English: the month before the day, a 24-hour clock."""

from __future__ import annotations

import datetime as dt

from schoolctl.domain.languages.rules import LanguageRules, words


class _English(LanguageRules):
    def day(self, day: dt.date) -> str:
        return f"{self.months[day.month - 1]} {day.day}"

    def date(self, day: dt.date) -> str:
        return f"{self.day(day)}, {day.year}"


LANGUAGE = _English(
    code="en",
    name="English",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    zones={
        "Asia/Almaty": "Almaty time",
        "Asia/Aqtau": "Aqtau time",
        "Asia/Aqtobe": "Aqtobe time",
        "Asia/Atyrau": "Atyrau time",
        "Asia/Oral": "Oral time",
        "Asia/Qostanay": "Qostanay time",
        "Asia/Qyzylorda": "Qyzylorda time",
        "Europe/Moscow": "Moscow time",
    },
    themes={
        "causes_risk": "Causes and risk factors",
        "symptoms": "Signs of the disease",
        "diagnosis": "Diagnosis and tests",
        "treatment": "Treatment and its stages",
        "side_effects": "Side effects of treatment",
        "prognosis": "Outlook and follow-up",
        "lifestyle": "Lifestyle",
        "diet": "Diet",
        "infections_vaccines": "Infections and vaccines",
        "pregnancy_family": "Pregnancy and family",
        "social_support": "Social support",
        "other": "Other questions",
    },
    quotes=("“", "”"),
    inner_quotes=("‘", "’"),
    last_joint="and",
    translated_from={"kk": "translated from Kazakh", "ru": "translated from Russian"},
    common_words=words(
        """
        a an the i you he she it we they me my his her our your their its is are was were be been am do does did
        have has had can could should would will shall may might must not no yes and or but if then than that
        this these those there here what when where which who whom why how of to in on at by for from with
        without about after before during while because since until as so too very more most much many any some
        all every other another only just also still again ever never now today tomorrow yesterday please thank
        thanks hello hi dear doctor doctors good morning evening day days week weeks month months year years old
        mother mum mom father dad husband wife son daughter brother sister child children people patient
        patients someone anyone help need want know tell ask question questions answer get got take taking taken
        give given go going start stop switch treatment disease blood cancer bone marrow cell cells count counts
        low high test tests results normal dangerous safe risk drug drugs dose pill pills tablet tablets side
        effects effect therapy hospital clinic travel fly food eat drink avoid diet exercise work life live
        living cure cured hereditary family pregnant vaccine link recording session school language time late
        join send lost hair pain tired fever out up down off over under between against into through each both
        few same new first last next long often once twice better worse bad feel feels feeling diagnosed
        prescribed suggests says said told think mean means ok okay us him them myself
        """
    ),
)
