"""Words of clauses that are of something else than an absence, folded like those in `words`."""

from __future__ import annotations

import re

BEGAN = re.compile(
    r"\b(?:(?:за|при|раз)боле(?:л[аи]?|лся|лась|лись)|просту(?:дился|дилась|дились)|простыл[аи]?|"
    r"(?:поднялась|началась|была) (?:\w+ )?температура|температура (?:\w+ )?(?:поднялась|началась)|"
    r"(?:got|fell|became|has been|have been) (?:ill|sick)|(?:came down|started|woke up) with)\b"
)
"""An illness, and that it began."""
_DAY_NAMES = (
    r"(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье|выходны[ех]|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|the weekend)"
)
BEGAN_ON = re.compile(
    rf"\b(?:еще )?(?:в|во|на|on|over|at|last)(?: (?:прошл|эт)\w+)? {_DAY_NAMES}(?: (?:вечером|ночью|утром|днем))?\b"
)
YESTERDAY = re.compile(
    r"(?<!\bс )(?<!\bсо )(?<!\bsince )(?<!\bfrom )\b(?:еще )?(?:вчера|позавчера|yesterday|last night)"
    r"(?: (?:вечером|ночью|утром|днем|evening|night|morning))?\b"
)
_DOCTORS = r"врач|доктор|педиатр|терапевт|медсестра|скорая|doctor|nurse"
COMES_OF_A_DOCTOR = re.compile(
    rf"\b(?:{_DOCTORS}) (?:\w+ )?(?:прид|выйд|верн|com|is com|will)|(?:прид|выйд|верн)\w+ (?:\w+ )?(?:{_DOCTORS})\b"
)
"""The one who comes is no pupil."""
MEDICAL = re.compile(
    rf"{_DOCTORS}|врач\w*|доктор\w*|педиатр\w*|терапевт\w*|медсестр\w*|скор(?:ую|ой)|анализ\w*|справк\w+|рентген\w*|узи|осмотр\w*|"
    r"прием\w*|прививк\w+|поликлиник\w+|стоматолог\w*|лор\w?|лору|окулист\w*|операци\w+|обследовани\w+|процедур\w+|укол\w*|"
    r"doctor's|gp|appointment|tests?|x-ray|certificate|note|dentist|dentist's|hospital|blood|checkup|check-up|operation"
)
"""A day beside them is theirs. Each is a word."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ASIDES = _set(
    "будет будем идем пойдем едем поедем повезем ведем веду еду иду принесем принесу приедет придет приходит вызвали вызвала "
    "вызовем вызываем сдаем сдадим сдавать сдать посмотрим посмотрю видно напишу напишем сообщу сообщим позвоню дам дадим "
    "знать решим уточню ждем жду назначили назначен записаны записались запись прием кровь мочу у меня папы мамы бабушки живет "
    "see we'll i'll will let you know going go seeing bring take taking blood the a his her their has have having visit "
    "visiting comes coming is"
)
"""What is understood of such a clause."""
TO_SCHOOL = re.compile(r"(?<!\bне )\bв школу\b|(?<!\bnot )\bto school\b")
WILL_BE = re.compile(r"(?<!не )\b(?:будет|будем|будут)\b(?! (?:не|отсутств|дома))")
