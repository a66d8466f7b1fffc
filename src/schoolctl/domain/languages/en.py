"""English: the month before the day, a 24-hour clock."""

from __future__ import annotations

import datetime as dt

from schoolctl.domain.languages.rules import LanguageRules


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
    last_joint="and",
)
