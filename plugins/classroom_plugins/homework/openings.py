"""How a text behind `!дз` begins that names no subject: with a task ("выучить стих", "с. 12"), or word that there is none.

Pure.
"""

from __future__ import annotations

import re

from classroom_matrix.domain.folding import fold


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MARKS = '.,:;!?()«»"“”–—-'
_VERB = re.compile(r"[а-я]{2,}(?:[аяиеуыо]ть|сти|зти|йти|чь|ться|тись|[йи]те|ьте)")
_ENGLISH = _set(
    "learn read write do finish bring draw revise repeat practise practice prepare copy complete solve make find answer retell "
    "memorise memorize review study fix check count colour color listen watch translate describe underline choose explain "
    "print cut glue collect measure p pp page pages ex exercise exercises no nos number words word poem rule rules"
)
_TASKS = _set(
    "с стр страница страницы упр упражнение упражнения номер номера параграф п пункт слова слово стих стихи стихотворение "
    "правило правила задача задачи пример примеры пересказ сочинение диктант конспект доклад таблица карточка карточки вопросы "
    "ошибки тетрадь учебник рт"
)
_NUMBER = re.compile(r"[№§#]?\s*\d.*")
_TASK = r"(?:дз|д/з|домашк\w+|домашн\w+(?: задани\w+)?|задани\w+|урок\w+|homework|hw|tasks?)"
_WHEN = r"(?:сегодня|завтра|на выходные|today|tomorrow|for the weekend|for today|for tomorrow)"
_ARE_NOT = r"(?:нет|не будет|не задано|не задаю)"
_NOTHING = re.compile(
    rf"(?:{_WHEN} )?(?:(?:нам |детям |всем )?ничего(?: не)?(?: (?:задан|зада[лею]|задава|нет|делать|надо|нужно)\w*)*|"
    rf"не зада(?:но|ю|ем|ли)(?: {_TASK}| ничего)?|нет(?: {_TASK})?|{_TASK}(?: {_WHEN})? {_ARE_NOT}|"
    rf"без {_TASK}|отдыха(?:ем|йте)|no {_TASK}|nothing(?: (?:is |was )?(?:set|due))?|none|there is no {_TASK})(?: {_WHEN})?"
)
_SAME = re.compile(
    r"(?:вс[её] )?(?:то же|тоже)(?: самое)?|(?:вс[её] )?как (?:вчера|раньше|было|в прошлый раз)|остальн\w+.*|по плану|"
    r"(?:all )?(?:the )?same(?: as .*)?|as (?:yesterday|before)"
)


def opens_task(text: str) -> bool:
    """Whether the first word is a task's and no subject's: "выучить", "с.", "№"."""
    word = next(iter(fold(text).split()), "").strip(_MARKS)
    bare = text.strip()
    return bool(_VERB.fullmatch(word)) or word in _TASKS | _ENGLISH or _NUMBER.match(bare) is not None or bare[:1] in "№§#"


def says_nothing(text: str) -> bool:
    """Whether all it says is that nothing is set."""
    return _NOTHING.fullmatch(_plain(text)) is not None


def is_about_none(text: str) -> bool:
    """Whether it goes on with "нет": "домашнего задания"."""
    return re.fullmatch(rf"{_TASK}(?: {_WHEN})?", _plain(text)) is not None


def says_the_same(text: str) -> bool:
    """Whether it speaks of what was set before: of which subject?"""
    return _SAME.fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(fold(text).split()).strip(_MARKS + " ")
