"""Whether a text would tell all families something private about one: a name next to a private word, "Ксюша забыла форму".

What stands in quotes is a title; whoever is called by the father's name is an adult; "Марк Твен" is nobody's Марк. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .folding import fold
from .people import Roster
from .short_names import is_given_name

_RUSSIAN = (
    "нездоров-, захвора-, недомога-, нет денег, должен денег, должна денег, должны денег, болеет, болеют, болен, больна, "
    "больны, больного, больной, больному, больным, больных, болел, болела, болезн-, заболел-, заболева-, приболел-, "
    "переболел-, простыл-, простуд-, температур-, кашля-, ветрянк-, грипп-, орви, ковид-, вши, вшей, травм-, сломал рук-, "
    "сломала рук-, сломал ног-, сломала ног-, перелом-, ушиб-, операци-, больниц-, аллерг-, диабет-, астм-, инвалид-, "
    "диагноз-, паническ-, лекарств-, таблет-, забыл-, потерял-, не сдал-, не сдает, не сдают, не принес-, не приносит, не "
    "оплат-, не заплат-, не платит, не платят, не платил-, долг, долги, долга, долгов, долгам, задолж-, должник-, не "
    "успева-, не справля-, отстает, отстают, двойк-, двоечни-, плохо, поведени-, наруш-, дерет-, дерут-, дрался, дралась, "
    "дрались, подрал-, драк-, хамит, хамят, хамил-, ругал-, обижа-, обидел-, украл-, ворует, соврал-, врет, накаж-, "
    "наказан-, прогул-, опоздал-, опаздыва-, опоздает, опоздают, развод-, развел-, разводят-, умер-, похорон-, судят-, "
    "опек-, соцзащит-, малоимущ-, льгот-, не придет, не придут, не сможет, не смогут, не пойдет, не пойдут, не поедет, не "
    "поедут, не участвует, не участвуют, отказал-, отсутству-, не отпуска-, не пустил-"
)
_ENGLISH = (
    "ill, illness, sick, sickness, unwell, fever, flu, covid-, quarantin-, injur-, broke an, broke a, broken arm, broken "
    "leg, hospital-, operation, surgery, allerg-, diabet-, asthma-, disab-, diagnos-, medicine, medication, forgot, "
    "forgets, forgotten, lost, did not hand, didn't hand, hasn't handed, has not handed, has not paid, hasn't paid, did not "
    "pay, didn't pay, haven't paid, have not paid, unpaid, owes, owe, debt-, failing, failed, badly, behaviour, behavior, "
    "misbehav-, fight, fights, fought, fighting, bully-, bullied, stole, steals, lied, punish-, truant, skipped, is late, "
    "was late, divorc-, died, death, funeral, custody, benefits, won't come, will not come, can't come, cannot come, isn't "
    "coming, is not coming, aren't coming, refused, refuses, absent"
)
"""Phrases; parts that end in a hyphen are beginnings of words."""

_SENTENCE = re.compile(r"[\n;.!?…]+")
_QUOTED = re.compile(r"«[^»\n]*»|“[^”\n]*”|\"[^\"\n]*\"")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_FATHERS = re.compile(r"(?:[вч]н(?:а|ы|е|у|ой)|вич(?:|а|у|ем|е))$")
_LIKE_A_SURNAME = re.compile(r"(?:[оеиы][вн]|[сц]к|енк|[ую]к|ян|дз|швили|[иы]х)[а-я]{0,3}$")
_NEXT_TO = 4  # words


def tells_private(roster: Roster, text: str) -> bool:
    """Whether a pupil or a family of the class is named within some words of a private one, in the same sentence."""
    for sentence in _SENTENCE.split(_QUOTED.sub(" … ", text)):
        words = _WORD.findall(sentence)
        named = [place for place in range(len(words)) if _is_pupil(roster, words, place)]
        told = _places_of_private([_fold(word) for word in words]) if named else []
        if any(abs(one - other) <= _NEXT_TO for one in named for other in told):
            return True
    return False


def _places_of_private(words: Sequence[str]) -> list[int]:
    """Where a phrase begins."""

    def fits(word: str, part: str) -> bool:
        return word.startswith(part[:-1]) if part.endswith("-") else word == part

    return [
        place
        for place in range(len(words))
        for phrase in _PHRASES
        if len(words) - place >= len(phrase) and all(fits(words[place + n], part) for n, part in enumerate(phrase))
    ]


def _is_pupil(roster: Roster, words: Sequence[str], place: int) -> bool:
    """Whether a word is the surname or the given name of a pupil, also a short one. What may be an ordinary word begins with a
    capital: "мороз", "вера".
    """
    word, behind = words[place], words[place + 1 : place + 3]
    if any(each[:1].isupper() and _FATHERS.search(_fold(each)) for each in behind):
        return False
    if (word[:1].isupper() or _LIKE_A_SURNAME.search(_fold(word))) and roster.is_surname(word):
        return True
    if not word[:1].isupper() or not any(
        is_given_name(_fold(word), _fold(pupil.name)) for f in roster.families for pupil in f.pupils
    ):
        return False
    return not behind or not behind[0][:1].isupper() or roster.is_surname(behind[0])


def _fold(text: str) -> str:
    return fold(text).replace("’", "'")


_PHRASES = [phrase.split() for phrase in f"{_RUSSIAN}, {_ENGLISH}".split(",") if phrase.strip()]
