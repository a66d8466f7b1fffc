"""Words for "before noon" and "after noon" as phones write them beside the hour (source: Unicode CLDR 48)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

DayPeriod = Literal["am", "pm"]

# Written folded: small letters, without blanks, points and apostrophes.
_BEFORE_NOON: Final = (
    "am дп ам таңғы түскедейін таңкы тң to то ص صباحا صباحًا قظ قبلازظهر "
    "öö өө de fm vm vorm vormittag matin dumatin delamañana mañana damanhã manhã dopo dop dopoldne prijepodne "
    "преподне проб претпл пријеподне priešpiet priekšpusdienā priekšp pd paradite eparadites ap sa pg pagi üö "
    "πμ לפנהצ ก่อนเที่ยง ກ່ອນທ່ຽງ နံနက် 午前 上午 凌晨 清晨 早上 오전 पूर्वाह्न पूर्वा এএম ఉ ጥዋት үө"
)
_AFTER_NOON: Final = (
    "pm пп пм түстенкейін кешкі түштөнкийинки tk тк م مساء مساءً بظ "
    "بعدازظهر ös du em nm nachm nachmittag soir aprèsmidi delaprèsmidi delatarde datarde tarde odp popołudniu "
    "popoldne poslijepodne послијеподне поподне popiet слоб попл pēcpusdienā pēcp md pasdite epasdites ip ch ptg "
    "petang μμ אחהצ หลังเที่ยง ຫຼັງທ່ຽງ ညနေ 午後 下午 中午 晚上 오후 अपराह्न अपरा পিএম సా ከሰዓት үх"
)
_PERIODS: Final[dict[str, DayPeriod]] = {
    **dict.fromkeys(_BEFORE_NOON.split(), "am"),
    **dict.fromkeys(_AFTER_NOON.split(), "pm"),
}
_UNIMPORTANT: Final = str.maketrans(dict.fromkeys(" .'’״׳\"\u200c\u00a0\u202f"))


# Every line of a chat asks about one of two words.
@lru_cache(maxsize=64)
def day_period(word: str) -> DayPeriod | None:
    """Which half of the day `word` names (`PM`, `p. m.`, `ص`, `午後`); None when it is unknown."""
    return _PERIODS.get(word.casefold().translate(_UNIMPORTANT))


def hour_of_day(hour: int, period: DayPeriod | None) -> int:
    """The hour from 0 to 23: 12 AM is 0, 12 PM is 12; an hour above 12 already counts the whole day, 24 is 0."""
    if period is None or hour > 12:  # noqa: PLR2004 - the dial's last hour
        return hour % 24
    return hour % 12 + (12 if period == "pm" else 0)
