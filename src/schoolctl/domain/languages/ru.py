"""Russian: months in the genitive, the year with «года»."""

from __future__ import annotations

from datetime import date

from schoolctl.domain.languages.rules import LanguageRules


class _Russian(LanguageRules):
    def day(self, day: date) -> str:
        return f"{day.day} {self.months[day.month - 1]}"

    def date(self, day: date) -> str:
        return f"{self.day(day)} {day.year} года"


LANGUAGE = _Russian(
    code="ru",
    name="Russian",
    months=(
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ),
    zones={
        "Asia/Almaty": "время Алматы",
        "Asia/Aqtau": "время Актау",
        "Asia/Aqtobe": "время Актобе",
        "Asia/Atyrau": "время Атырау",
        "Asia/Oral": "время Уральска",
        "Asia/Qostanay": "время Костаная",
        "Asia/Qyzylorda": "время Кызылорды",
        "Europe/Moscow": "московское время",
    },
    themes={
        "causes_risk": "Причины и факторы риска",
        "symptoms": "Проявления болезни",
        "diagnosis": "Диагностика и анализы",
        "treatment": "Лечение и его этапы",
        "side_effects": "Побочные действия лечения",
        "prognosis": "Прогноз и наблюдение",
        "lifestyle": "Образ жизни",
        "diet": "Питание",
        "infections_vaccines": "Инфекции и прививки",
        "pregnancy_family": "Беременность и семья",
        "social_support": "Социальная поддержка",
        "other": "Другие вопросы",
    },
    quotes=("«", "»"),
    last_joint="и",
    span_dash="—",
)
