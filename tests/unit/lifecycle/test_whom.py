from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import ClassId
from classroom_matrix.lifecycle.whom import find

from .conftest import NewStage


@pytest.mark.parametrize(
    ("who", "class_id", "names"),
    [
        ("Ксения Калинина", None, ["Ксения Калинина"]),
        ("калинина ксения", None, ["Ксения Калинина"]),
        ("Калинина", None, ["Ксения Калинина"]),
        ("Ксен", None, []),
        ("Наталья Ивановна", None, ["Калинина Наталья Ивановна", "Калинина Наталья Ивановна"]),
        ("Наталья Ивановна", "1a", ["Калинина Наталья Ивановна"]),
        ("2", None, ["Семён Беляев"]),
        ("Беляева", None, ["Таисия Беляева"]),
        ("Беляев", None, ["Семён Беляев"]),
        ("Беля", None, []),
        ("4", None, ["Лев Орлов"]),
        ("Петр Ильич", "3b", ["Калинин Пётр Ильич"]),
        ("Иванов", None, []),
        ("", None, []),
        ("1", "1a", []),
        ("Смирнова", None, ["Ольга Смирнова"]),
    ],
)
async def test_find_answers_with_everybody_who_fits_best(
    new_stage: NewStage, who: str, class_id: str | None, names: list[str]
) -> None:
    stage = await new_stage()
    assert [match.name for match in find(stage.database, who, ClassId(class_id) if class_id else None)] == names
