"""Jinja2: the organiser's templates before the shipped ones, sandboxed, and every value escaped for its markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from schoolctl.domain.announcement import Kind
from schoolctl.errors import Problem, SchoolctlError
from schoolctl.renderers.markup import Markup, escape_markdown, escape_plain, link, mail_link, whatsapp_link
from schoolctl.resources import shipped_templates

_ESCAPES: Mapping[Markup, Callable[[object], str]] = {"markdown": escape_markdown, "plain": escape_plain}


@cache
def environment(own_templates: Path, markup: Markup) -> ImmutableSandboxedEnvironment:
    """The environment for one markup; kept, because building one for each text costs forty times the rendering.

    What a template prints from a value goes through the markup's escape: a stranger's text can hold no link, heading,
    HTML or Twig. Only the filters `link`, `mail_link` and
    `whatsapp_link` make links.
    """
    made = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(own_templates), FileSystemLoader(shipped_templates())]),
        undefined=StrictUndefined,
        finalize=_ESCAPES[markup],
        autoescape=False,  # noqa: S701 - no HTML is made here; finalize escapes for the markup in hand
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.filters |= {"link": link, "mail_link": mail_link, "whatsapp_link": whatsapp_link}
    return made


def render_blocks(
    own_templates: Path, name: str, markup: Mapping[str, Markup], facts: Mapping[str, Any]
) -> dict[str, str]:
    """The blocks of a template, each rendered for its markup, blank lines squeezed and ends stripped.

    `markup` names the blocks a template of this sort must have. Errors name the template's file and line.
    """
    rendered: dict[str, str] = {}
    for block, kind in markup.items():
        with explained(name):
            template = environment(own_templates, kind).get_template(name)
        if block not in template.blocks:
            message = f"templates/{name}: there is no block {block!r}. Copy the default again: schoolctl templates copy {name}"
            raise SchoolctlError(message)
        with explained(name):
            text = "".join(template.blocks[block](template.new_context(dict(facts))))
        rendered[block] = re.sub(r"\n[ \t]*(?:\n[ \t]*)+\n", "\n\n", text).strip()
    return rendered
