"""Finding repeats among thousands of questions, beside rapidfuzz's comparison of everything with everything.

The questions are made here. A third are near-copies of another (typing errors, a greeting, a word moved, Kazakh
without its letters); some differ from another by a number, a denial or a term only and are questions of their own.
`SCHOOLCTL_BENCH=full` adds 100,000 questions, and rapidfuzz on 10,000 (it is not installed by schoolctl).
"""

from __future__ import annotations

import importlib.util
import os
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from benchmarks.processes import measure, python
from schoolctl.domain.repeats import find_repeats

_LONG = 4
_WITHOUT_KAZAKH_LETTERS = str.maketrans("қәұүөғңһі", "каууогнхи")
_SYLLABLES = [first + second for first in "вгдклрт" for second in "аеиоу"]
_COPIES = 0.33
_TRAPS = 0.1


class Made(NamedTuple):
    """Questions, and for each the number of the question it asks."""

    texts: list[str]
    truth: list[int]


class _Words(NamedTuple):
    """What questions of one language are made of; a trap replaces one disease, drug, number or answer by another."""

    who: Sequence[str]
    disease: Sequence[str]
    drug: Sequence[str]
    story: Sequence[str]
    question: Sequence[str]
    denied: dict[str, str]
    pattern: str
    greetings: Sequence[str]
    thanks: Sequence[str]


def _one_of(words: str) -> list[str]:
    return words.split("|")


_RUSSIAN = _Words(
    who=_one_of("У меня|У мамы|У отца|У мужа|У сестры|У брата|У дочери|У бабушки|У моего дяди|У соседки|У тёти|У сына"),
    disease=_one_of(
        "миелома|лейкоз|лимфома|миелофиброз|полицитемия|тромбоцитопения|апластическая анемия|ХМЛ|ХЛЛ|МДС|амилоидоз|ОМЛ"
    ),
    drug=_one_of(
        "иматиниб|нилотиниб|дазатиниб|бортезомиб|леналидомид|даратумумаб|руксолитиниб|ибрутиниб|венетоклакс|"
        "азацитидин|гидроксимочевину|преднизолон|аспирин|интерферон|элтромбопаг|ревлимид|велкейд|гливек|тасигну|"
        "спрайсел"
    ),
    story=_one_of(
        "живём в ауле далеко от города|недавно закончили третий курс|готовимся к пересадке|второй год в ремиссии|"
        "после ковида стало хуже|лежали в областной больнице|на работе тяжёлые смены|растут двое маленьких детей|"
        "появились синяки на ногах|по ночам мучает пот|держится температура|немеют пальцы на ногах|упал аппетит|"
        "сильно выпадают волосы|летом собираемся на озеро|соседи советуют травы|сахарный диабет с детства|"
        "нашли мутацию"
    ),
    question=_one_of(
        "можно ли есть свежие овощи и фрукты|можно ли делать прививку от гриппа|нужно ли соблюдать особую диету|"
        "можно ли летать на самолёте|нужно ли менять препарат на аналог|можно ли ходить в баню|"
        "нужно ли носить маску дома|можно ли держать кошку|нужно ли сдавать анализ каждый месяц|"
        "можно ли загорать на солнце|можно ли красить волосы|нужно ли детям обследоваться|"
        "нужно ли оформлять инвалидность|можно ли пить травяные отвары|нужно ли ехать в столицу|"
        "нужно ли повторять пункцию|можно ли заниматься спортом|нужно ли ограничивать соль|"
        "можно ли планировать беременность"
    ),
    denied={"можно ли": "нельзя ли", "нужно ли": "не нужно ли"},
    pattern="{who} {disease}, принимаем {drug} {number} мг, {story}, {question}?",
    greetings=_one_of("Здравствуйте! |Добрый день. |Уважаемые врачи, |Салем! |Доброго времени суток, "),
    thanks=_one_of(" Спасибо!| Заранее благодарю| спасибо за ответ| Рахмет| жду ответа"),
)
_KAZAKH = _Words(
    who=_one_of("Менде|Анамда|Әкемде|Күйеуімде|Әпкемде|Інімде|Қызымда|Әжемде|Нағашымда|Көршімде|Жеңгемде|Ұлымда"),
    disease=_one_of(
        "миелома|лейкоз|лимфома|миелофиброз|полицитемия|тромбоцитопения|қаназдық|СМЛ|СЛЛ|МДС|амилоидоз|ЖМЛ",
    ),
    drug=_one_of(
        "иматиниб|нилотиниб|дазатиниб|бортезомиб|леналидомид|даратумумаб|руксолитиниб|ибрутиниб|венетоклакс|гидреа|"
        "азацитидин|преднизолон|аспирин|интерферон|элтромбопаг|ревлимид|велкейд|гливек|тасигна|спрайсел"
    ),
    story=_one_of(
        "ауылда тұрамыз, қала алыс|жақында үшінші курсты бітірдік|трансплантацияға дайындалып жүрміз|"
        "жұмысы өте ауыр|екі жыл ремиссиядамыз|ковидтен кейін нашарлады|облыстық ауруханада жаттық|"
        "екі кішкентай бала бар|тәбеті жоқ|аяғында көгерген жерлер бар|түнде қатты терлейді|қызуы түспей жүр|"
        "саусақтары ұйып қалады|шашы түсіп жатыр|көршілер шөп ішуге кеңес берді"
    ),
    question=_one_of(
        "жаңа піскен жеміс жеуге болады ма|тұмауға қарсы екпе салдыруға болады ма|ұшақпен ұшуға болады ма|"
        "моншаға түсуге болады ма|үйде мысық ұстауға болады ма|күнге қыздырынуға болады ма|"
        "балалар тексерілуі керек пе|шаш бояуға болады ма|мүгедектік рәсімдеу керек пе|"
        "шөп қайнатпасын ішуге болады ма|пункцияны қайталау керек пе|спортпен айналысуға болады ма|"
        "тұзды азайту керек пе|жүкті болуға болады ма|астанаға бару керек пе|ораза ұстауға болады ма"
    ),
    denied={"болады ма": "болмайды ма", "керек пе": "керек емес пе"},
    pattern="{who} {disease}, {drug} {number} мг ішеді, {story}, {question}?",
    greetings=_one_of("Сәлеметсіз бе! |Қайырлы күн. |Құрметті дәрігер, |Салем, |Ассалаумағалейкум! "),
    thanks=_one_of(" Рахмет!| Алдын ала рахмет| рақмет| Көп рахмет"),
)
_ENGLISH = _Words(
    who=_one_of("I have|My mother has|My father has|My husband has|My sister has|My son has|My aunt has|Our uncle has"),
    disease=_one_of(
        "myeloma|leukaemia|lymphoma|myelofibrosis|polycythaemia|aplastic anaemia|CML|CLL|MDS|amyloidosis|AML"
    ),
    drug=_one_of(
        "imatinib|nilotinib|dasatinib|bortezomib|lenalidomide|daratumumab|ruxolitinib|ibrutinib|venetoclax|"
        "hydroxyurea|azacitidine|prednisolone|aspirin|interferon|eltrombopag|revlimid|velcade|glivec|tasigna|"
        "sprycel"
    ),
    story=_one_of(
        "we live far from the city|the third course is just over|we are waiting for a transplant|"
        "two years in remission|it became worse after covid|the fingers feel numb|the hair is falling out|"
        "there are two small children at home|night sweats came back|the fever does not go|the appetite is gone|"
        "relatives praise some herbs"
    ),
    question=_one_of(
        "should we change the diet|can we travel by plane|should the children be tested|can we keep a cat at home|"
        "should the biopsy be repeated|can we go to the sauna|should we wear masks indoors|can we drink herbal tea|"
        "should we apply for disability|can we plan a pregnancy|should we get the flu vaccine|can we dye the hair"
    ),
    denied={"should": "should not", "can": "cannot"},
    pattern="{who} {disease} and takes {drug} {number} mg, {story}, {question}?",
    greetings=_one_of("Hello! |Good day, |Dear doctor, |Hi, "),
    thanks=_one_of(" Thank you!| Thanks in advance| thanks| Many thanks"),
)


