"""config.yaml → frozen objects; what is unknown, mistyped or impossible is an error that names the YAML path."""

from .load import load
from .model import (
    AccountsConfig,
    BotConfig,
    ClassConfig,
    Config,
    ConnectionConfig,
    HomeserverConfig,
    JoinConfig,
    StaffConfig,
    WrittenOptions,
)
from .options import check_options, check_plugins

__all__ = [
    "AccountsConfig",
    "BotConfig",
    "ClassConfig",
    "Config",
    "ConnectionConfig",
    "HomeserverConfig",
    "JoinConfig",
    "StaffConfig",
    "WrittenOptions",
    "check_options",
    "check_plugins",
    "load",
]
