"""Typst: a layout and the words for it -> a picture or a printable document, with the shipped fonts alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from schoolctl.errors import FileProblemsError, Problem, SchoolctlError
from schoolctl.resources import shipped_fonts, shipped_templates

if TYPE_CHECKING:
    from typst import Fonts

NOT_INSTALLED = '{} need two packages more. Install them: pip install "schoolctl[print]"'
# One point of a layout is one pixel of a picture.
_PIXELS_PER_INCH = 72


def typeset(
    own_templates: Path, layout: str, inputs: Mapping[str, str], form: Literal["png", "pdf"], what: str
) -> bytes:
    """One document: `layout` is its name among the templates, `what` is named when the engine is not installed.

    The same inputs give the same bytes; FileProblemsError names the line of a layout that cannot be read.
    """
    try:
        from typst import TypstError
        from typst import compile as compiled
    except ImportError as error:
        raise SchoolctlError(NOT_INSTALLED.format(what)) from error
    path = layout_file(own_templates, layout)
    try:
        # Only what lies beside the layout can be read by it, only our own fonts are known to it.
        document: object = compiled(
            str(path),
            root=str(path.parent),
            font_paths=typefaces(),
            ignore_system_fonts=True,
            format=form,
            ppi=_PIXELS_PER_INCH,
            sys_inputs=dict(inputs),
        )
    except TypstError as error:
        match = re.search(rf"{re.escape(path.name)}:(\d+):", error.diagnostic)
        raise _layout_fault(layout, error.message, int(match[1]) if match else None) from error
    if isinstance(document, bytes):
        return document
    # The wheel's types do not tell it, but of several pages it makes a list of pictures.
    message = "the layout must make exactly one page"
    raise _layout_fault(layout, message, None)


def layout_file(own_templates: Path, layout: str) -> Path:
    """The layout in force: the organiser's own, else the shipped one."""
    own = own_templates / layout
    return own if own.is_file() else shipped_templates() / layout


@cache
def typefaces() -> Fonts:
    """The shipped fonts and no other: a system's fonts would change line breaks from one machine to the next."""
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(shipped_fonts())])


def _layout_fault(layout: str, message: str, line: int | None) -> FileProblemsError:
    hint = "Write it again, or delete the file to get the default back"
    return FileProblemsError((Problem(f"templates/{layout}", line, message, hint),))
