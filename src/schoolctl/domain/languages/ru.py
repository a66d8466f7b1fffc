"""Russian: months in the genitive, the year with «года»."""

from __future__ import annotations

import datetime as dt

from schoolctl.domain.languages.rules import LanguageRules, words


class _Russian(LanguageRules):
    def day(self, day: dt.date) -> str:
        return f"{day.day} {self.months[day.month - 1]}"

    def date(self, day: dt.date) -> str:
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
        "side_effects": "Побочные эффекты лечения",
        "prognosis": "Прогноз и наблюдение",
        "lifestyle": "Образ жизни",
        "diet": "Питание",
        "infections_vaccines": "Инфекции и прививки",
        "pregnancy_family": "Беременность и семья",
        "social_support": "Социальная поддержка",
        "other": "Другие вопросы",
    },
    quotes=("«", "»"),
    common_words=words(
        """
        и в не на я что с как это у по но мне есть или для ли можно если при от когда какие какой какая
        нужно после врач мама папа муж чем до из за же бы так уже еще ещё почему скажите здравствуйте
        спасибо болезнь лечение вопрос нельзя кровь быть о об мой моя мои меня нас вас вы мы они он она его
        ее её сколько где будет
        """
    ),
    last_joint="и",
    span_dash="—",
)
