"""Which texts are one question sent again: typing errors, a greeting more or less, another alphabet or order of words.

A repeat says the same, word for word: numbers and negations are equal, every other word has its like, and only
words of politeness may be missing. Groups are stars: each member is a repeat of the middle one, so that weak
likenesses never add up.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations
from typing import NamedTuple
from zlib import crc32

from schoolctl.domain.folding import fold, plain
from schoolctl.domain.slips import is_slip

_NUMBER = re.compile(r"[<>≤≥]?\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")
# `_` is any one word (a name); what stands before or after a question and says nothing of it.
_POLITENESS = """
здравствуйте|здравствуй|здраствуйте|здрасте|привет|приветствую|добрый день|доброго дня|добрый вечер|доброе утро|
доброго времени суток|всем|уважаемые|уважаемый|уважаемая|дорогие|доктор|доктора|врачи|коллеги|пожалуйста|пожалуста|
пож|плиз|скажите|подскажите|подскажите мне|посоветуйте|ответьте|объясните|не подскажете|не могли бы вы|не могли бы|
могли бы вы|можете сказать|можете подсказать|хочу спросить|хотел спросить|хотела спросить|хотел бы узнать|
хотела бы узнать|хотелось бы узнать|хотел узнать|хотела узнать|хочу узнать|интересует вопрос|такой вопрос|вот вопрос|
у меня вопрос|есть вопрос|вопрос|извините|простите|извиняюсь|спасибо|спасибо большое|большое спасибо|спасибо вам|
спасибо за ответ|спасибо за внимание|спс|заранее спасибо|благодарю|благодарим|заранее|жду ответа|меня зовут _|с уважением _|с уважением|
салем|салеметсиз бе|салеметсизбе|салеметсиздер ме|саламатсыз ба|саламатсызба|ассалаумагалейкум|ассаламу алейкум|
кайырлы кун|кайырлы таң|кайырлы кеш|құрметті|құрметті дәрігер|дәрігер|дәрігерлер|өтінем|өтінемін|өтініш|айтыңызшы|
айтыңыз|айтып жіберіңізші|айтып жіберіңіз|сұрайын деп едім|сұрағым бар|сұрағым бар еді|сұрақ|бір сұрақ|рахмет|рақмет|
көп рахмет|алдын ала|алдын ала рахмет|үлкен рахмет|кешіріңіз|менің атым _|құрметпен _|құрметпен|
hi|hello|hey|dear|dear doctor|dear doctors|doctors|good day|good morning|good evening|good afternoon|please|pls|plz|
thanks|thank you|thank you very much|many thanks|thanks a lot|in advance|could you tell me|can you tell me|tell me|
could you please tell me|i have a question|a question|question|excuse me|sorry|i would like to know|i want to ask|
my name is _|best regards _|best regards|kind regards _|kind regards|regards
"""
_FILLERS = frozenset(
    map(plain, "а и но ну вот же ли ведь бы то ой эх ох ой-ой so well oh um uh and иә ал енді".split())
)
_MOST_SLIPS = 4
_FEW_WORDS = 5
_NEIGHBOURS = 60


class _Said(NamedTuple):
    """What a text says: its words without politeness, made plain, and its numbers."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]


def find_repeats(texts: Sequence[str]) -> list[tuple[int, ...]]:
    """Groups of positions (from 0, in order) of texts that are one question; texts without a repeat are left out."""
    positions: dict[_Said, list[int]] = defaultdict(list)
    for position, text in enumerate(texts):
        said = _said(text)
        if said.words or said.numbers:
            positions[said].append(position)
    different = list(positions)
    links = _links(different)
    sizes = [len(positions[said]) for said in different]
    groups = (
        sorted(chain.from_iterable(positions[different[member]] for member in star)) for star in _stars(links, sizes)
    )
    return sorted(tuple(group) for group in groups if len(group) > 1)


