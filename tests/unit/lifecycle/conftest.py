from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from .scene import Stage

NewStage = Callable[[], Awaitable[Stage]]


@pytest.fixture
def new_stage(tmp_path: Path) -> Iterator[NewStage]:
    """Makes classes with families: the Kalinins in 3Б and 1А, twins, separated parents, and others who stay."""
    made: list[Stage] = []

    async def make() -> Stage:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        stage = Stage(folder)
        made.append(stage)
        kalinins = stage.family("3b", {"Ксения Калинина": 1}, ["Калинина Наталья Ивановна", "Калинин Пётр Ильич"])
        stage.family("3b", {"Семён Беляев": 2, "Таисия Беляева": 3}, ["Беляева Анна Олеговна"])
        stage.family("3b", {"Лев Орлов": 4}, ["Орлова Мария Львовна"], ["Орлов Глеб Юрьевич"])
        stage.family("3b", {"Вера Зайцева": 5}, ["Зайцева Ольга Андреевна"])
        stage.pupil("1a", kalinins, "Кирилл Калинин", 7)
        home = stage.database.execute("SELECT id FROM household WHERE family_id = ?", (kalinins,)).fetchone()[0]
        for name in ("Калинина Наталья Ивановна", "Калинин Пётр Ильич"):
            stage.adult("1a", name, kalinins, home)
        stage.family("1a", {"Яна Мороз": 8}, ["Мороз Инна Павловна"])
        await stage.provision("3b", "1a")
        return stage

    yield make
    for stage in made:
        stage.close()
