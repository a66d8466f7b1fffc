"""Where the messages of a file are kept, and what became of each."""

from __future__ import annotations

from typing import NamedTuple

from schoolctl.domain.question import ImportAccount, Question, SetAside, SetAsideNote
from schoolctl.services.drafts import Desk
from schoolctl.store.question_store import Outcome, QuestionStore
from schoolctl.store.received_dates import ReceivedDates
from schoolctl.store.set_aside_store import SetAsideStore


class MessageStores(NamedTuple):
    """The stores; `dates` mends messages read before, and is only there when a person told their order."""

    questions: QuestionStore
    set_aside: SetAsideStore
    dates: ReceivedDates | None

    def keep(self, item: Question | SetAside, desk: Desk, account: ImportAccount) -> None:
        """Keep one message and count it; every message ends in exactly one column of the account."""
        if isinstance(item, SetAside):
            self._set_apart(item, desk)
            account.set_aside.append(SetAsideNote(desk.file, item.position, item.reason))
            return
        outcome = self._keep_question(item)
        if outcome == "imported":
            account.imported += 1
        elif outcome == "duplicate":
            account.duplicates += 1
        else:
            account.updated += 1

    def _keep_question(self, question: Question) -> Outcome:
        mended = self.dates.mend(question) if self.dates else None
        # A mended question is known to be there: adding it can only fill in its school.
        added = "duplicate" if mended == "duplicate" else self.questions.add(question)
        return mended or added

    def _set_apart(self, item: SetAside, desk: Desk) -> None:
        if self.dates:
            self.dates.mend_set_aside(item)
        self.set_aside.add(desk.file, item, desk.school)
