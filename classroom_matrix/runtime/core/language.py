"""`!language`: each person may choose another than the class's."""

from __future__ import annotations

from ...api import Context, command
from ...domain.content import Content
from ...errors import InvalidArgument
from ..context import HandlerContext

_LANGUAGES = {"ru": "ru", "русский": "ru", "по-русски": "ru", "russian": "ru", "en": "en", "english": "en", "английский": "en"}


@command("language")
def choose_language(ctx: Context, language: str) -> None:
    assert isinstance(ctx, HandlerContext)
    chosen = _LANGUAGES.get(language.strip().casefold())
    if chosen is None:
        raise InvalidArgument("core-language-unknown", text=language)
    if ctx.person is not None:
        ctx.choose_language(ctx.person, chosen)
    ctx.reply_content(Content.line(ctx.text("core-language-chosen", language=chosen)))