def make_questions(count: int, seed: int = 5) -> Made:
    """So many questions, shuffled, with the truth."""
    source = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
    made = Made([], [])
    known: set[str] = set()
    while len(made.texts) < count:
        language = source.choice((_RUSSIAN, _RUSSIAN, _KAZAKH, _ENGLISH))
        parts = _parts(language, source)
        for form in (parts, _trap(parts, language, source) if source.random() < _TRAPS else parts):
            text = language.pattern.format(**form)
            if text not in known:
                known.add(text)
                _add(made, text, language, source)
    order = source.sample(range(count), count)
    return Made([made.texts[place] for place in order], [made.truth[place] for place in order])


def _parts(language: _Words, source: random.Random) -> dict[str, str]:
    lists = {"who": language.who, "disease": language.disease, "drug": language.drug, "story": language.story}
    drawn = {name: source.choice(words) for name, words in lists.items()}
    # Everybody tells something of their own, in words that few others use: towns, names, other illnesses.
    drawn["story"] += "".join(f" {_rare_word(source)}" for _ in range(source.randint(2, 6)))
    number = str(source.choice((5, 10, 20, 50, 100, 400)))
    return {**drawn, "question": source.choice(language.question), "number": number}


def _rare_word(source: random.Random) -> str:
    """One of 40,000 words, some of them much more often than others."""
    number = int(40_000 * source.random() ** 3)
    return "".join(_SYLLABLES[number // 35**place % 35] for place in range(3))


def _trap(parts: dict[str, str], language: _Words, source: random.Random) -> dict[str, str]:
    """The same question but for one word that matters."""
    kind = source.choice(("disease", "drug", "number", "question"))
    if kind == "question":
        plain, denied = next(pair for pair in language.denied.items() if pair[0] in parts["question"])
        return {**parts, kind: parts["question"].replace(plain, denied)}
    if kind == "number":
        return {**parts, kind: parts["number"] + "0"}
    others: Sequence[str] = language.disease if kind == "disease" else language.drug
    return {**parts, kind: source.choice([word for word in others if word != parts[kind]])}


def _add(made: Made, text: str, language: _Words, source: random.Random) -> None:
    number = made.truth[-1] + 1 if made.truth else 0
    copies = source.randint(1, 3) if source.random() < _COPIES / 2 else 0
    for each in (text, *(_copy(text, language, source) for _ in range(copies))):
        made.texts.append(each)
        made.truth.append(number)


def _copy(text: str, language: _Words, source: random.Random) -> str:
    """The same question by another hand: one to three small changes, a word mistyped once at most."""
    original = frozenset(text.split(" "))
    changes = (
        lambda: _mistyped(text, original, source),
        lambda: _mistyped(text, original, source),
        lambda: source.choice(language.greetings) + text,
        lambda: text + source.choice(language.thanks),
        lambda: text.lower().replace(",", "").rstrip("?"),
        text.upper,
        lambda: text.translate(_WITHOUT_KAZAKH_LETTERS).replace("ё", "е"),
        lambda: _moved(text, source),
    )
    for _ in range(source.randint(1, 3)):
        text = source.choice(changes)()
    return text


def _mistyped(text: str, original: frozenset[str], source: random.Random) -> str:
    words = text.split(" ")
    untouched = [
        place for place, word in enumerate(words) if word in original and len(word) >= _LONG and word.isalpha()
    ]
    if not untouched:
        return text
    place = source.choice(untouched)
    word = words[place]
    other = source.choice("aeinorst" if word.isascii() else "аеинорст")
    at = source.randrange(1, max(2, len(word) - 1))
    words[place] = source.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + other + word[at + 1 :],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        )
    )
    return " ".join(words)


