"""What a note says of courts. Pure.

Reading it wrongly lets somebody in whom a court keeps out, so only plain phrases are understood: a limit on one adult who is
named, the end of a limit, where the child lives. Every other phrase limits everybody until somebody has decided.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from .adults import Relation


class Ruling(Enum):
    """LIMIT: somebody is kept out; LIFTED: somebody no longer is; HOME: nothing but where the child lives."""

    LIMIT = auto()
    LIFTED = auto()
    HOME = auto()


@dataclass(frozen=True, slots=True)
class Court:
    """`who`: None where nobody is named; a limit is on all adults then, an end of limits of all of them."""

    ruling: Ruling
    who: Relation | None = None


_WHO = {
    Relation.MOTHER: r"мать|матер\w+|мам\w+|mother\w*|mom|mum",
    Relation.FATHER: r"отец|отц\w+|пап[аыуео]\w*|father\w*|dad",
    Relation.GUARDIAN: r"опекун\w*|guardian\w*",
    Relation.RELATIVE: r"бабушк\w*|дедушк\w*|дед[ау]?|родственник\w*|т[ея]т\w+|дяд\w+|grand(?:mother|father|ma|pa)|relative\w*",
}
_NAMED = {relation: re.compile(rf"\b({words})\b") for relation, words in _WHO.items()}
_ADULT = "|".join(_WHO.values())
_TO_ADULT = r"отцу|папе|матери|маме|опекуну|бабушке|дедушке|деду"
_COURT = re.compile(
    r"\bсуд(а|у|е|ом|ы|ов)?\b|\bсуд(ь[яиею]|ебн)\w*|\bроди\w* прав\w*|\bправ\w* роди\w*"
    r"|\bcourt|\brestrain|\binjunction|\b(protecti\w+|no[- ]contact) order|\bcustody|\bparental rights"
    rf"|\b({_TO_ADULT})( \w+)? (запрещ\w+|не (отда|выда)вать)|\b(запрещ\w+|не (отда|выда)вать)( \w+)? ({_TO_ADULT})\b"
)
_LIMITING = re.compile(
    r"огранич|запре|\bлиш(ен|и[лт])|не ?допус|без права|прекра|отстран|отобра|нельзя"
    r"|\bне (получа|имее|може|вправе|отда|выда|дава|подпуск|пуск|впуск|разреш|забира|приближ|обща|контакт|сообща)"
    r"|restrain|restrict|\blimit|no[- ]contact|no access|forbid|forbad|\bban|prohibit|deprive"
    r"|\b(may|must|can|is|are)( ?not|'t)\b|not allowed"
)
_DOUBT = re.compile(  # somebody else may be meant than the one who is named, or the contrary
    r"\b(только|лишь|кроме|исключ\w+|разреш\w+|можно|only|except|unless|but|allow\w*)\b"
    r"|\b(с|со|от|у|with|from|by|than) (the )?(" + _ADULT + r")\b"
    r"|\b(снят\w*|снима(?!ть)\w+|отмен\w+|истек\w*|больше|закончи\w*|прекра\w+)\b"
    r"|\b(lifted|end|ended|ends|expired?|no longer|no more|over)\b"
    r"|\b(живет|прожива\w+|жительств\w+|lives?|living|resid\w+|custody)\b"
    r"|\b(заявлени\w+|иск\w?|просьб\w+|прос[ия]\w+|прин[еи]с\w*|предостав\w+|предъяв\w+|подал\w*)\b"
    r"|\b(сообщил\w*|сказал\w*|показал\w*|told|says?|said|brought|provided|asks?|asked|request\w*)\b"
    r"|\b(не|not) (огранич|запре|лиш|limit|restrict)|\?"
    r"|(ограничени\w+|запрет\w*) нет\b|\b(нет|no) (ограничени|запрет|limit|restrict|court)|без ограничений"
)
_PLAIN = re.compile(r"""[\s:,()\-–—."«»“”]+""")
_LIMIT_NOUN = r"(?:ограничени[ея]|запрет[ы]?)"
_LIFTED = re.compile(
    rf"(?:решением суда )?(?:судебн\w+ {_LIMIT_NOUN}|{_LIMIT_NOUN} суда)(?: (?:для |на )?(?:{_ADULT}))?"
    rf" (?:снят[оаы]?|отменен[оаы]?)(?: (?:для |с )?(?:{_ADULT}))?"
    r"|(?:судебных ограничений|ограничени[яй] суда) больше нет"
    rf"|(?:the )?(?:court|restraining|protective)(?: order)?(?: limit\w*| restrictions?| ban)?(?: (?:on|for|against) (?:the )?"
    rf"(?:{_ADULT}))?(?: has been| have been| is| was)? (?:lifted|revoked)(?: (?:for|on) (?:the )?(?:{_ADULT}))?"
    rf"|(?:the )?court (?:limit|restriction|ban)(?: (?:on|for) (?:the )?(?:{_ADULT}))?(?: has)? ended"
)
_LIVES = re.compile(r"\b(живет|прожива\w+|жительств\w+|lives|living|resides|residence)\b")
_HOME = re.compile(
    r"по|согласно|решени\w+|определени\w+|суд\w{0,3}|место\w?|местом|жительств\w+|проживает|проживания|проживание|живет|с|со|у"
    r"|ребен\w+|дет\w+|учени\w+|определен\w?|установлен\w?|court|order|ordered|decision|by|the|lives|living|resides|residence"
    rf"|with|child|place|of|is|{_ADULT}"
)


_TAKEN_BACK = re.compile(r"\b(не|нет|not|no)\b.*(снят|отмен|действ|lift|end|revoke|valid)|\?")


def is_taken_back(words: str) -> bool:
    """Whether a part that is about no court, `folded`, may say that a limit has not ended: "судебный запрет снят / не снят"."""
    return _TAKEN_BACK.search(words) is not None


def read_court(words: str) -> Court | None:
    """What a part of a note says, `folded`; None where it is not about courts."""
    if not _COURT.search(words):
        return None
    who = {relation for relation, pattern in _NAMED.items() if pattern.search(words)}
    one = next(iter(who)) if len(who) == 1 else None
    plain = _PLAIN.sub(" ", words).strip()
    if _LIFTED.fullmatch(plain) and len(who) <= 1:
        return Court(Ruling.LIFTED, one)
    if _LIVES.search(words) and one is not None and all(_HOME.fullmatch(word) for word in plain.split()):
        return Court(Ruling.HOME)
    return Court(Ruling.LIMIT, None if _DOUBT.search(words) or not _limits(words, one) else one)


def _limits(words: str, who: Relation | None) -> bool:
    """Whether the limiting word stands beside the adult, with no comma between them."""
    return who is not None and any(_NAMED[who].search(phrase) and _LIMITING.search(phrase) for phrase in words.split(","))
