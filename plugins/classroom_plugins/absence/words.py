"""Words about absence, folded (small letters, ё written as е), in both languages."""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ILL = re.compile(
    r"\b(?:боле(?:ет|ем|ют)|бол(?:ит|ят)|плохо себя чувству(?:ет|ют)|заболе(?:л[аи]?|вает|ваем)|приболе(?:л[аи]?)|"
    r"разболе(?:лся|лась|лись)|просту(?:дился|дилась|дились|жен[аы]?)|простыл[аи]?|(?:на )?больничн\w+|(?:на )?карантин[еа]?|"
    r"температур\w+|(?:is |are |got |feels? |has been |being )?(?:sick|ill|unwell)|not (?:feeling )?well|"
    r"(?:has|have|got) (?:a )?(?:cold|fever|flu))\b"
)
WAS_ILL = re.compile(r"\b(?:болел[аи]?|was (?:ill|sick)|were (?:ill|sick))\b")
AWAY = re.compile(
    r"\b(?:отсутству(?:ет|ем|ют)|(?:будет |будем )?отсутствовать|не (?:сможем |сможет |смогут )?(?:прид(?:ет|ем|ут|ти)|"
    r"пойд(?:ет|ем|ут)|буд(?:ет|ем|ут)|явится|сможем|сможет|смогут)(?: (?:быть|прийти))?|пропуст(?:ит|им|ят)|"
    r"остан?(?:ется|емся|утся|ются) дома|дома остан?(?:ется|емся|утся|ются)|побуд(?:ет|ем|ут) дома|сид(?:ит|им|ят) дома|"
    r"(?:уезжа|улета)(?:ем|ет|ют)|(?:уед|улет)(?:ем|ет|ут|им|ит|ят)|"
    r"(?:is |are |will be )?absent|(?:won't|will not|can't|cannot|isn't|is not|aren't|are not|not) (?:be )?"
    r"(?:come|coming|attend|attending|there|at school|in school|in)|(?:is |are |will be )?away|stay(?:s|ing)? (?:at )?home)\b"
)
FAMILY = re.compile(
    r"\b(?:по семейным(?: обстоятельствам| причинам| делам)?|по сем\. обст\.?|семейн\w+ обстоятельств\w+|"
    r"(?:уезжа|улета)(?:ем|ет|ют)|(?:уед|улет)(?:ем|ет|ут|им|ит|ят)|for family reasons|"
    r"family (?:reasons?|matters?|trip)|family)\b"
)
RECOVERED = re.compile(
    r"\b(?:выздоров(?:ел[аи]?|еет)|выписал[аи]?|выписан[аы]?|поправил(?:ся|ась|ись)|(?:уже |больше )?не боле(?:ет|ем|ют)|"
    r"(?:уже )?здоров[аы]?|(?:has |have )?recovered|(?:is |are )?(?:well|fine|healthy) again|"
    r"(?:is |are )?no longer (?:ill|sick)|(?:is|are) not (?:ill|sick)(?: anymore| any more)?|"
    r"(?:is |are )?(?:feeling )?better(?: now)?)\b"
)
RETURNS = re.compile(
    r"\b(?:прид(?:ет|ем|ут)|выйд(?:ет|ем|ут)|выход(?:ит|им|ят)|верн(?:ется|емся|утся|улся|улась|улись)|"
    r"(?:will be |is |are |be )?back(?: at school)?|(?:will |be )?com(?:e|ing)(?: back)?|returns?|will return)\b"
)
NOT_ILL = re.compile(r"\bне (?:за|при)боле\w+\b|\b(?:isn't|aren't) (?:ill|sick)\b")
ELSEWHERE = re.compile(
    r"\b(?:собрани|экскурси|праздник|концерт|репетици|консультаци|встреч|театр|муз[ее]|каток|катк|поход|круж|субботник|чаепити|"
    r"елк|секци|бассейн|продленк|опрос|meeting|concert|party|theatre|museum|rink|consultation|event|rehearsal|club)|\d:\d\d"
)
"""Something else than school: whoever does not come there may well be at school."""
UNCLEAR = re.compile(r"\bсправк|\b(?:не (?:сможем|сможет|смогут)|can't|cannot)\b(?!.*(?:школ|урок|заняти|school|lesson))")
"""A day may be of something else: of a certificate, or of what they cannot come to."""
MAYBE = _set(
    "если вдруг возможно может наверное наверно кажется вроде похоже думаю боюсь if maybe perhaps probably might may "
    "possibly think seems"
)
SOMEBODY_ELSE = _set(
    "я мама папа мать отец бабушка дедушка брат братик сестра сестренка учитель учительница муж жена няня собака кошка кот "
    "i i'm mum mom mother dad father grandma grandmother grandpa grandfather brother sister teacher husband wife nanny "
    "dog cat"
)
EVERYBODY = _set("оба обе обоих двойняшки двойня близнецы дети ребята девочки мальчики both twins they kids children")
FILLERS = _set(
    "здравствуйте добрый доброе день утро вечер привет у нас мы наш наша мой моя мне сын сыном дочь дочка ребенок мальчик "
    "девочка "
    "он она в во на школу школе школы уроки урок занятия занятиях учебу и а но с со к из за поэтому сообщаю предупреждаю "
    "сегодня пожалуйста спасибо извините уже сейчас опять снова немного еще скорее всего этого того по причине болезни будем "
    "будет hello hi good morning evening dear my our son daughter child he she is are was be to at from in the a and so school "
    "lessons classes please thank thanks you today will has have been got just"
)

IS_ILL = "болеет"
"""What a command says by its name, like the next two; the text behind it is read as the rest of the sentence."""
IS_AWAY = "отсутствует"
IS_BACK = "выздоровел"
