"""What a list says about pictures of a pupil: columns and notes → a yes or no for each use. Default is no. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..domain.people import PhotoUse
from .headings import Column
from .names import folded
from .question import Question

Said = Mapping[PhotoUse, bool | None]
"""Use → yes, no, or None where the list has a column for it and nothing clear stands there. Others are missing."""

_YES = frozenset({
    "да", "есть", "согласен", "согласна", "согласны", "разрешаю", "разрешено", "можно", "имеется", "истина", "yes", "y",
    "true", "agreed", "given", "allowed", "ok", "1", "+", "✓", "✔", "☑", "✅"
})  # fmt: skip
_NO = frozenset({
    "нет", "не", "отказ", "против", "запрещаю", "запрещено", "нельзя", "ложь", "no", "n", "false", "refused", "0", "-",
    "–", "—", "✗", "✘", "❌", "☐", "не согласен", "не согласна", "не согласны", "not given"
})  # fmt: skip
_BY_USE = {
    Column.PHOTO_ALBUM: PhotoUse.ALBUM,
    Column.PHOTO_DOWNLOAD: PhotoUse.DOWNLOAD,
    Column.PHOTO_PUBLICATION: PhotoUse.PUBLICATION,
    Column.PHOTO_PUBLIC: PhotoUse.PUBLIC,
}


def photo_consents(row: int, found: Mapping[Column, str], questions: list[Question]) -> dict[PhotoUse, bool | None]:
    """Read the columns. One consent for pictures as such is one for the class's album; a refusal is one for every use."""
    said: dict[PhotoUse, bool | None] = {}
    if Column.PHOTO in found:
        answer = _answer(row, found[Column.PHOTO], questions)
        said = dict.fromkeys(PhotoUse, False) if answer is False else {PhotoUse.ALBUM: answer}
    for column, use in _BY_USE.items():
        if column in found:
            answer = _answer(row, found[column], questions)
            if answer and said.get(use) is False:
                questions.append(Question(row, "roster-photos-both"))
            elif answer is not None or use not in said:
                said[use] = answer
    return said


def without(said: Said, refused: frozenset[PhotoUse], row: int) -> tuple[dict[PhotoUse, bool | None], Iterator[Question]]:
    """A refusal in the note holds, whatever a column says."""
    contradicted = any(said.get(use) for use in refused)
    return {**said, **dict.fromkeys(refused, False)}, iter([Question(row, "roster-photos-both")] if contradicted else [])


def _answer(row: int, cell: str, questions: list[Question]) -> bool | None:
    words = folded(cell).strip(" .!")
    if words in _YES:
        return True
    if words in _NO:
        return False
    if words:
        questions.append(Question(row, "roster-photos-unclear", {"cell": cell}))
    return None