def why_repeat(one: str, other: str) -> tuple[str, ...]:
    """The words of `one` by which it repeats `other`: the longest five, in their order, in small letters."""
    heard = set(_said(other).words)
    written = dict.fromkeys(fold(one).split())
    shared = [word for word in written if plain(word) in heard]
    longest = set(sorted(shared, key=len, reverse=True)[:5])
    return tuple(word for word in shared if word in longest)


def _said(text: str) -> _Said:
    heard = [plain(word) for word in _WORD.findall(fold(text))]
    words = tuple(_without_politeness([word for word in heard if word]))
    return _Said(words, tuple(number.replace(",", ".") for number in _NUMBER.findall(text)))


def _without_politeness(heard: list[str]) -> Iterator[str]:
    place = 0
    while place < len(heard):
        polite = _politeness().get(heard[place], ())
        length = next((len(phrase) for phrase in polite if _stands_at(place, phrase, heard)), 0)
        if not length and heard[place] not in _FILLERS:
            yield heard[place]
        place += length or 1


def _stands_at(place: int, phrase: Sequence[str], heard: Sequence[str]) -> bool:
    said = heard[place : place + len(phrase)]
    return len(said) == len(phrase) and all(part in {"_", word} for part, word in zip(phrase, said, strict=True))


@lru_cache(maxsize=1)
def _politeness() -> Mapping[str, list[tuple[str, ...]]]:
    """The phrases of politeness by their first word, the longest first."""
    phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in _POLITENESS.replace("\n", "").split("|"):
        words = tuple("_" if word == "_" else plain(fold(word)) for word in phrase.split())
        phrases[words[0]].append(words)
    return {first: sorted(found, key=len, reverse=True) for first, found in phrases.items()}


# Candidates: two repeats share their rarest words.


def _links(different: Sequence[_Said]) -> dict[int, list[int]]:
    """By index of a text, the indexes of its repeats."""
    sets = [frozenset(said.words) for said in different]
    unlike = [2 * _slips_allowed(len(words)) + 2 for words in sets]
    found_in = Counter(chain.from_iterable(sets))
    links: dict[int, list[int]] = defaultdict(list)
    seen: set[int] = set()
    for one, other in _candidates(different, found_in):
        pair = one * len(different) + other
        # Most candidates share too little, and that is told fast: a slip on either side, a polite or a parted word.
        if pair not in seen and len(sets[one] ^ sets[other]) <= unlike[one]:
            seen.add(pair)
            if _is_repeat(different[one], different[other], found_in):
                links[one].append(other)
                links[other].append(one)
    return links


