"""`keys status` and `keys verify`: the bot's identity and device, as people's apps see them."""

from __future__ import annotations

from ..config import Config
from ..encryption.chain import links, others_vouched_for
from ..encryption.cross_signing import Published, fingerprint
from ..encryption.identity import published_by
from ..errors import ClassroomError, GatewayError
from ..matrix.source import KeyNews
from ..storage.encryption import unread
from .key_files import Keys, open_keys
from .output import console, table
from .words import Words, words

ONE_TIME = "signed_curve25519"


# ── status ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def status(config: Config) -> int:
    """Print how the keys are. Returns how many things are wrong.

    Raises:
        ClassroomError: there are no keys yet, or they cannot be read.
    """
    out, say = console(), words()
    async with open_keys(config, say) as keys:
        published: Published | None = None
        news: KeyNews | None = None
        wrong: list[str] = []
        try:
            published = await published_by(keys.server)
            news = await keys.server.key_news(keys.own.since, 0)
        except GatewayError as error:
            wrong.append(say("keys-wrong-homeserver", reason=str(error)))
        wrong += _wrong(keys, published, news, say)
        rows = [*_here(keys, say), *_there(keys, published, news, say), *await keys.school.database.call(_unread, keys, say)]
        out.print(table(say("keys-title", user=keys.server.user_id), (say("keys-what"), say("keys-how")), rows))
        for sentence in wrong:
            out.print(sentence)
        if not wrong:
            out.print(say("keys-fine"))
        return len(wrong)


def _here(keys: Keys, say: Words) -> list[tuple[str, str]]:
    identity = fingerprint(keys.identity.public_master) if keys.identity else say("keys-none")
    device = f"{keys.own.device_id}\n{fingerprint(keys.own.ed25519)}"
    return [(say("keys-row-fingerprint"), identity), (say("keys-row-device"), device)]


def _there(keys: Keys, published: Published | None, news: KeyNews | None, say: Words) -> list[tuple[str, str]]:
    if published is None or news is None:
        return []
    if published.public_master is None:
        identity = say("keys-none")
    elif keys.identity is not None and published.is_of(keys.identity):
        identity = say("keys-ours")
    else:
        identity = say("keys-another", fingerprint=fingerprint(published.public_master))
    fallback = "unknown" if news.fallback is None else "used" if ONE_TIME not in news.fallback else "unused"
    return [
        (say("keys-row-published"), identity),
        (say("keys-row-signed"), _yes(say, good=_is_signed(keys, published))),
        (say("keys-row-one-time"), str(news.counts.get(ONE_TIME, 0))),
        (say("keys-row-fallback"), say(f"keys-fallback-{fallback}")),
    ]


def _unread(keys: Keys, say: Words) -> list[tuple[str, str]]:
    database = keys.school.database
    return [
        (say("keys-row-unread"), str(unread.messages(database))),
        (say("keys-row-told"), str(unread.people_told(database))),
    ]


def _wrong(keys: Keys, published: Published | None, news: KeyNews | None, say: Words) -> list[str]:
    found = [] if keys.device_keys else [say("keys-wrong-device-key")]
    if not keys.readable:
        found.append(say("keys-wrong-secrets"))
    if published is None or news is None:
        return found
    problem = _identity_problem(keys, published) if keys.readable else None
    if problem and (keys.device_keys or problem not in ("unknown-device", "unsigned")):
        found.append(say(f"keys-wrong-{problem}"))
    if not news.counts.get(ONE_TIME) and ONE_TIME not in (news.fallback or ()):
        found.append(say("keys-wrong-dry"))
    return found


def _identity_problem(keys: Keys, published: Published) -> str | None:
    """End of the key of the sentence that says what to do."""
    if keys.following is not None and published.is_of(keys.following):
        return "unfinished"
    if published.public_master is None:
        return "unpublished"
    if keys.identity is None:
        return "lost"
    if not published.is_of(keys.identity):
        return "replaced"
    if keys.own.device_id not in published.devices:
        return "unknown-device"
    return None if _is_signed(keys, published) else "unsigned"


def _is_signed(keys: Keys, published: Published) -> bool:
    return keys.device_keys is not None and published.is_whole(keys.server.user_id) and published.vouches_for(keys.device_keys)


# ── verify ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def verify(config: Config) -> int:
    """Check what the homeserver publishes, signature by signature. Returns how many do not fit.

    Raises:
        ClassroomError: there are no keys here to compare with, or the homeserver does not answer.
    """
    out, say = console(), words()
    async with open_keys(config, say) as keys:
        if keys.device_keys is None:
            raise ClassroomError(say("keys-wrong-device-key"))
        if keys.identity is None:
            raise ClassroomError(say("keys-wrong-lost" if keys.readable else "keys-wrong-secrets"))
        published = await published_by(keys.server)
        found = links(keys.identity, published, keys.device_keys)
        rows = [(say(f"keys-link-{link.name}"), _yes(say, good=link.good)) for link in found]
        out.print(table(say("keys-verified-title", user=keys.server.user_id), (say("keys-what"), say("keys-how")), rows))
        out.print(say("keys-fingerprint", fingerprint=fingerprint(keys.identity.public_master)))
        others = others_vouched_for(keys.identity, published, keys.device_keys)
        if others:
            out.print(say("keys-others", devices=", ".join(others)))
        bad = sum(not link.good for link in found)
        out.print(say("keys-verdict-bad" if bad else "keys-verdict-good"))
        return bad


def _yes(say: Words, *, good: bool) -> str:
    return say("keys-yes" if good else "keys-no")
