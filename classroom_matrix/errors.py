"""Every error the house raises on purpose.

    ClassroomError
    ├── ConfigError(path)            config.yaml or a roster says something impossible
    │   └── ConfigErrors(errors)     … in several places
    ├── UserError(key, **values)     a person did something that gets one kind sentence
    │   ├── NotAllowed
    │   ├── InvalidArgument
    │   └── NotFound
    │       └── WhoIsMeant           … and the sentence names people, so it is said privately
    ├── GatewayError                 the homeserver
    │   ├── TemporaryError(retry_after)   the same request may succeed later
    │   │   └── RoomNotReady(rest)        … and the trouble is one room's, not the homeserver's
    │   └── PermanentError(errcode)       the same request will never succeed
    │       └── AuthenticationWanted(session, flows)   … unless whoever asks proves who they are
    ├── StorageError                 the database
    ├── WrongKey                     what is encrypted in the database was encrypted under another key
    └── PluginError(plugin)          a plugin is declared wrongly or was found twice

Boundaries translate foreign errors with ``raise … from``.
"""

from __future__ import annotations

from collections.abc import Sequence


class ClassroomError(Exception):
    """Base of all errors raised on purpose."""


class ConfigError(ClassroomError):
    """A configuration or roster file holds something impossible.

    Args:
        path: where, as a YAML path such as ``classes[0].rooms.talk.write``, or a file's name.
        problem: one sentence that says what was found and what is expected.
    """

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem


class ConfigErrors(ConfigError):
    """Several problems of one file; the text has a line for each.

    Args:
        errors: at least one.
    """

    def __init__(self, errors: Sequence[ConfigError]) -> None:
        super().__init__(errors[0].path, errors[0].problem)
        self.args = ("\n".join(str(error) for error in errors),)
        self.errors = tuple(errors)


class UserError(ClassroomError):
    """A person's request cannot be done; they get one sentence in their language.

    Args:
        key: the text's name in the Fluent catalogues.
        values: its arguments.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
        self.speaker: str | None = None
        """The plugin in whose catalogue the text stands, where another one was asked; set by the runtime."""


class NotAllowed(UserError):
    """The person may not do this."""


class InvalidArgument(UserError):
    """An argument of a command cannot be understood."""


class NotFound(UserError):
    """What the person names does not exist in this class."""


class WhoIsMeant(NotFound):
    """It is not clear who is meant. The sentence names people of the class, so others must not read it."""


class GatewayError(ClassroomError):
    """The homeserver did not do what was asked."""


class TemporaryError(GatewayError):
    """The same request may succeed later.

    Args:
        reason: what happened, for the log.
        retry_after: seconds the homeserver asked to wait, if it said so.
    """

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class RoomNotReady(TemporaryError):
    """Nothing can be said in a room for now; other rooms need not wait.

    Args:
        reason: why, for the log.
        rest: seconds until it is worth another attempt.
    """

    def __init__(self, reason: str, rest: float) -> None:
        super().__init__(reason)
        self.rest = rest


class PermanentError(GatewayError):
    """The same request will never succeed.

    Args:
        errcode: Matrix error code such as ``M_FORBIDDEN``.
        status: HTTP status.
        reason: the homeserver's sentence.
    """

    def __init__(self, errcode: str, status: int, reason: str = "") -> None:
        super().__init__(f"{status} {errcode} {reason}".rstrip())
        self.errcode = errcode
        self.status = status


class AuthenticationWanted(PermanentError):
    """The homeserver does this only for somebody who has proved who they are (spec, "User-Interactive Authentication API").

    Args:
        errcode: why the last proof was refused, such as ``M_FORBIDDEN``; empty where none was given.
        session: to be named with the proof.
        flows: each a way to prove it: stages such as ``m.login.password``.
        reason: the homeserver's sentence.
    """

    def __init__(self, errcode: str, session: str, flows: Sequence[Sequence[str]], reason: str = "") -> None:
        super().__init__(errcode, 401, reason)
        self.session = session
        self.flows = flows


class StorageError(ClassroomError):
    """The database cannot do what is needed (disk full, locked, too new)."""


class WrongKey(ClassroomError):
    """Something in the database was encrypted under another key than the one that lies beside it, or is damaged."""


class PluginError(ClassroomError):
    """A plugin is declared wrongly, is missing, or was found twice."""

    def __init__(self, plugin: str, problem: str) -> None:
        super().__init__(f"plugin {plugin}: {problem}")
        self.plugin = plugin
