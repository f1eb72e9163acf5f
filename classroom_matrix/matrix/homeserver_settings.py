"""The part of homeserver.yaml that a school needs: privacy, limits for the first day of school, the gate module.

Option names: Synapse's configuration manual,
https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
Synapse reads several configuration files and lets a later one replace whole top-level keys of an earlier one
(``read_config_files`` in synapse/config/_base.py, 1.163), so each setting here is a complete top-level key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from ..domain.blueprint import ROOM_VERSION
from ..domain.ids import UserId

GATE = "classroom_gate.ClassroomGate"
"""The module of docker/synapse/modules."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One top-level key of homeserver.yaml, and why it is so."""

    key: str
    value: Any
    why: str


def homeserver_settings(*, auto_accept: bool) -> tuple[Setting, ...]:
    """What every school's homeserver is told.

    Args:
        auto_accept: whether the homeserver accepts invitations on people's behalf; where there is an accounts process, that one
            does it.
    """
    return (*_closed(), *_nobody_is_looked_up(), *_little_is_kept(), *_accounts(auto_accept=auto_accept), *_first_day())


def gate(bot: UserId, unrestricted: Sequence[UserId] = ()) -> Setting:
    """The module, told whose rooms these are."""
    return Setting(
        "modules",
        [{"module": GATE, "config": {"bot": bot, "unrestricted": list(unrestricted)}}],
        "Keeps accounts from making rooms, inviting, opening rooms and looking for people.\n"
        "If you have other modules, list all of them here.",
    )


def as_mapping(settings: Iterable[Setting]) -> dict[str, Any]:
    """The settings as Synapse reads them."""
    return {setting.key: setting.value for setting in settings}


def as_yaml(settings: Iterable[Setting], heading: str) -> str:
    """The settings as a file for Synapse's conf.d, each under its reason.

    Args:
        heading: what the file is; becomes comment lines.
    """
    parts = [_comment(heading)]
    parts += [
        f"{_comment(setting.why)}{yaml.safe_dump({setting.key: setting.value}, allow_unicode=True, sort_keys=False)}"
        for setting in settings
    ]
    return "\n".join(parts)


def _comment(text: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in text.split("\n"))


def _closed() -> tuple[Setting, ...]:
    return (
        Setting(
            "federation_domain_whitelist",
            [],
            "The school talks to no other homeserver. Leave `federation` out of `resources` of your `listeners`, too.",
        ),
        Setting("trusted_key_servers", [], "Without federation nobody else's keys are needed, and nobody is asked."),
        Setting("suppress_key_server_warning", True, "Belongs to the line above."),
        Setting("allow_profile_lookup_over_federation", False, "Names are nobody else's business."),
        Setting("allow_device_name_lookup_over_federation", False, "Neither are the names of people's telephones."),
        Setting("allow_public_rooms_over_federation", False, "There are no public rooms to show."),
        Setting("enable_registration", False, "Accounts are made by the school, never by whoever finds the address."),
        Setting("allow_guest_access", False, "Nobody reads along without an account."),
    )


def _nobody_is_looked_up() -> tuple[Setting, ...]:
    return (
        Setting(
            "user_directory",
            {"enabled": False, "search_all_users": False},
            "Nobody can search for people: a parent finds the members of the own class in its rooms, and nobody else.",
        ),
        Setting("enable_room_list_search", False, "There is no list of rooms to look through."),
        Setting("room_list_publication_rules", [{"action": "deny"}], "Nobody may put a room into such a list."),
        Setting("allow_public_rooms_without_auth", False, "Not even the empty list is shown to strangers."),
        Setting("require_auth_for_profile_requests", True, "A name and a picture are shown to nobody but accounts…"),
        Setting("limit_profile_requests_to_users_who_share_rooms", True, "…that share a room with their owner."),
        Setting("allow_per_room_profiles", False, "One person has one name: nobody is somebody else in one of the rooms."),
        Setting("enable_3pid_lookup", False, "An account cannot be found by an e-mail address or a telephone number…"),
        Setting("enable_3pid_changes", False, "…and none of them is kept: forgotten passwords are mended with a new slip."),
        Setting("enable_authenticated_media", True, "Photos and files are for accounts only, not for whoever has the link."),
        Setting("presence", {"enabled": False}, "Nobody sees who is awake; it costs Synapse a lot, too."),
        Setting("url_preview_enabled", False, "The school's server opens no links that somebody writes."),
        Setting("push", {"include_content": False}, "Push servers of Google and Apple see that there is news, and no text."),
        Setting(
            "extra_well_known_client_content",
            {"io.element.e2ee": {"default": False}},
            "Who loses a recovery key keeps their private chats with others in Element; the service encrypts its own.",
        ),
    )


def _little_is_kept() -> tuple[Setting, ...]:
    return (
        Setting("redaction_retention_period", "1d", "What was taken back leaves the database after a day, not a week."),
        Setting("forgotten_room_retention_period", "7d", "A room that everybody left and forgot is deleted a week later."),
        Setting("report_stats", False, "No figures about the school are sent to anybody."),
        Setting("stats", {"enabled": False}, "Nor are they counted."),
    )


def _accounts(*, auto_accept: bool) -> tuple[Setting, ...]:
    return (
        Setting("default_room_version", ROOM_VERSION, "Since version 12 nobody can take a room from the bot that made it."),
        Setting(
            "login_via_existing_session",
            {"enabled": True, "require_ui_auth": True, "token_timeout": "2m"},
            "Whoever has just chosen a password gets into the app by a token for two minutes, and types nothing twice.\n"
            "The password is asked for, so that a telephone left on the table cannot be copied.",
        ),
        Setting(
            "auto_accept_invites",
            {"enabled": auto_accept, "only_from_local_users": True},
            "Parents are in their rooms without a click: the homeserver accepts for them. Only the bot can invite."
            if auto_accept
            else "Invitations are accepted on people's behalf by the accounts process, in the right order, so not here.",
        ),
    )


def _first_day() -> tuple[Setting, ...]:
    """1 September: a school's 32 classes of 49 guardians join within 40 minutes, all through the school's one address.

    1,568 people, each with a login for the app and one for the browser, are 1.3 logins a second.
    """
    return (
        Setting(
            "rc_login",
            {
                "address": {"per_second": 2, "burst_count": 200},
                "account": {"per_second": 0.01, "burst_count": 10},
                "failed_attempts": {"per_second": 0.02, "burst_count": 5},
            },
            "address: on the first day of school 1,500 parents log in through one Wi-Fi within 40 minutes, many twice.\n"
            "account: app, browser and a second telephone at once; then one login in 100 s.\n"
            "failed_attempts: five wrong passwords, then one guess in 50 s for this account, from wherever it comes.",
        ),
        Setting(
            "rc_joins",
            {"local": {"per_second": 0.5, "burst_count": 40}, "remote": {"per_second": 0.01, "burst_count": 10}},
            "local: somebody with children in three classes enters a space and up to twelve rooms of each at once.\n"
            "remote: as Synapse has it; there are no others.",
        ),
        Setting(
            "rc_message",
            {"per_second": 0.5, "burst_count": 60},
            "Each join counts as a message, too: with Synapse's own 10 the eleventh room would wait, whatever rc_joins says.",
        ),
    )
