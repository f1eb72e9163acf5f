"""Templates with texts in them: everything that people see of the join page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from importlib.resources import files

import jinja2
from aiohttp import web

from ..i18n import LANGUAGES, Catalogue

STATIC = {"join.css": "text/css", "element.js": "text/javascript"}


class Pages:
    """Renders pages.

    Args:
        texts: the catalogue; this package's by default.
    """

    def __init__(self, texts: Catalogue | None = None) -> None:
        self._texts = texts or Catalogue.of_package(__package__ or "")
        folder = files(__package__ or "")
        self.static: Mapping[str, bytes] = {name: (folder / "static" / name).read_bytes() for name in STATIC}
        marks = {name: hashlib.blake2b(content, digest_size=6).hexdigest() for name, content in self.static.items()}
        self._environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(lambda name: (folder / "templates" / name).read_text("utf-8")),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["static"] = {name: f"/j/static/{name}?{mark}" for name, mark in marks.items()}
        self._environment.globals["LANGUAGES"] = LANGUAGES

    def page(self, template: str, language: str, *, status: int = 200, **values: object) -> web.Response:
        """An answer.

        Args:
            template: a file's name.
            language: of the texts.
            status: HTTP.
            **values: for the template.
        """
        say = partial(self._texts.text, language=language)
        html = self._environment.get_template(template).render(language=language, t=say, **values)
        return web.Response(text=html, status=status, content_type="text/html")


def isolated(text: str) -> str:
    """A name inside a sentence, kept from turning the sentence round where it is written from right to left (UAX 9)."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def preferred(accept: str, otherwise: str) -> str:
    """The first of our languages in an Accept-Language header by its weights (RFC 9110, 12.5.4)."""
    weighed = []
    for part in accept[:500].split(","):
        tag, _, weight = part.partition(";q=")
        try:
            weighed.append((float(weight or 1), tag.strip().partition("-")[0].lower()))
        except ValueError:
            continue
    wanted = sorted((pair for pair in weighed if pair[0] > 0 and pair[1] in LANGUAGES), key=lambda pair: -pair[0])
    return wanted[0][1] if wanted else otherwise
