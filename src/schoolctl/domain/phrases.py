"""Phrases as an organiser writes them, found in a text in one pass over its words.

A phrase is a row of words. `*` stands for any letters (`ссылк*`, `*айық`, `подключит*ся`), `#` for a number, `?` for
a question mark, `мне/нам` for one of several words, `<list>` for any word of a list, `...` for up to five words of
the same sentence. Cyrillic phrases are compared by their sound (see spelling): Kazakh letters, Latin spelling and
doubled letters make no difference; Latin ones fit words in Latin letters, as they are. Other punctuation and line
breaks count for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from schoolctl.domain.languages import LANGUAGES
from schoolctl.domain.spelling import sound_of

Target = TypeVar("Target")
# A phrase that was found: its target, the number of its first word and of the one behind its last.
Find = tuple[Target, int, int]
Lists = Mapping[str, Sequence[str]]
Word = tuple[int, ...]  # the numbers of the elements of phrases that a word of a text may stand for

_END, _QUESTION, _NUMBER = 0, 1, 2
_LONGEST_GAP = 5  # words
_LONGEST_PIECE = 40  # letters before or after a star
_WORDS_REMEMBERED = 50_000
_ASKING_END: Word = (_END, _QUESTION)
# A single line break is no end: mails break lines within a sentence. Letters said one by one are found twice as fast.
_TOKEN = re.compile(r"[a-zа-яёәғқңөұүһі]+|[^\W\d_]+|\d+(?:[.,]\d+)*|%|[.!?…;]+|\n\s*\n")
_ELEMENT = re.compile(r"\.\.\.|<[^<>\s]*>|[#%?]|\d+(?:[.,]\d+)*|(?:[^\W\d_]|\*)+(?:/(?:[^\W\d_]|\*)+)*")
_GAP = "..."
# "It" and "no" must not be taken for the Kazakh and Russian words that sound so.
_ENGLISH_WORDS = LANGUAGES["en"].common_words


class PhraseError(ValueError):
    """A phrase that cannot be understood; the message says why."""


@dataclass(slots=True)
class _Node(Generic[Target]):
    """A point within phrases: what may come next, what may come after a gap, and whose phrases end here."""

    following: dict[int, list[_Node[Target]]] = field(default_factory=dict)
    after_gap: dict[int, list[_Node[Target]]] = field(default_factory=dict)
    targets: list[Target] = field(default_factory=list)

    def include(self, other: _Node[Target]) -> None:
        """Lead wherever `other` leads, too."""
        self.targets += other.targets
        for mine, others in ((self.following, other.following), (self.after_gap, other.after_gap)):
            for element, nodes in others.items():
                mine.setdefault(element, []).extend(nodes)


class PhraseIndex(Generic[Target]):
    """Many phrases, each with a target, ready to be found."""

    def __init__(self, related: PhraseIndex[Target] | None = None) -> None:
        """An index without phrases; what a `related` one reads is fit for this one too."""
        self._root: _Node[Target] = _Node()
        self._starts: dict[Word, _Node[Target]] = {}
        self.lexicon: _Lexicon = related.lexicon if related else _Lexicon()

    def add(self, phrase: str, target: Target, lists: Lists) -> None:
        """Find `phrase` for `target` from now on; PhraseError when it makes no sense."""
        node, branches = self._root, self._root.following
        for element in elements_of(phrase, lists):
            if element == _GAP:
                branches = node.after_gap
            else:
                (node,) = branches.setdefault(self.lexicon.number_of(element, lists), [_Node()])
                branches = node.following
        node.targets.append(target)
        self._starts.clear()

    def read(self, text: str) -> list[Word]:
        """The words, numbers and sentence ends of a text, as far as phrases know them."""
        return list(map(self.lexicon.__getitem__, _TOKEN.findall(text.casefold())))

    def finds(self, words: Sequence[Word]) -> list[Find[Target]]:
        """Every place of every phrase."""
        found: list[Find[Target]] = []
        for place, word in enumerate(words):
            if word:
                self._add_finds(words, place, found)
        return found

    def fill(self, words: Sequence[Word]) -> list[Target]:
        """Whose phrases, row on row, leave no word over; nothing when some word is."""
        reached, targets = {0}, []
        for place, word in enumerate(words):
            if place not in reached:
                continue
            reached.remove(place)
            if not is_word(word):
                reached.add(place + 1)
            else:
                found: list[Find[Target]] = []
                self._add_finds(words, place, found)
                targets += [target for target, _, _ in found]
                reached.update(last for _, _, last in found)
            if not reached:
                return []
        return targets

    def _add_finds(self, words: Sequence[Word], first: int, found: list[Find[Target]]) -> None:
        word = words[first]
        node = self._starts[word] if word in self._starts else self._start(word)
        paths = [(node, first + 1)]
        while paths:
            node, place = paths.pop()
            if node.targets:
                found += [(target, first, place) for target in node.targets]
            if place < len(words) and (node.following or node.after_gap):
                paths += _onward(node, words, place)

    def _start(self, word: Word) -> _Node[Target]:
        """All nodes to which a word leads from the root, as one: most words lead no further, which must show soon."""
        start: _Node[Target] = _Node()
        for element in word:
            for node in self._root.following.get(element, ()):
                start.include(node)
        self._starts[word] = start
        return start


def is_word(word: Word) -> bool:
    """Whether it is a word or a number, no sentence end."""
    return not word or word[0] != _END


def asking(words: Sequence[Word]) -> list[bool]:
    """For each word whether its sentence asks; in a text without a question mark every sentence may."""
    if _ASKING_END not in words:
        return [True] * len(words)
    asks, flags = False, []
    for word in reversed(words):
        if word and word[0] == _END:
            asks = word == _ASKING_END
        flags.append(asks)
    return flags[::-1]


def elements_of(phrase: str, lists: Lists) -> list[str]:
    """The elements of a phrase; PhraseError when it has none, or one that makes no sense."""
    elements = _ELEMENT.findall(phrase.casefold())
    if not elements or _GAP in (elements[0], elements[-1]):
        reason = f'"{phrase}" has no word to begin or to end with'
        raise PhraseError(reason)
    for element in elements:
        if element[0] == "<" and element[1:-1] not in lists:
            reason = f"there is no list {element}"
            raise PhraseError(reason)
        if "*" in element and any(pattern.count("*") > 1 or pattern == "*" for pattern in element.split("/")):
            reason = f'"{element}" must have letters and one * at most'
            raise PhraseError(reason)
    return elements


def _onward(node: _Node[Target], words: Sequence[Word], place: int) -> list[tuple[_Node[Target], int]]:
    """Where the phrases that lead through `node` go on at the word `place`, or behind a gap that begins there."""
    paths: list[tuple[_Node[Target], int]] = []
    for element in words[place]:
        if element in node.following:
            paths += [(following, place + 1) for following in node.following[element]]
    if node.after_gap:
        for end, word in enumerate(words[place : place + _LONGEST_GAP + 1], place + 1):
            for element in word:
                if element in node.after_gap:
                    paths += [(later, end) for later in node.after_gap[element]]
            if not is_word(word):
                break
    return paths


class _Lexicon(dict[str, Word]):
    """The words, numbers and sentence ends of texts: which elements of phrases each may stand for, told once."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[object, int] = {"?": _QUESTION, "#": _NUMBER}
        self._whole: dict[str, list[int]] = {}
        self._beginnings: dict[str, list[tuple[str, int]]] = {}
        self._endings: dict[str, list[int]] = {}

    def number_of(self, element: str, lists: Lists) -> int:
        """The number of an element, which its words get from now on."""
        patterns = lists[element[1:-1]] if element[0] == "<" else element.split("/")
        key = element if element in self._numbers else frozenset(patterns)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            for pattern in patterns:
                self._learn(pattern.casefold(), self._numbers[key])
        return self._numbers[key]

    def _learn(self, pattern: str, number: int) -> None:
        beginning, star, ending = pattern.partition("*")
        if not pattern.isascii():
            beginning, ending = sound_of(beginning), sound_of(ending)
        if not star:
            self._whole.setdefault(beginning, []).append(number)
        elif beginning:
            self._beginnings.setdefault(beginning, []).append((ending, number))
        else:
            self._endings.setdefault(ending, []).append(number)
        self.clear()

    def __missing__(self, piece: str) -> Word:
        meaning = self._look_up(piece)
        # Every text has other numbers: they would take the room of words.
        if len(self) < _WORDS_REMEMBERED and not piece[0].isdigit():
            self[piece] = meaning
        return meaning

    def _look_up(self, piece: str) -> Word:
        if piece[0].isdigit():
            return (_NUMBER, *self._whole.get(piece, ()))
        if not piece[0].isalpha() and piece != "%":
            return _ASKING_END if "?" in piece else (_END,)
        found = set(self._matching(piece)) if piece.isascii() else set()
        if piece not in _ENGLISH_WORDS:
            found.update(self._matching(sound_of(piece)))
        return tuple(sorted(found))

    def _matching(self, word: str) -> Iterator[int]:
        yield from self._whole.get(word, ())
        for length in range(1, min(len(word), _LONGEST_PIECE) + 1):
            yield from self._endings.get(word[-length:], ())
            for ending, number in self._beginnings.get(word[:length], ()):
                if word.endswith(ending, length):
                    yield number
