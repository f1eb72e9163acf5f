"""Which class a command is about."""

from __future__ import annotations

from ..config import ClassConfig, Config
from ..errors import ConfigError
from .words import words


def the_class(config: Config, class_id: str | None) -> ClassConfig:
    """The named class, or the only one.

    Raises:
        ConfigError: there is no such class, or several to choose from.
    """
    if class_id is not None:
        if all(klass.id != class_id for klass in config.classes):
            ids = [klass.id for klass in config.classes]
            raise ConfigError("--class", words()("class-unknown", id=class_id, ids=ids))
        return config.klass(class_id)
    if len(config.classes) == 1:
        return config.classes[0]
    raise ConfigError("--class", words()("class-which", ids=[klass.id for klass in config.classes]))
