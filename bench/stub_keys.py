"""What the stub homeserver knows of encryption: one account's keys, and rooms that are not encrypted."""

from __future__ import annotations

from typing import Any

import msgspec

_NOT_FOUND = b'{"errcode":"M_NOT_FOUND","error":""}'


class StubKeys:
    """Answers as much as a service needs to start and to send into plain rooms. Signatures are not checked."""

    def __init__(self) -> None:
        self._devices: dict[str, dict[str, Any]] = {}
        self._identity: dict[str, dict[str, Any]] = {}
        self._count = 0

    def answer(self, path: str, body: bytes) -> tuple[int, bytes] | None:
        """Status and body; None where it is not about encryption. `path`: without the query."""
        if path.endswith("/state/m.room.encryption"):
            return 404, _NOT_FOUND
        if "/keys/" not in path:
            return None
        request = msgspec.json.decode(body)
        if path.endswith("/keys/upload"):
            return 200, self._uploaded(request)
        if path.endswith("/keys/device_signing/upload"):
            self._identity = {f"{name}s": key for name, key in request.items() if name.endswith("_key")}
        elif path.endswith("/keys/signatures/upload"):
            self._signed(request)
        elif path.endswith("/keys/query"):
            return 200, self._published(request["device_keys"])
        return 200, b"{}"

    def _uploaded(self, request: dict[str, Any]) -> bytes:
        device = request.get("device_keys")
        if device is not None:
            self._devices[device["device_id"]] = device
        self._count += len(request.get("one_time_keys", {}))
        return msgspec.json.encode({"one_time_key_counts": {"signed_curve25519": self._count}})

    def _signed(self, request: dict[str, Any]) -> None:
        for keys in request.values():
            for name, value in keys.items():
                known = self._devices.get(name) or self._identity.get("master_keys", {})
                for user, signatures in value["signatures"].items():
                    known.setdefault("signatures", {}).setdefault(user, {}).update(signatures)

    def _published(self, wanted: dict[str, Any]) -> bytes:
        (user,) = wanted
        identity = {name: {user: key} for name, key in self._identity.items()}
        return msgspec.json.encode({"device_keys": {user: self._devices}, **identity})
