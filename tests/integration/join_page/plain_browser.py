"""A browser without scripts, as far as forms and cookies go."""

from __future__ import annotations

import re
from typing import Any, Self

import aiohttp

from ..join_stage import WORDS

PASSWORD = "сосна вторник кит"
DESKTOP = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36"}
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36"}


class Browser:
    """Goes through the pages as a browser without scripts does: keeps cookies, sends what is in the form."""

    def __init__(self, address: str, **headers: str) -> None:
        self.address = address
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers)
        self.status = 0
        self.place = self.text = ""
        self.headers: Any = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def ask(self, method: str, path: str, **more: Any) -> Browser:
        """One request; `place` is where it was redirected to, if it was."""
        async with self._session.request(method, self.address + path, allow_redirects=False, **more) as response:
            self.status, self.headers, self.text = response.status, response.headers, await response.text()
            self.place = response.headers.get("Location", "")
        return self

    async def get(self, path: str, **more: Any) -> Browser:
        return await self.ask("GET", path, **more)

    async def post(self, path: str, headers: dict[str, str] | None = None, /, **fields: str) -> Browser:
        return await self.ask("POST", path, data=fields, headers=headers)

    def form(self) -> dict[str, str]:
        """Hidden fields of the page."""
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.text))

    def token(self) -> str:
        return next(cookie.value for cookie in self._session.cookie_jar if cookie.key.endswith("classroom-join"))

    async def prove(self, number: int = 1) -> Browser:
        await self.post(f"/j/slip{number:04d}", words=WORDS)
        assert (self.status, self.place) == (303, "/j/welcome")
        return await self.get("/j/welcome")

    async def settle(self, number: int = 1, password: str = PASSWORD) -> Browser:
        await self.prove(number)
        await self.post("/j/welcome", **self.form(), understood="yes", password=password)
        assert (self.status, self.place) == (303, "/j/done")
        return await self.get("/j/done")
