"""What every class can do without any plugin: ask for help, choose a language."""

from __future__ import annotations

from ..api import Context, Plugin, command
from ..domain.content import Content
from ..errors import InvalidArgument
from ..i18n import Catalogue
from .context import HandlerContext
from .help import help_content
from .registry import LoadedPlugin

_LANGUAGES = {"ru": "ru", "русский": "ru", "по-русски": "ru", "russian": "ru", "en": "en", "english": "en", "английский": "en"}


@command("help")
def show_help(ctx: Context) -> None:
    assert isinstance(ctx, HandlerContext)
    role = ctx.person.role if ctx.person else None
    # What staff may do is twenty lines that families have no use for; it is no secret, though.
    elsewhere = role is not None and role.is_staff and ctx.room.role != "private"
    ctx.reply_content(help_content(ctx.commands, role, ctx.language, ctx.catalogue), privately=elsewhere)


@command("language")
def choose_language(ctx: Context, language: str) -> None:
    assert isinstance(ctx, HandlerContext)
    chosen = _LANGUAGES.get(language.strip().casefold())
    if chosen is None:
        raise InvalidArgument("core-language-unknown", text=language)
    if ctx.person is not None:
        ctx.choose_language(ctx.person, chosen)
    ctx.reply_content(Content.line(ctx.text("core-language-chosen", language=chosen)))


def core_plugin(*, strict: bool = False) -> LoadedPlugin:
    """The house's own plugin with the core's texts."""
    return LoadedPlugin(Plugin("core", commands=(show_help, choose_language)), Catalogue.core(strict=strict))
