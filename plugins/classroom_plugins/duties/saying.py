"""What parents say about duties in their desks: "чай", "чай мы взять не сможем", "обмен с Черновыми на фото". Pure.

Russian and English alike. Where something is taken or given up, the words that say so may stand anywhere; what is left without
them and without courtesies is the duty in the parent's own words.
"""

from __future__ import annotations

import re
from enum import StrEnum

from .wording import fold


class Said(StrEnum):
    """What somebody wants who names a duty, or none."""

    TAKE = "take"
    GIVE = "give"
    NAMED = "named"  # nothing but the duty's name
    LOAD = "load"
    HAVE = "have"
    HAVE_NOT = "have-not"
    SWAP = "swap"
    UNSWAP = "unswap"
    ANY = "any"  # something is to be taken, whatever
    YES = "yes"
    NO = "no"


YES = frozenset(
    {"да", "да да", "хорошо", "ок", "ok", "okay", "согласны", "согласен", "согласна", "беру", "берем", "возьму", "возьмем",
     "сможем", "смогу", "конечно", "да конечно", "да сможем",
     "да смогу", "да хорошо", "да берем", "да беру", "да возьмем", "yes", "yes please", "sure", "agreed", "готовы", "готов",
     "готова", "ага", "yep", "yeah"}
)  # fmt: skip
ANY = frozenset({"беру", "берем", "возьму", "возьмем"})
"""Of those what may as well be said without having been asked."""
POLITE = frozenset({"хорошо", "ок", "ok", "okay", "да хорошо", "sure", "ага", "yep", "yeah"})
"""Of those what may as well be said to the teacher, where nothing waits for an answer any more."""
NO = frozenset(
    {"нет", "не", "неа", "отказ", "пас", "без нас", "не согласны", "не согласен", "не согласна", "no", "nope", "not",
     "no thanks", "no thank you", "нет спасибо"}
)  # fmt: skip
_YES_AHEAD = re.compile(r"(?<!\w)(?:да|ага|конечно|yes|yep|yeah|sure|of course)(?!\w)")
"""One of these, among courtesies and nothing else, is a yes."""
_NO_AROUND = re.compile(r"^(?:(?:нет|неа|no|nope)\s+)+|(?:\s+(?:нет|неа|no|nope))+$|^(?:нет|неа|no|nope)$")
"""At the ends of what is given up: "нет, чай не сможем"."""

_BEFORE = (
    r"(?:(?:а|и|я|мы|можно|давайте|тогда|хорошо|добрый день|добрый вечер|доброе утро|здравствуйте|к сожалению|увы|простите"
    r"|извините|i|we|ok|sorry|please|let us|let me)[, !.]+)*"
)
_ANY = re.compile(
    _BEFORE + r"(?:беру|берем|возьму|возьмем|помогу|поможем|(?:готов[аы]?|можем|могу|рады?|хотим|хочу) (?:по)?помочь"
    r"|(?:i'll|we'll|will|can|happy to|glad to) (?:take(?: it| one)?|help))"
    r"(?: (?:на себя|это|что-нибудь|чем-нибудь|it|one))?"
)
"""Something is taken and nothing named."""
_LOAD = re.compile(
    r"(?:сколько (?:уже )?(?:у (?:нас|меня)|мы|я)?\s*(?:уже )?(?:дел\w*|дежур\w*|раз дежур\w*)( у нас| у меня)?( в этом году)?"
    r"|(?:наши|мои) (?:дела|дежурства)|how many (?:duties|jobs)(?: do we have| have we had)?|our duties)"
)
_HAVE = re.compile(
    r"(?:(?:у нас|у меня|we|i) )(?:(?P<yes>есть|have)(?! no )|(?P<no>нет|have no|don't have|do not have))(?: an?| any)?"
    r" (?P<what>.+)"
)
_SWAP = re.compile(
    _BEFORE + r"(?:(?:хочу|хотим|хотели бы|прошу|просим|предлагаю|предлагаем|можем|want to|would like to|can)\s+)*"
    r"(?:обмен\w*|поменя\w*|swap|exchange)\s+(?P<what>\S.*)"
)
_UNSWAP = re.compile(r"(?:отмен\w*|не надо|cancel)\s+(?:наш\w* |мо\w+ |the |our |my )?(?:обмен\w*|swap|exchange)")
_GIVES = re.compile(
    r"(?<!\w)(?:не (?:смогу|сможем|могу|можем|получится|получается|выйдет|сделаю|сделаем|принесу|принесем|возьму|возьмем|беру"
    r"|берем|приду|придем|буду|будем|успею|успеем|успеваю|успеваем)|отказываюсь|отказываемся|откажусь|откажемся|отмена|отмените"
    r"|отменяем|отменяю|отменить|отменим|отменяется|снимите|уберите|вычеркните|верну|вернем|вернуть|передумал[аи]?"
    r"|cannot|can't|cant|can not|won't|not be able to|unable to|not able to|not possible|give back|cancel"
    r"|no(?= .*from (?:us|me)))(?!\w)"
)
_CANCELS = re.compile(r"(?<!\w)(?:отмен\w*|снимите|уберите|вычеркните|передумал[аи]?|cancel)(?!\w)")
"""Of those what may be said of anything, while letters about duties ask who cannot."""
_TAKES = re.compile(
    r"(?<!\w)(?:беру|берем|возьму|возьмем|могу|можем|смогу|сможем|принесу|принесем|запишите|помогу|поможем|сделаю|сделаем"
    r"|хочу|хотим|хотели бы|готов[аы]?|можно (?:нам|мне)|за нами|за мной|с нас|с меня|i'll|we'll"
    r"|(?:i|we) (?:will|can|could|take)"
    r"|happy to|glad to|(?:sign|put|count) (?:me|us) (?:up|down|in)|on us|on me|from us)(?!\w)"
    r"|^(?:взять|will take|take|will do|can(?! you| we| i))(?!\w)"
)
_DOES = re.compile(
    r"(?<!\w)(?:беру|берем|возьму|возьмем|принесу|принесем|сделаю|сделаем|i'll|we'll|(?:i|we) (?:will|can))(?!\w)"
)
"""Beside words that give up, one of these makes it two things at a time: "не смогу прийти, но чай принесу"."""
_COURTESIES = re.compile(
    r"(?<!\w)(?:а|и|я|мы|ну|да|тогда|давайте|хорошо|ок|добрый (?:день|вечер)|доброе утро|здравствуйте|привет|к сожалению|увы"
    r"|простите|извините|пожалуйста|все же|все-таки|теперь|тоже|с удовольствием|конечно|of course|with pleasure|gladly"
    r"|i'm|i|we|ok|sorry|please|unfortunately|hi|hello|good (?:morning|evening)|the|too)(?!['\w])"
)
_AROUND = re.compile(
    r"(?<!\w)(?:нас|меня|нам|мне|нашу?|наше|наш|мой|мою|мое|себя|взять|прийти|принести|сделать|помочь|участвовать|больше|уже"
    r"|никак|совсем|спасибо(?: большое)?|(?:(?:в|на) )?(?:этот|тот) раз|this time"
    r"|(?:от|с|со|на|к|за|из|про|насчет)(?! \d)|is|do|make|manage|come|bring|take|help|it|us|me|our|my|for|from|with|to|up"
    r"|down|anymore|any more|after all|be|able|thanks|thank you)(?!\w)"
)
"""What stands around a duty that is taken or given up, and is no part of its name."""
_ASKS = re.compile(r"(?<!\w)(?:ли|разве|можно|нельзя|can we|can i|could we|could i|may we|may i)(?!\w)")
_ELSE = re.compile(r"(?<!\w)(?:не|нет|no|not|don't|спросить|узнать|уточнить|ask|know)(?!\w)")
"""With one of these nothing is taken: "хочу спросить про чай"."""
_WORDS = ((Said.YES, YES), (Said.NO, NO))
_PATTERNS = ((Said.UNSWAP, _UNSWAP), (Said.SWAP, _SWAP), (Said.LOAD, _LOAD), (Said.HAVE, _HAVE), (Said.ANY, _ANY))
"""The more special ones first."""