def _moved(text: str, source: random.Random) -> str:
    words = text.split(" ")
    place = source.randrange(len(words) - 2)
    if any(sign.isdigit() for sign in words[place] + words[place + 1]):
        return text
    words[place : place + 2] = words[place + 1], words[place]
    return " ".join(words)


def run() -> None:
    """Print the table."""
    print(f"{'questions':>9} {'program':24} {'CPU s':>7} {'MB':>6} {'recall':>7} {'precision':>9}")
    is_full = os.environ.get("SCHOOLCTL_BENCH") == "full"
    for count in (1_000, 10_000, 100_000) if is_full else (1_000, 10_000):
        made = make_questions(count)
        begun = time.process_time()
        groups = find_repeats(made.texts)
        seconds = time.process_time() - begun
        whole = measure(
            python("-c", f"from benchmarks import repeats as b; b.find_repeats(b.make_questions({count})[0])")
        )
        _row(count, "schoolctl", seconds, whole.megabytes, _quality(groups, made.truth))
    if importlib.util.find_spec("rapidfuzz"):
        made = make_questions(10_000 if is_full else 1_000)
        begun = time.process_time()
        groups = _by_rapidfuzz(made.texts)
        _row(len(made.texts), "rapidfuzz cdist", time.process_time() - begun, 0, _quality(groups, made.truth))


def _quality(groups: Iterable[Sequence[int]], truth: Sequence[int]) -> tuple[float, float]:
    """Of the pairs that are repeats, the share found; of the pairs found, the share that is right."""
    asked: dict[int, list[int]] = defaultdict(list)
    for place, number in enumerate(truth):
        asked[number].append(place)
    wanted = {pair for places in asked.values() for pair in combinations(places, 2)}
    found = {pair for group in groups for pair in combinations(sorted(group), 2)}
    right = len(wanted & found)
    return right / max(1, len(wanted)), right / max(1, len(found))


def _by_rapidfuzz(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """Pairs whose letters agree to nine tenths, whatever the order of the words."""
    from rapidfuzz import fuzz, process  # type: ignore[import-not-found,unused-ignore]

    pairs: list[tuple[int, ...]] = []
    lowered = [text.casefold() for text in texts]
    for begin in range(0, len(lowered), 500):
        scores = process.cdist(lowered[begin : begin + 500], lowered, scorer=fuzz.token_sort_ratio, score_cutoff=90)
        for row, column in zip(*scores.nonzero(), strict=True):
            if begin + row < column:
                pairs.append((int(begin + row), int(column)))
    return pairs


def _row(count: int, program: str, seconds: float, megabytes: float, quality: tuple[float, float]) -> None:
    print(f"{count:9,} {program:24} {seconds:7.2f} {megabytes:6.0f} {quality[0]:7.4f} {quality[1]:9.4f}")
