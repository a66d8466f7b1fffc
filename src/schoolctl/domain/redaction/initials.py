"""Initials beside a name that was found: `О. И. Сидоренко`, `Гүлнар С. А.`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from schoolctl.domain.redaction.marks import Span

_INITIAL = r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\.\s?"
_BEFORE = re.compile(rf"(?<!\w)(?:{_INITIAL}){{1,2}}\Z")
_AFTER = re.compile(rf"\s?(?:{_INITIAL}){{1,2}}(?<!\s)")
_REACH = 8  # characters: two initials with a point and a blank each


def with_initials(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans, those of names together with the initials that stand right before or behind them."""
    widened: list[Span] = []
    for span in spans:
        start, end = span.start, span.end
        if span.kind == "name":
            least = widened[-1].end if widened else 0
            before = _BEFORE.search(text, max(least, start - _REACH), start)
            start = before.start() if before else start
            after = _AFTER.match(text, end, end + _REACH)
            end = after.end() if after else end
        widened.append(Span(start, end, span.kind, span.rule))
    return _apart(widened)


def _apart(spans: list[Span]) -> list[Span]:
    """Spans that do not run into the next one."""
    limits = [span.start for span in spans[1:]]
    kept = [
        Span(span.start, min(span.end, limit), span.kind, span.rule) for span, limit in zip(spans, limits, strict=False)
    ]
    return [*kept, *spans[-1:]]
