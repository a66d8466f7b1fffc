"""Which messages are no questions for a School, by cues that an organiser can read, edit and be shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from schoolctl.domain.phrases import Lists, PhraseIndex, Word, asking, is_word
from schoolctl.domain.question import Screening
from schoolctl.domain.school import School
from schoolctl.domain.vocabulary import ScreeningLabel

# The first label that reaches the threshold wins: a thank-you is no logistics, a request for the link is not personal.
_ORDER: tuple[ScreeningLabel, ...] = ("not_question", "logistics", "off_topic", "personal")
THRESHOLD = 4


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A named sign that speaks for a label with a weight, or against it with a negative one.

    `is_whole`: the message must hold nothing but phrases of such cues. `in_question`: its sentence must ask.
    """

    name: str
    label: ScreeningLabel
    weight: int
    phrases: tuple[str, ...] = ()
    is_whole: bool = False
    in_question: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Disease:
    """A disease or another matter, as texts name it (`names`) or hint at it (`hints`: drugs, tests, signs).

    `is_of_blood` tells that Schools may be about it. Hints at the diseases in `despite` keep no text on topic that
    names this one: chemotherapy says nothing for the blood where another tumour is named.
    """

    key: str
    is_of_blood: bool
    names: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    despite: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class _Mention:
    """A disease that a text names or, more weakly, hints at."""

    disease: Disease
    is_name: bool


@dataclass(frozen=True, slots=True)
class ScreeningRules:
    """All cues and diseases, compiled: use `compile_rules`."""

    index: PhraseIndex[Cue | _Mention]
    wholes: Mapping[ScreeningLabel, PhraseIndex[Cue | _Mention]]

    def topics_of(self, texts: Iterable[str]) -> frozenset[str]:
        """The diseases of the blood that a School's texts name, else those they hint at; empty when there are none."""
        finds = [find for text in texts for find in self.index.finds(self.index.read(text))]
        mentions = [mention for mention, _, _ in finds if isinstance(mention, _Mention)]
        of_blood = [mention for mention in mentions if mention.disease.is_of_blood]
        named = frozenset(mention.disease.key for mention in of_blood if mention.is_name)
        return named or frozenset(mention.disease.key for mention in of_blood if mention.disease.names)

    def topics_by_school(self, schools: Iterable[School]) -> dict[str, frozenset[str]]:
        """The diseases that each school is about, by its ID."""
        return {school.id: self.topics_of(school.topic.values()) for school in schools}


def compile_rules(cues: Iterable[tuple[Cue, Lists]], diseases: Iterable[Disease]) -> ScreeningRules:
    """Rules that know these cues, each with the lists its phrases may use; PhraseError when a phrase makes no sense."""
    index: PhraseIndex[Cue | _Mention] = PhraseIndex()
    wholes: dict[ScreeningLabel, PhraseIndex[Cue | _Mention]] = {}
    for cue, lists in cues:
        home = wholes.setdefault(cue.label, PhraseIndex(index)) if cue.is_whole else index
        for phrase in cue.phrases:
            home.add(phrase, cue, lists)
    for disease in diseases:
        for phrases, is_name in ((disease.names, True), (disease.hints, False)):
            mention = _Mention(disease, is_name)
            for phrase in phrases:
                index.add(phrase, mention, {})
    return ScreeningRules(index, wholes)


def screen(text: str, rules: ScreeningRules, topic: Collection[str] = frozenset()) -> Screening:
    """The first label whose cues reach the threshold, with the names of those that spoke for it; else general.

    `topic` holds the keys of the School's diseases (see `topics_of`); when empty, every disease of the blood is one.
    """
    words = rules.index.read(text)
    if not any(map(is_word, words)):
        return Screening("not_question", ("no words in it",), THRESHOLD)
    cues: list[tuple[Cue, int]] = []
    mentions: list[_Mention] = []
    for target, first, _ in rules.index.finds(words):
        if isinstance(target, Cue):
            cues.append((target, first))
        else:
            mentions.append(target)
    cues += [(cue, 0) for whole in rules.wholes.values() for cue in whole.fill(words) if isinstance(cue, Cue)]
    weights = _weights(cues, words)
    if mentions:
        # A cough is a matter of its own only where nothing else is named.
        matter = _other_matter(mentions, topic)
        weights["off_topic"] = {f"another matter: {matter}": THRESHOLD} if matter else {}
    return _verdict(weights)


def _weights(cues: Sequence[tuple[Cue, int]], words: Sequence[Word]) -> dict[ScreeningLabel, dict[str, int]]:
    """What each cue that fits, at the place given, adds to its label; the same cue in two languages counts once."""
    # Few cues look at their sentence.
    asks = asking(words) if any(cue.in_question for cue, _ in cues) else ()
    weights: dict[ScreeningLabel, dict[str, int]] = {}
    for cue, place in cues:
        if not cue.in_question or asks[place]:
            spoken = weights.setdefault(cue.label, {})
            if spoken.get(cue.name, cue.weight) <= cue.weight:
                spoken[cue.name] = cue.weight
    return weights


def _verdict(weights: Mapping[ScreeningLabel, Mapping[str, int]]) -> Screening:
    for label in _ORDER:
        spoken = weights.get(label, {})
        score = sum(spoken.values())
        if score >= THRESHOLD:
            return Screening(label, tuple(name for name, weight in spoken.items() if weight > 0), score)
    return Screening("general")


def _other_matter(mentions: Sequence[_Mention], topic: Collection[str]) -> str:
    """The key of the matter that takes a text off the topic, or nothing."""
    of_blood = [mention for mention in mentions if mention.disease.is_of_blood]
    keys = frozenset(mention.disease.key for mention in of_blood)
    for mention in mentions:
        # Sugar or pressure is a side matter where anything of the blood is spoken of.
        if mention.is_name and not mention.disease.is_of_blood and keys <= mention.disease.despite:
            return mention.disease.key
    if not topic or not keys.isdisjoint(topic):
        return ""
    return next((mention.disease.key for mention in of_blood if mention.is_name), "")
