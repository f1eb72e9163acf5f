"""A homeserver's part in cross-signing, in memory: it checks what it is given, and can be told what to refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classroom_matrix.encryption.cross_signing import public_of
from classroom_matrix.encryption.signing import canonical, is_signed
from classroom_matrix.errors import AuthenticationWanted

BOT = "@bot:school.localhost"
Json = dict[str, Any]


class KeyHomeserver:
    """Speaks `KeyServer`'s verbs about the identity of one account.

    `password`: asked for when an identity is replaced; None for an application service.
    """

    user_id = BOT

    def __init__(self, password: str | None = None) -> None:
        self.password = password
        self.devices: dict[str, Json] = {}
        self.identity: Json = {}
        self.identities = 0
        self.requests: list[str] = []

    async def query_keys(self, users: list[str]) -> Json:
        assert users == [BOT]
        self.requests.append("query")
        answer: Json = {"device_keys": {BOT: self.devices}}
        for name, key in self.identity.items():
            answer[f"{name}s"] = {BOT: key}
        return answer

    async def upload_signing_keys(self, body: Mapping[str, Any]) -> None:
        self.requests.append("upload")
        keys = {name: body[name] for name in ("master_key", "self_signing_key", "user_signing_key")}
        bare = {name: {**key, "signatures": None} for name, key in keys.items()}
        if bare == {name: {**key, "signatures": None} for name, key in self.identity.items()}:
            return
        if self.identity and self.password is not None:
            proof = body.get("auth")
            if proof is None or proof["session"] != "s1" or proof["password"] != self.password:
                raise AuthenticationWanted("M_FORBIDDEN" if proof else "", "s1", [["m.login.password"]])
        master = public_of(keys["master_key"])
        assert master
        for name in ("self_signing_key", "user_signing_key"):
            assert keys[name]["usage"] == [name.removesuffix("_key")]
            assert is_signed(keys[name], BOT, f"ed25519:{master}", master)
        self.identity = {name: dict(key) for name, key in keys.items()}
        self.identities += 1

    async def upload_signatures(self, body: Mapping[str, Any]) -> Json:
        self.requests.append("sign")
        failures: Json = {}
        for key_id, value in body[BOT].items():
            if not self._take(key_id, value):
                failures[key_id] = {"errcode": "M_INVALID_SIGNATURE"}
        return {BOT: failures} if failures else {}

    def _take(self, key_id: str, value: Json) -> bool:
        signatures = value["signatures"][BOT]
        ((signer, signature),) = signatures.items()
        if key_id in self.devices:
            key = public_of(self.identity.get("self_signing_key"))
            kept: Json = self.devices[key_id]
        elif key_id == public_of(self.identity.get("master_key")):
            device = signer.removeprefix("ed25519:")
            key = self.devices[device]["keys"][signer]
            kept = self.identity["master_key"]
        else:
            return False
        if canonical(value) != canonical(kept) or not key:
            return False
        if not is_signed(value, BOT, signer, key):
            return False
        kept.setdefault("signatures", {}).setdefault(BOT, {})[signer] = signature
        return True

    @property
    def master(self) -> str | None:
        return public_of(self.identity.get("master_key"))
