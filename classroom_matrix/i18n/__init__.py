"""What people read: texts in Fluent catalogues, dates and shares as people say them."""

from .catalogue import LANGUAGES, Catalogue
from .dates import moment, percent, span

__all__ = ["LANGUAGES", "Catalogue", "moment", "percent", "span"]
