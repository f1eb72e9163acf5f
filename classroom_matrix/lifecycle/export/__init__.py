"""Exports: a class, a family or a pupil as one folder that can be read without anything else, for decades."""

from .run import Exported, export_class, export_family

__all__ = ["Exported", "export_class", "export_family"]
