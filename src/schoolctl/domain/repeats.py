"""Which texts are one question sent again: typing errors, a greeting more or less, another alphabet or order of words.

A repeat says the same, word for word: numbers and negations are equal, every other word has its like, and only
words of politeness may be missing. Groups are stars: each member is a repeat of the middle one, so that weak
likenesses never add up.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple
from zlib import crc32

from schoolctl.domain.folding import fold, plain
from schoolctl.domain.politeness import is_politeness, without_politeness
from schoolctl.domain.slips import is_slip

_NUMBER = re.compile(r"[<>≤≥]?\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_SLIPS = 4
_FEW_WORDS = 5
_MANY_WORDS = 8
_MOST_LONELY = 5
_NEIGHBOURS = 20
_PARTS = 16


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
    words = tuple(without_politeness([word for word in heard if word]))
    return _Said(words, tuple(number.replace(",", ".") for number in _NUMBER.findall(text)))


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
    by_rarity = {word: rank for rank, word in enumerate(sorted(found_in, key=lambda word: (found_in[word], word)))}
    alone = sum(count == 1 for count in found_in.values())
    ranks = [sorted({by_rarity[word] for word in said.words}) for said in different]
    # So that the next ones are the likest: by their words that others have too.
    order = sorted(range(len(ranks)), key=lambda index: [rank for rank in ranks[index] if rank >= alone])
    keys = (_keys(different[index], ranks[index], alone) for index in order)
    for one, other in _neighbours(keys):
        yield order[one], order[other]


def _neighbours(keys_of_texts: Iterable[Collection[int]]) -> Iterator[tuple[int, int]]:
    """Places of two texts that have a key in common and stand near each other among all that have it."""
    # One whole number holds key and place: a million of them are small, and sort fast. Sorted part by part, as Python's
    # numbers take four times the room of an array's.
    parts = [array("Q") for _ in range(_PARTS)]
    for place, keys in enumerate(keys_of_texts):
        for key in keys:
            parts[key % _PARTS].append((key & 0x3FFFFFFFFF) << 24 | place)
    for part in parts:
        near: list[int] = []
        for entry in sorted(part):
            # Nearly all keys are of one text only.
            if near and near[0] >> 24 != entry >> 24:
                near = []
            for before in near:
                yield before & 0xFFFFFF, entry & 0xFFFFFF
            near = [*near[1 - _NEIGHBOURS :], entry] if near else [entry]


def _keys(said: _Said, ranks: Sequence[int], alone: int) -> set[int]:
    """What a repeat has too, as whole numbers: some of the rarest words together, or all letters.

    Ranks are low for rare words; those below `alone` are of words that no other text has: each takes one of the slips
    allowed.
    """
    number = crc32(" ".join(said.numbers).encode())
    elsewhere = [rank for rank in ranks if rank >= alone]
    slips = _slips_allowed(len(ranks)) - (len(ranks) - len(elsewhere))
    chosen = chain(_all_but_one(ranks), _rarest(elsewhere, slips, len(ranks)))
    # Blanks are easily lost: "бола ма" is "болама".
    letters = (-1, crc32("".join(said.words).encode()))
    return {hash((number, *together)) for together in (letters, *chosen)}


def _all_but_one(ranks: Sequence[int]) -> Iterator[tuple[int, ...]]:
    if len(ranks) <= _FEW_WORDS:
        yield tuple(ranks)
        yield from combinations(ranks, max(1, len(ranks) - 1))


def _rarest(elsewhere: Sequence[int], slips: int, words: int) -> Iterator[tuple[int, ...]]:
    """Two or three of the rarest words, of so many that any slips leave one choice that a repeat has too.

    A text at the border has the choices of both sides: a repeat may have a word of politeness more.
    """
    if slips < 0:
        return
    if _FEW_WORDS <= words <= _MANY_WORDS:
        yield from combinations(elsewhere[: slips + 2], 2)
    if words >= _MANY_WORDS:
        yield from combinations(elsewhere[: slips + 3], 3)


def _slips_allowed(words: int) -> int:
    return min(max(1, words // 4), _MOST_SLIPS)


def _is_repeat(one: _Said, other: _Said, found_in: Mapping[str, int]) -> bool:
    left, right = _without(one.words, other.words), _without(other.words, one.words)
    most = _slips_allowed(len(one.words))
    if one.numbers != other.numbers or max(len(left), len(right)) > most + 1:
        return False
    slips = _pair_up(left, right, found_in)
    if slips is None or len(slips) > most:
        return False
    ours = [slips.get(word, word) for word in one.words]
    both = set(ours).intersection(other.words)
    return _is_order_kept([word for word in ours if word in both], [word for word in other.words if word in both])


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
    if len(lonely) + len(rest) > _MOST_LONELY:
        return None
    return pairs if _beside_politeness(lonely) == _beside_politeness(rest) else None


def _beside_politeness(words: Sequence[str]) -> str:
    """The words set together, for blanks are easily lost, without those of a greeting or thanks mistyped."""
    if is_politeness(tuple(words)):
        return ""
    return "".join(word for word in words if not is_politeness((word,)))


def _is_order_kept(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether pieces only moved past their neighbour; two that changed places around another ask another thing.

    "Can MDS become AML" is not "Can AML become MDS".
    """
    if sorted(words) != sorted(others):
        return False
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
