"""Jinja2: the organiser's templates before the shipped ones, sandboxed, and every value escaped for its markup."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from schoolctl.errors import FileProblemsError, Problem
from schoolctl.renderers.dialects import DIALECTS, Markup
from schoolctl.resources import shipped_templates

_NO_UTF8 = "the file is not in UTF-8. Save it as UTF-8 in your text editor"
_UNKNOWN = re.compile(r"(?:has no attribute |^)'(\w+)'(?: is undefined)?$")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


@cache
def environment(own_templates: Path, markup: Markup) -> ImmutableSandboxedEnvironment:
    """The environment for one markup; kept, because building one for each text costs forty times the rendering.

    What a template prints from a value goes through the markup's escape: a stranger's text can hold no link, heading,
    HTML or Twig. Only the filters `link`, `mail_link` and `whatsapp_link` make links, in the markup's own way.
    """
    made = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(own_templates), FileSystemLoader(shipped_templates())]),
        undefined=StrictUndefined,
        finalize=DIALECTS[markup].escape,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.filters |= DIALECTS[markup].filters()
    return made


def render_blocks(
    own_templates: Path, name: str, markup: Mapping[str, Markup], facts: Mapping[str, Any]
) -> dict[str, str]:
    """The blocks of a template, each rendered for its markup, blank lines squeezed and ends stripped.

    `markup` names the blocks a template of this sort must have. Errors name the template's file and line.
    """
    return {
        block: _BLANK_LINES.sub("\n\n", _render_block(own_templates, name, block, kind, facts)).strip()
        for block, kind in markup.items()
    }


def template_sources(own_templates: Path, names: Iterable[str]) -> dict[str, str]:
    """The texts of templates as they are in force, by name."""
    loader = environment(own_templates, "plain")
    sources: dict[str, str] = {}
    for name in names:
        with _explained(name):
            sources[name] = loader.loader.get_source(loader, name)[0] if loader.loader else ""
    return sources


def template_fault(own_templates: Path, name: str) -> Problem | None:
    """What keeps a template from being read, or None."""
    made = environment(own_templates, "plain")
    try:
        made.get_template(name)
    except TemplateSyntaxError as error:
        return Problem(f"templates/{error.name or name}", error.lineno, str(error.message))
    except UnicodeDecodeError:
        return Problem(f"templates/{name}", None, _NO_UTF8)
    return None


def _render_block(own_templates: Path, name: str, block: str, markup: Markup, facts: Mapping[str, Any]) -> str:
    with _explained(name):
        template = environment(own_templates, markup).get_template(name)
        if block in template.blocks:
            return "".join(template.blocks[block](template.new_context(dict(facts))))
    hint = "Write it again, or delete the file to get the default back"
    raise _fault(name, 1, f'the block "{block}" is missing', hint)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Tell a template's mistake in one line with its file and line."""
    try:
        yield
    except TemplateSyntaxError as error:
        raise _fault(error.name or name, error.lineno, str(error.message)) from error
    except UnicodeDecodeError as error:
        raise _fault(name, None, _NO_UTF8) from error
    except TemplateNotFound as error:
        file, line = _place_in_template(error, name)
        raise _fault(file, line, f"there is no template {error.name}", "See: schoolctl templates list") from error
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        file, line = _place_in_template(error, name)
        raise _fault(file, line, _in_plain_words(str(error))) from error


def _fault(name: str, line: int | None, message: str, hint: str = "") -> FileProblemsError:
    return FileProblemsError((Problem(f"templates/{name}", line, message, hint),))


def _in_plain_words(message: str) -> str:
    # Jinja2 speaks of classes and attributes; an organiser needs the name that was mistyped.
    match = _UNKNOWN.search(message)
    return f'there is no "{match[1]}" here' if match else message


def _place_in_template(error: Exception, name: str) -> tuple[str, int | None]:
    """The template and line where an error arose: the innermost one, for a template may include others."""
    place: tuple[str, int | None] = (name, None)
    for frame, lineno in traceback.walk_tb(error.__traceback__):
        # A block runs as compiled Python, whose line numbers are its own: Jinja2 keeps the way back.
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            place = (template.name or name, template.get_corresponding_lineno(lineno))
    return place
