from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import ClassId
from classroom_matrix.lifecycle.whom import both, find

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
        ("Зайцев", None, []),
        ("Калинин", "3b", ["Ксения Калинина", "Калинин Пётр Ильич"]),
        ("Kalinin", "3b", ["Ксения Калинина", "Калинин Пётр Ильич"]),
        ("Kalinina", None, ["Ксения Калинина"]),
        ("Belyaev", None, ["Семён Беляев"]),
        ("Калинин Пётр", "3b", ["Калинин Пётр Ильич"]),
    ],
)
async def test_find_answers_with_everybody_who_fits_best(
    new_stage: NewStage, who: str, class_id: str | None, names: list[str]
) -> None:
    stage = await new_stage()
    assert [match.name for match in find(stage.database, who, ClassId(class_id) if class_id else None)] == names


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("Зайцева", ["Вера Зайцева", "Зайцева Ольга Андреевна"]),
        ("5", ["Вера Зайцева"]),
        ("Зайцева Вера", ["Вера Зайцева"]),
        ("Зайцева Ольга", ["Зайцева Ольга Андреевна"]),
    ],
)
async def test_both_leaves_nothing_to_a_guess(new_stage: NewStage, who: str, names: list[str]) -> None:
    stage = await new_stage()
    assert [match.name for match in both(stage.database, who)] == names
