"""Which pupil is in which group of a subject: entered by the teacher, read back where families do not read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classroom_matrix.api import Context, command
from classroom_matrix.domain.content import Bullets, Content, Line
from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.people import Pupil, Role
from classroom_matrix.errors import InvalidArgument, NotFound

from . import store
from .cards import subject_name, subjects_of
from .domain import MAX_GROUP, group_key, same_group
from .subjects import SchoolSubject

_WORD = re.compile(r"(?:групп[аыеу]|гр\.?|group|gr\.?)$", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;\n]|\s(?:и|and)\s")
_REST = frozenset({"остальные", "остальных", "все остальные", "rest", "the rest", "others", "all others"})
_NONE = frozenset({"нет", "никакая", "без", "none", "no", "-", "–", "—"})


@command("group", needs=Role.SPECIALIST, names_people=True)
def set_group(ctx: Context, text: str) -> None:
    """`!группа английский А Калинина, Чернов`; `Б остальные`; `нет Калинина`; with a subject alone it is shown."""
    words = text.split(" ")
    found = subjects_of(ctx).at_start(words)
    if found is None:
        raise NotFound("homework-unknown-subject-here", subject=words[0])
    subject, count = found
    left = [word for word in words[count:] if word.strip(" :")]
    if left and _WORD.match(left[0].strip(":")):
        left = left[1:]
    if left:
        _enter(ctx, subject, left[0].strip(" :,."), " ".join(left[1:]))
    _show(ctx, subject)


def _enter(ctx: Context, subject: SchoolSubject, group: str, names: str) -> None:
    pupils = _named(ctx, subject, names)
    if fold(group) in _NONE:
        store.leave_groups(ctx.klass.id, subject.key, [pupil.id for pupil in pupils])
        return
    if len(group) > MAX_GROUP or not group.isalnum():
        raise InvalidArgument("homework-group-name", group=group)
    known = {label for (key, _), label in store.groups(ctx.klass.id).of.items() if key == subject.key}
    label = next((label for label in known if same_group(label, group)), group.upper())
    store.put_in_group(ctx.klass.id, subject.key, (pupil.id for pupil in pupils), label)


def _named(ctx: Context, subject: SchoolSubject, names: str) -> Sequence[Pupil]:
    everybody = [pupil for family in ctx.roster.families for pupil in family.pupils]
    if fold(names.strip(" .")) in _REST:
        taken = store.groups(ctx.klass.id).of
        return [pupil for pupil in everybody if (subject.key, pupil.id) not in taken]
    pupils = []
    for name in _BETWEEN.split(names):
        if name.strip():
            pupil = ctx.read(Pupil, name.strip())
            if pupil is None:
                raise NotFound("core-family-unknown", text=name.strip())
            pupils.append(pupil)
    if not pupils:
        raise InvalidArgument("homework-group-nobody")
    return pupils


def _show(ctx: Context, subject: SchoolSubject) -> None:
    taken = store.groups(ctx.klass.id).of
    everybody = sorted((pupil for family in ctx.roster.families for pupil in family.pupils), key=lambda pupil: pupil.surname)
    labels = sorted({label for (key, _), label in taken.items() if key == subject.key}, key=group_key)
    lines = []
    for label in labels:
        names = [pupil.name for pupil in everybody if taken.get((subject.key, pupil.id)) == label]
        lines.append(ctx.text("homework-group-of", language=ctx.language, group=label, pupils=names))
    rest = [pupil.name for pupil in everybody if (subject.key, pupil.id) not in taken]
    if rest and labels:
        lines.append(ctx.text("homework-group-rest", language=ctx.language, pupils=rest))
    name = subject_name(ctx, subject.key, language=ctx.language)
    if not lines:
        ctx.reply_privately("homework-no-groups", subject=name)
        return
    title = Line(ctx.text("homework-groups", language=ctx.language, subject=name))
    ctx.reply_content(Content((title, Bullets(tuple(lines)))), privately=True)
