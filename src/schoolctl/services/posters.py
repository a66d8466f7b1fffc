"""Posters: a school -> pictures to put beside a post, into a messenger, on the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from schoolctl.domain.announcement import languages_of
from schoolctl.domain.school import Organizer, School
from schoolctl.renderers.poster import POSTER_SHAPES, Poster, PosterShape, render_poster
from schoolctl.services import clock
from schoolctl.services.documents import Destination, Documents
from schoolctl.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PosterOrder:
    """Which school's poster, in which language and shape (or `all`)."""

    school_id: str
    language: str = "all"
    shape: PosterShape | Literal["all"] = "square"


def write_posters(workspace: Workspace, order: PosterOrder, destination: Destination) -> Documents:
    """A picture in each language and shape: `poster.LANG.png`, `poster.LANG.banner.png`."""
    schedule = workspace.schedule()
    school = schedule.school(order.school_id)
    poster = Poster(schedule.organizer, school, clock.now())
    folder = destination.folder_for(workspace, school)
    files = {
        folder / poster_name(language, shape): render_poster(workspace.templates, poster, language, shape)
        for language in languages_of(schedule, order.language)
        for shape in POSTER_SHAPES
        if order.shape in {shape, "all"}
    }
    destination.check(files)
    return destination.deliver(files)


def poster_name(language: str, shape: PosterShape) -> str:
    """The name of a poster's file; the square one is the poster, others name their shape."""
    return f"poster.{language}.png" if shape == "square" else f"poster.{language}.{shape}.png"


def posters_of_post(
    own_templates: Path, organizer: Organizer, schools: tuple[School, ...], language: str, published: datetime
) -> dict[str, bytes]:
    """The square posters beside a post in one language, a school each, by their names."""
    name = poster_name(language, "square").removesuffix(".png")
    return {
        f"{name}.{number}.png" if number > 1 else f"{name}.png": render_poster(
            own_templates, Poster(organizer, school, published), language, "square"
        )
        for number, school in enumerate(schools, 1)
    }


def posters_are_installed() -> bool:
    """Whether the packages that make posters are there; they are an extra of their own."""
    return all(find_spec(package) for package in ("typst", "segno"))
