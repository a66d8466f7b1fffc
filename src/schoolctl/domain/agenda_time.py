"""Sharing the time of a school among its themes, and how many answers find room in it."""

from __future__ import annotations

from collections.abc import Sequence

_STEP = 5
# An answer that patients can follow, with a word in between.
_MINUTES_AN_ANSWER = 3


def share_minutes(minutes: int, weights: Sequence[int], most: Sequence[int]) -> list[int]:
    """`minutes` shared out by weight in steps of five: at least ten each (five where time is short), at most `most`.

    Step by step, each to the one that has least for its weight (d'Hondt's rule): of two with the same ceiling the
    heavier never gets less. When there is too little for all the first ones get it; what no ceiling allows is left.
    """
    steps = max(minutes, 0) // _STEP
    # Ten minutes for each only where that leaves half of the time to be shared by weight.
    floor = 2 if 2 * 2 * len(weights) <= steps else 1
    shares = [floor if at < steps else 0 for at in range(len(weights))]
    ceilings = [max(limit // _STEP, floor) for limit in most]
    for _ in range(steps - sum(shares)):
        open_ones = [at for at, share in enumerate(shares) if share < ceilings[at]]
        if not open_ones:
            break
        shares[_neediest(open_ones, shares, weights)] += 1
    return [share * _STEP for share in shares]


def _neediest(open_ones: Sequence[int], shares: Sequence[int], weights: Sequence[int]) -> int:
    # Of equals the first: what most people asked stands first and keeps its time.
    return max(open_ones, key=lambda at: (weights[at] / (shares[at] + 1), -at))


def fitting(minutes: int) -> int:
    """How many questions can be answered in a row of so many minutes: at least one, none where there is no row."""
    return max(minutes // _MINUTES_AN_ANSWER, 1) if minutes else 0
