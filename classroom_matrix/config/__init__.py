"""config.yaml → frozen objects; what is unknown, mistyped or impossible is an error that names the YAML path."""

from .load import load
from .model import (
    BotConfig,
    ClassConfig,
    Config,
    ConnectionConfig,
    HomeserverConfig,
    StaffConfig,
    WrittenOptions,
)
from .options import check_options, check_plugins

__all__ = [
    "BotConfig",
    "ClassConfig",
    "Config",
    "ConnectionConfig",
    "HomeserverConfig",
    "StaffConfig",
    "WrittenOptions",
    "check_options",
    "check_plugins",
    "load",
]
