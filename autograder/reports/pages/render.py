"""The template engine, set so that no text gets onto a page unescaped or with control characters in it."""

from __future__ import annotations

import base64
import functools
import hashlib
from importlib import resources
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ...text import plain
from .. import elements
from ..style import TOKENS
from ..summary import marks

__all__ = ["LONGEST", "VERSION", "fragment", "get_ready", "page"]

LONGEST = 10_000
"""Characters of any one text on a page; what knows a better bound has cut it before."""


def page(template: str, **values: Any) -> bytes:
    """A whole page as UTF-8."""
    return fragment(template, **values).encode("utf-8", "replace")


def fragment(template: str, **values: Any) -> Markup:
    """A part of a page."""
    return Markup(_environment().get_template(template).render(**values))


def get_ready() -> None:
    """Compile every template."""
    environment = _environment()
    for name in environment.list_templates(extensions=["j2"]):
        environment.get_template(name)


def _text(value: Any) -> Any:
    """What every expression in a template passes; only what is markup by type stays as it is."""
    return plain(value, LONGEST) if isinstance(value, str) and not isinstance(value, Markup) else value


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_text,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = _read("roster.js")
    environment.globals |= {
        "style": Markup(TOKENS + _read("pages.css") + elements.STYLE),
        "script": Markup(script),
        "script_hash": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    }
    environment.filters |= {
        "marks": marks,
        "percent": _percent,
        "figure": _figure,
        "href": _href,
        "breakable": _breakable,
    }
    return environment


def _read(name: str) -> str:
    return (resources.files(__package__) / "templates" / name).read_text("utf-8")


def _percent(part: float) -> str:
    """Whole percents; what is not all of it is never said to be."""
    shown = f"{100 * part:.0f} %"
    return "> 99 %" if shown == "100 %" and part < 1 - 1e-9 else shown


def _figure(value: float | None) -> str:
    """A coefficient with two digits and a real minus sign; a dash where there is none."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def _breakable(name: str) -> Markup:
    """Names that may be broken after an underscore, on a phone."""
    return escape(plain(name, 600)).replace("_", Markup("_<wbr>"))


def _href(name: str) -> str:
    return quote(name, safe="")


def _version() -> str:
    """Changes when a page of the same result would look different."""
    digest = hashlib.sha256()
    for file in sorted((resources.files(__package__) / "templates").iterdir(), key=lambda file: file.name):
        digest.update(file.read_bytes())
    digest.update((TOKENS + elements.STYLE).encode())
    return digest.hexdigest()


VERSION = _version()
