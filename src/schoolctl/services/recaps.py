"""What is announced after a school: what was asked and answered there, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from schoolctl.domain.recap import Recap, recap_of
from schoolctl.domain.school import Schedule, School
from schoolctl.renderers.announcement import Announcement
from schoolctl.store.database import Database
from schoolctl.store.question_store import QuestionFilter, QuestionStore


def recap_announcement(
    database: Database, schedule: Schedule, schools: Sequence[School], published: datetime
) -> Announcement:
    """The recap of some schools, as it is published then."""
    recap = _recap(database, schools)
    coming = [school for school in schedule.schools if school.starts > published and not school.is_cancelled]
    # One whose topic is not translated yet is not spoken of: it must not hold up what is said of this one.
    translated = (school for school in coming if all(map(school.topic.get, schedule.languages)))
    following = min(translated, key=lambda school: school.starts, default=None)
    return Announcement("recap", schedule.organizer, schools, published, recap, following, _carried_to(coming, recap))


def _recap(database: Database, schools: Sequence[School]) -> Recap:
    store = QuestionStore(database)
    asked = (one for school in schools for one in store.find(QuestionFilter(asked_at=school.id)))
    # One that was carried from the first of these schools to the second counts once.
    return recap_of({one.id: one for one in asked}.values(), {school.id for school in schools})


def _carried_to(coming: Sequence[School], recap: Recap) -> School | None:
    """The one school to which the questions go over; None when there are several, or it is not to come any more."""
    towards = [school for school in coming if school.id in recap.carried_to]
    return towards[0] if len(towards) == len(recap.carried_to) == 1 else None