def _candidates(different: Sequence[_Said], found_in: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Pairs that share a key; of a great many with one key, each is paired with the next ones only."""
    # One whole number holds key and index: a list of a million of them is small, and sorts fast.
    entries = [
        (key & 0x3FFFFFFFFF) << 24 | index
        for index, keys in enumerate(_keys_of_all(different, found_in))
        for key in keys
    ]
    entries.sort()
    for place, entry in enumerate(entries):
        for later in range(place + 1, min(place + _NEIGHBOURS, len(entries))):
            if entries[later] >> 24 != entry >> 24:
                break
            yield entry & 0xFFFFFF, entries[later] & 0xFFFFFF


def _keys_of_all(different: Sequence[_Said], found_in: Mapping[str, int]) -> Iterator[set[int]]:
    order = sorted(found_in, key=lambda word: (found_in[word], word))
    ranks = {word: rank for rank, word in enumerate(order)}
    numbers: dict[tuple[str, ...], int] = {}
    alone = sum(count == 1 for count in found_in.values())
    for said in different:
        number = numbers.setdefault(said.numbers, len(numbers))
        # Blanks are easily lost: "бола ма" is "болама".
        letters = hash((number, crc32("".join(said.words).encode())))
        yield {letters, *_keys(number, sorted({ranks[word] for word in said.words}), alone)}


def _keys(number: int, ranks: Sequence[int], alone: int) -> set[int]:
    """What a repeat has too, as numbers: of the rarest words any two, of a few words all but one.

    Ranks below `alone` are of words that no other text has: each takes one of the slips allowed.
    """
    if len(ranks) < _FEW_WORDS:
        return {hash((number, *rest)) for rest in combinations(ranks, max(1, len(ranks) - 1))}
    elsewhere = [rank for rank in ranks if rank >= alone]
    slips = _slips_allowed(len(ranks)) - (len(ranks) - len(elsewhere))
    return {hash((number, *pair)) for pair in combinations(elsewhere[: max(0, slips) + 2], 2)} if slips >= 0 else set()


def _slips_allowed(words: int) -> int:
    return min(max(1, words // 4), _MOST_SLIPS)


def _is_repeat(one: _Said, other: _Said, found_in: Mapping[str, int]) -> bool:
    if one.numbers != other.numbers:
        return False
    left, right = _without(one.words, other.words), _without(other.words, one.words)
    most = _slips_allowed(len(one.words))
    if len(left) > most + 1 or len(right) > most + 1:
        return False
    slips = _pair_up(left, right, found_in)
    if slips is None or len(slips) > most:
        return False
    return _is_order_kept([slips.get(word, word) for word in one.words], other.words)


def _without(words: Sequence[str], others: Collection[str]) -> list[str]:
    """The words that `others` do not have, or not so often."""
    left = Counter(words) - Counter(others) if len(set(words)) < len(words) else set(words).difference(others)
    return [word for word in words if word in left]


def _pair_up(left: list[str], right: list[str], found_in: Mapping[str, int]) -> dict[str, str] | None:
    """For each word left its like on the right; None when one has none, unless only blanks were set otherwise."""
    pairs: dict[str, str] = {}
    rest = list(right)
    for word in left:
        like = next((other for other in rest if is_slip(word, other, found_in)), None)
        if like is not None:
            pairs[word] = like
            rest.remove(like)
    lonely = [word for word in left if word not in pairs]
    return pairs if _beside_politeness(lonely) == _beside_politeness(rest) else None


def _beside_politeness(words: Sequence[str]) -> str:
    """The words set together, for blanks are easily lost, without those of a greeting or thanks mistyped."""
    if _is_politeness(tuple(words)):
        return ""
    return "".join(word for word in words if not _is_politeness((word,)))


@lru_cache(maxsize=10_000)
def _is_politeness(words: tuple[str, ...]) -> bool:
    """Whether the words are those of one polite phrase, slips and order aside."""
    return any(
        len(phrase) == len(words)
        and all(any(word == part or is_slip(word, part) for part in phrase) for word in words)
        for phrase in chain.from_iterable(_politeness().values())
    )


def _is_order_kept(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether pieces only moved past their neighbour; two that changed places around another ask another thing.

    "Can MDS become AML" is not "Can AML become MDS".
    """
    if len(words) != len(others):
        return True  # only a blank was set otherwise
    balance: Counter[str] = Counter()
    begun = 0
    for end, (word, other) in enumerate(zip(words, others, strict=True), start=1):
        _count(balance, word, 1)
        _count(balance, other, -1)
        if not balance:
            if not _is_rotated(words[begun:end], others[begun:end]):
                return False
            begun = end
    return True


def _count(balance: Counter[str], word: str, step: int) -> None:
    balance[word] += step
    if not balance[word]:
        del balance[word]


def _is_rotated(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether the end of `words`, set before their beginning, gives `others`."""
    split = words.index(others[0])
    return [*words[split:], *words[:split]] == list(others)


def _stars(links: Mapping[int, Sequence[int]], sizes: Sequence[int]) -> Iterator[list[int]]:
    """Every index once: the ones with most repeats first, each with its repeats that are not taken yet."""
    weights = [size + sum(sizes[other] for other in links.get(index, ())) for index, size in enumerate(sizes)]
    taken: set[int] = set()
    for index in sorted(range(len(sizes)), key=lambda index: (-weights[index], index)):
        if index not in taken:
            star = [index, *(other for other in links.get(index, ()) if other not in taken)]
            taken.update(star)
            yield star