def understood(text: str) -> tuple[Said, str]:
    """What a message says, and of which duty in its own words: (TAKE, "чай"). Other talk is (NAMED, the folded text)."""
    said = fold(text)
    for meant, words in _WORDS:
        if said in words:
            return meant, ""
    for meant, pattern in _PATTERNS:
        found = pattern.fullmatch(said)
        if found:
            no = found.groupdict().get("no")
            return (Said.HAVE_NOT if no else meant), found.groupdict().get("what", "").strip()
    return _done_about_it(said) or _bare_answer(said) or (Said.NAMED, _bare(_COURTESIES.sub(" ", said)) or said)


def _done_about_it(said: str) -> tuple[Said, str] | None:
    """What is given up or taken; a yes where it is not said what."""
    for meant, marks in ((Said.GIVE, _GIVES), (Said.TAKE, _TAKES)):
        if marks.search(said):
            rest = marks.sub(" ", said)
            if meant is Said.GIVE and _DOES.search(rest):
                return None
            what = _without_around(rest)
            if meant is Said.GIVE:
                return meant, _NO_AROUND.sub("", what)
            if not what:
                return Said.YES, ""
            if not _ELSE.search(what):
                return meant, what
    return None


def _bare_answer(said: str) -> tuple[Said, str] | None:
    """A yes or a no among courtesies: "да, спасибо", "к сожалению, нет"."""
    left = _without_around(said)
    if left in NO or (left and set(left.split()) <= NO):
        return Said.NO, ""
    is_yes = _YES_AHEAD.search(said) and not _without_around(_YES_AHEAD.sub(" ", said))
    return (Said.YES, "") if is_yes else None


def _without_around(said: str) -> str:
    return _bare(_AROUND.sub(" ", _COURTESIES.sub(" ", said)))


def asks(text: str) -> bool:
    """Whether a message is a question rather than a word that counts."""
    return "?" in text or _ASKS.search(fold(text)) is not None


def cancels(text: str) -> bool:
    """Whether what is given up is given up in words that would do for a booking, too: "отмена"."""
    return _CANCELS.search(fold(text)) is not None


def _bare(text: str) -> str:
    """Without lonely marks, and marks at the ends of words; a dash stays between days."""
    words = [word.strip('.,!?:;()"«»…') for word in text.split()]
    kept: list[str] = []
    for word in words:
        is_dash = word in ("-", "–", "—") and any(letter.isdigit() for each in kept for letter in each)
        if is_dash or any(letter.isalnum() for letter in word):
            kept.append(word)
    return " ".join(kept)
