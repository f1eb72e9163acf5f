"""The house's own plugin: what every class can do without any other. A table of contents; commands have files of their own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from ...api import Plugin
from ...domain.ids import ClassId, UserId
from ...i18n import Catalogue
from ..registry import LoadedPlugin
from .arrivals import show_arrivals
from .audit import ask_for_audit, audit_in_the_morning, notice_imitations
from .calendar import calendar_commands
from .committee import committee, leave_committee
from .digest import choose_digest, plan_digests, send_digest
from .handover import hand_over, take_back
from .help_command import show_help
from .language import choose_language
from .plain_words import take, understand
from .private_hello import answer_private_word
from .quiet import choose_quiet
from .slip import reissue_slip
from .unreadable import ask_to_write_again
from .verification import decline_verification
from .whats_new import show_news

COMMANDS = (
    show_help,
    choose_language,
    choose_quiet,
    show_news,
    choose_digest,
    hand_over,
    take_back,
    committee,
    leave_committee,
    reissue_slip,
    show_arrivals,
    ask_for_audit,
)


def core_plugin(
    *,
    strict: bool = False,
    bot_name: str = "",
    admins: Mapping[ClassId, Collection[UserId]] = MappingProxyType({}),
    site: str = "",
) -> LoadedPlugin:
    """The house's own plugin with the core's texts.

    Args:
        strict: see `i18n.Catalogue`.
        bot_name: what the bot is called.
        admins: accounts of config.yaml by class.
        site: where the school's web pages are, see `calendar.calendar_commands`.
    """
    listeners = (notice_imitations(bot_name, admins), answer_private_word, ask_to_write_again, decline_verification)
    plugin = Plugin(
        "core",
        commands=(*COMMANDS, *calendar_commands(site)),
        listeners=listeners,
        jobs=(audit_in_the_morning, plan_digests, send_digest),
        understand=understand,
        take=take,
    )
    return LoadedPlugin(plugin, Catalogue.core(strict=strict))
