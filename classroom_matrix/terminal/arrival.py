"""Reaching the homeserver, and what to say where that fails."""

from __future__ import annotations

import aiohttp

from ..config import Config
from ..errors import ClassroomError, TemporaryError
from ..school import School, sign_in


async def answers(config: Config, session: aiohttp.ClientSession) -> bool:
    """Whether something at the configured address answers as a homeserver does."""
    try:
        async with session.get(f"{config.homeserver.url}/_matrix/client/versions") as response:
            return response.status == 200 and "versions" in await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return False


def no_homeserver(config: Config) -> str:
    return f"no homeserver answers at {config.homeserver.url}"


async def arrive(school: School) -> None:
    """Sign in.

    Raises:
        ClassroomError: the homeserver is not there, is unwell, or does not know the account.
    """
    try:
        await sign_in(school)
    except TemporaryError as error:
        if not await answers(school.config, school.session):
            raise ClassroomError(no_homeserver(school.config)) from error
        url = school.config.homeserver.url
        raise ClassroomError(f"the homeserver at {url} does not answer as it should ({error})") from error
