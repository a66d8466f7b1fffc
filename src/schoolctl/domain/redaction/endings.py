"""The endings that names take in Russian and Kazakh sentences, in folded letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schoolctl.domain.redaction.letters import latin_form

# Cases, possessives (Айгүлім), plural (Асандар), predicates (мен Айгүлмін); and words of honour joined to a name.
_KAZAKH_ENDINGS = (
    "нын нин дын дин тын тин ны ни ды ди ты ти га ге ка ке да де та те дан ден тан тен нан нен мен бен "
    "пен м ым им ын ин сы си ымыз имиз мыз миз сыз сиз мын мин пын пин быз биз лар лер дар дер тар тер ша "
    "ше дики тики ники ымнын имнин мнын мнин ымды имди мды мди ымга име мга има ымнан имнен мнан мнен не "
    "на сына сине сынын синин сын син ына ине ынын инин ларга лерге дарга дерге тарга терге ларды лерди "
    "лардын лердин дардын "
)
_KAZAKH = frozenset(_KAZAKH_ENDINGS.split())
_HONOURS = (
    "жан",
    "жанга",
    "жаннын",
    "жанды",
    "ке",
    "кен",
    "кенин",
    "кеге",
    "еке",
    "екен",
    "екем",
    "апа",
    "ага",
    "ай",
    "тай",
)
# What Russian puts in the place of a name's last letter, by that letter; "" stands for a consonant, which stays.
_RUSSIAN: Mapping[str, tuple[str, ...]] = {
    "": ("", "а", "у", "ом", "ем", "е", "ы", "и"),
    "а": ("а", "ы", "и", "у", "е", "ой", "ою", "ей"),
    "я": ("я", "и", "ю", "е", "ей", "ею"),
    "ь": ("ь", "", "я", "ю", "ем", "е", "и", "ью"),
    "й": ("й", "я", "ю", "ем", "е", "и"),
    "о": ("о", "а", "у", "ом", "е"),
}
_ENDINGS = {
    last: frozenset([*russian, *(last + ending for ending in _KAZAKH), *(_KAZAKH if last == "ь" else ())])
    for last, russian in _RUSSIAN.items()
}
_LATIN_ENDINGS = {
    last: frozenset(latin_form(ending) for cyrillic in source for ending in _ENDINGS[cyrillic])
    for last, source in {"a": "ая", "i": "й", "": ("", "ь")}.items()
}
_LONGEST = 8
_FEWEST_LETTERS = 2


def parts_of(word: str) -> Iterator[tuple[str, str]]:
    """A word cut in two wherever its end may be an ending: (stem, ending), the longest stem first."""
    yield word, ""
    for cut in range(len(word) - 1, max(_FEWEST_LETTERS, len(word) - _LONGEST) - 1, -1):
        yield word[:cut], word[cut:]


def stem_of(name: str) -> tuple[str, str]:
    """A folded name without the letter that changes, and that letter: (айгул, ь), (болат, "")."""
    return (name[:-1], name[-1]) if name[-1] in _ENDINGS else (name, "")


def latin_stem_of(name: str) -> tuple[str, str]:
    """The same for a name in its Latin form."""
    return (name[:-1], name[-1]) if name[-1] in _LATIN_ENDINGS else (name, "")


def may_end(last: str, ending: str) -> bool:
    """Whether a stem, whose nominative goes on with `last`, takes this ending."""
    return ending in _ENDINGS[last]


def may_end_name(last: str, ending: str) -> bool:
    """The same for a name, to which a word of honour may be joined: Серікжан, Бакеке."""
    return ending in _ENDINGS[last] or ending.removeprefix(last) in _HONOURS


def may_be_patronymic(word: str) -> bool:
    """Whether the long search for a patronymic is worth its time."""
    return "ич" in word or "вн" in word or "ы" in word or "угли" in word


def may_end_latin(last: str, ending: str) -> bool:
    """The same for Latin forms."""
    return ending in _LATIN_ENDINGS[last]


_CASES = r"(?:[тдн][ыи]н|[кг][ае]|[тдн][ыи]|[пбм]ен|[тдн][ае]н|[тд][ае])?"
FAMILY = re.compile(
    r"(?P<root>\w{2,}?)(?:(?P<ov>[ое]в)(?:а|у|ым|е|ой|ою|ы|ых|ыми)?|(?P<enko>енко|швили|адзе)|"
    r"[иы]н(?:а|у|ым|е|ой|ы|ых)?|"
    r"[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую|ие|их)|ко|[чщ]ук(?:а|у|ом|е)?|юк(?:а|у|ом|е)?|ян(?:а|у|ом|е)?|"
    rf"их|ых|уль?ц(?:а|у|ем|е)?){_CASES}"
)
LATIN_FAMILY = re.compile(
    r"(?P<root>[a-z]{2,}?)(?:(?P<ov>[oe]v)(?:a|u|im|e|oi|i|ih)?|(?P<enko>enko)|in(?:a|oi|u)?|sk(?:i|aia|oi)|chuk|ian)"
)
PATRONYMIC = re.compile(
    r"(?:иль|кузьм|лук|фом|савв|никит)ич(?:а|у|ем|е)?|(?P<root>\w{2,})(?:[ое]вич(?:а|у|ем|е|и)?|"
    r"(?P<vna>[ое]вн|иничн)(?:а|ы|у|е|ой|ою)|(?P<son>улы|угли)(?:[нм]?[ыи]н|на|не|н|ны|ни|м|мен|нан|"
    r"сы|сынын|сына)?|(?:кызы|оглы)"
    r"(?:[нм]?[ыи]н|на|не|н|ны|ни|м|мен|нан|сы|сынын|сына)?)"
)
LATIN_PATRONYMIC = re.compile(
    r"(?P<root>[a-z]{2,})(?:[oe]vich(?:a|u|em|e)?|(?P<vna>[oe]vn)(?:a|i|u|e|oi)|(?:(?P<son>uli)|kizi|gizi|ogli))"
)
# Half of the Kazakh given names are made of two words: the second tells the name even when no list has it.
SECOND_PART = re.compile(
    r"\w{2,}(?:бай|бек|жан|хан(?!а)|гуль?|нур|гали|кали|болат|булат|мурат|султан|бике|темир|келди|гелди|кожа|ахмет|"
    rf"мухамед|мухамет|мухамбет|магамбет|гази|газы|шаш|сулу|кабыл|жигит|нияз|назар)(?:а|у|ом|е|ем|ю|я)?{_CASES}"
)
LATIN_SECOND_PART = re.compile(
    r"[a-z]{2,}(?:bai|bek|jan|gul|nur|gali|kali|bolat|bulat|murat|sultan|temir|keldi|geldi|koja|ahmet|muhamed)"
    r"(?:a|u|om|e)?"
)
