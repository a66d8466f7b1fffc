"""Which school still to come is about the same as one that is over."""

from __future__ import annotations

from schoolctl.domain.closing import find_next
from schoolctl.domain.school import Schedule, School
from schoolctl.services import clock
from schoolctl.services.workspace import Workspace


def next_school(workspace: Workspace, schedule: Schedule, school: School) -> School | None:
    """The earliest school to come that is about the same disease, or has the same topic in one of its languages."""
    # Only where something is left over: the list of diseases takes longer to read than the whole schedule.
    from schoolctl.store.cue_files import read_screening_rules

    rules = read_screening_rules(workspace.templates)
    topics = {one.id: rules.topics_of(one.topic.values()) for one in schedule.schools}
    return find_next(school, schedule.schools, clock.now(), topics)
