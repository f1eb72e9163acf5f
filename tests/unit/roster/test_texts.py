"""Every question and every entry has its text, in Russian and English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from classroom_matrix import roster, terminal
from classroom_matrix.domain.people import PhotoUse, Reach
from classroom_matrix.i18n import Catalogue
from classroom_matrix.i18n.check import differences
from classroom_matrix.roster.adults import Relation
from classroom_matrix.roster.headings import Column

MADE = {
    *(f"roster-no-name-{relation}" for relation in Relation),
    *(f"roster-court-{relation}" for relation in Relation),
    *(f"roster-one-{kind}" for kind in ("phone", "mail")),
    *(f"roster-use-{use}" for use in PhotoUse),
    *(f"roster-diff-reach-{reach}" for reach in Reach),
    *(f"roster-diff-now-{role}" for role in ("guardian", "relative")),
    *(f"roster-diff-photos-{answer}{all_}" for answer in ("yes", "no") for all_ in ("", "-all")),
}
"""Names that are put together when they are said."""


def written_in(package: Path) -> set[str]:
    text = "\n".join(path.read_text("utf-8") for path in package.glob("*.py"))
    return set(re.findall(r'"(roster-[a-z]+(?:-[a-z]+)*)"', text)) - {"roster-key"}


def said_in(package: Path) -> set[str]:
    return set(re.findall(r"^(roster-[a-z-]+) =", (package / "locales" / "en.ftl").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("package", [roster.__name__, terminal.__name__])
def test_languages_agree(package: str) -> None:
    assert [problem for problem in differences(package) if "roster" in problem or package == roster.__name__] == []


def test_every_text_is_used_and_every_name_has_a_text() -> None:
    package = Path(str(roster.__file__)).parent
    used = written_in(package) | MADE
    assert (used - said_in(package), said_in(package) - used) == (set(), set())


@pytest.mark.parametrize(("count", "said"), [(1, "пропущена 1 строка"), (3, "пропущены 3 строки"), (11, "пропущено 11 строк")])
def test_numbers_are_declined(count: int, said: str) -> None:
    assert Catalogue.of_package(roster.__name__).text("roster-other-classes", "ru", count=count) == f"{said} других классов"


@pytest.mark.parametrize("column", [column.value for column in Column])
def test_column_is_documented(column: str) -> None:
    page = Path(__file__).parents[3] / "docs" / "howto" / "import-a-class-list.md"
    assert f"`{column}`" in page.read_text("utf-8")
