"""Words about absence, folded (small letters, ё written as е), in both languages."""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# ── What is said of a pupil ─────────────────────────────────────────────────────────────────────────────────────────────

_FEELS = r"(?:плохо|неважно|нехорошо|не очень|не важно)"
_NEGATED = r"(?:выздоров\w+|поправил\w+|долечил\w+|выписал\w+|здоров[аы]?)"
_DIAGNOSIS = r"(?:ветрянк|ангин|грипп|орви|орз|скарлатин|ковид|бронхит|пневмони|отит|отравлени)\w*"
_ALONE = (
    r"(?:ветрянка|ангина|грипп|орви|орз|скарлатина|ковид|бронхит|пневмония|отит|отравление|fever|flu|chickenpox|chicken pox)"
    r"(?=\s*[,;:.!(]|$)"
)
SOFT = re.compile(
    rf"\b(?:бол(?:ит|ят)|{_FEELS}(?: себя)? чувству(?:ет|ем|ют)(?: себя)?|себя {_FEELS} чувству(?:ет|ем|ют)|"
    rf"чувству(?:ет|ем|ют) себя {_FEELS}|температур\w*|жар|лихорад\w+|"
    rf"нездоров(?:[аы]?|ится)|не {_NEGATED}|у \w+ (?:\w+ )?{_DIAGNOSIS}|(?<!\w ){_ALONE}|"
    r"(?:started|came down|woke up|down) with (?:a )?(?:fever|flu|cold|temperature|cough)|"
    r"unwell|feel(?:s|ing)? (?:bad|poorly)|under the weather|"
    r"(?:not|doesn't|don't|isn't) (?:feel(?:ing)? )?(?:very )?well|has a (?:temperature|fever)|(?:has|have|got) (?:a )?cold)\b"
)
"""Whoever feels so is mostly at home, but not always."""
ILL = re.compile(
    rf"{SOFT.pattern}|"
    r"\b(?:боле(?:ет|ем|ют)|заболе(?:л[аи]?|вает|ваем)|приболе(?:л[аи]?)|"
    r"разболе(?:лся|лась|лись)|просту(?:дился|дилась|дились|жен[аы]?)|простыл[аи]?|(?:на )?больничн\w+|(?:на )?карантин[еа]?|"
    r"(?:is |are |got |fell |feels? |has been |being )?(?:sick|ill)|(?:has|have|got) (?:a )?(?:fever|flu))\b"
)
WAS_ILL = re.compile(r"\b(?:болел[аи]?|(?:was|were|have been|has been) (?:ill|sick))\b")
_HOME = (
    r"(?:сегодня|завтра|(?:до|по) \w+|неделю|недели|дня|дней|день) (?:мы |он |она )?(?:еще )?дома|"
    r"дома (?=сегодня|завтра|до|по|с|на)|"
    r"остал(?:ся|ась|ись) дома|дома остал(?:ся|ась|ись)|остаться дома|отлежива(?:ется|емся|ются)|"
    r"home (?=today|tomorrow|until|till|for)|off (?=today|tomorrow|until|till|on|from|for)"
)
_TRIP = r"в (?:отпуске|отъезде|больнице|санатории)|на (?:соревнованиях|соревнования|сборах|море)|on (?:holiday|vacation)"
_WHOM = r"(?<!\bу )(?:нас|его|ее|их)"
_SOON = r"(?:сегодня|завтра|послезавтра)"
_NOT_HERE = (
    rf"{_SOON} (?:в школу )?не (?:ид(?:ет|ут)|приход(?:ит|ят))|не (?:ид(?:ет|ут)|приход(?:ит|ят)) (?:{_SOON}|в школу)|"
    rf"{_WHOM} (?:{_SOON} )?нет(?= (?:до|по|с|со|{_SOON}|в школе)\b)|{_WHOM} {_SOON} нет|{_SOON} {_WHOM} (?:в школе )?нет|"
    rf"нет {_SOON} в школе|нет в школе|в школе нет|(?:is|are|we're|he's|she's|they're|will be|'ll be) out"
    r"(?= (?:of school )?(?:today|tomorrow|until|till|on|this)\b)|(?:out of|off) school"
)
NOT_HERE = re.compile(rf"\b(?:{_NOT_HERE})\b")
"""Said of somebody: "нас нет до четверга", "Ksenia is out today"."""
NOT_HERE_ALONE = re.compile(rf"\b(?:{_WHOM} нет|нет|не (?:ид(?:ет|ут)|приход(?:ит|ят))|(?:is |are )?out)\b")
"""The same without its day."""
ONLY_ASKED = re.compile(rf"\b(?:{_HOME}|{_TRIP})\b")
"""Who is there is mostly not at school."""
WEAK = re.compile(
    r"\b(?:не (?:сможем |сможет |смогут )?(?:прид(?:ет|ем|ут|ти)|идем|приходим|"
    r"(?:сегодня |завтра )?жди(?:те)?(?: (?:нас|его|ее|их))?(?! (?:ответ|письм|звонк))|"
    r"пойд(?:ет|ем|ут)|буд(?:ет|ем|ут)|явится|сможем|сможет|смогут)(?: (?:быть|прийти))?|пропуст(?:ит|им|ят)|"
    r"пропуска(?:ет|ем|ют)|(?:won't|will not|can't|cannot|isn't|is not|aren't|are not|not) (?:be )?"
    r"(?:come|coming|attend|attending|there|at school|in school|in|make it)|(?:is |are |will be )?away|"
    rf"{_NOT_HERE}|{_HOME}|{_TRIP})\b"
)
"""Not coming, to whatever it may be: without another word, or with a pupil or "мы", it is school."""
LEAVES = r"(?:уезжа|улета)(?:ем|ет|ют)|(?:уед|улет)(?:ем|ет|ут|им|ит|ят)"
AWAY = re.compile(
    rf"{WEAK.pattern}|\b(?:отсутству(?:ет|ем|ют)|(?:будет |будем )?отсутствовать|"
    r"остан?(?:ется|емся|утся|ются) дома|дома остан?(?:ется|емся|утся|ются)|(?:побуд|посид)(?:ет|ем|ут|ит|им|ят) дома|"
    r"сид(?:ит|им|ят) дома|"
    rf"{LEAVES}|(?:is |are |will be )?absent|stay(?:s|ing)? (?:at )?home)\b"
)
FAMILY = re.compile(
    r"\b(?:по семейным(?: обстоятельствам| причинам| делам)?|по сем\. обст\.?|семейн\w+ (?:обстоятельств|дел|причин)\w*|"
    rf"{LEAVES}|for family reasons|"
    r"family (?:reasons?|matters?|trip)|family)\b"
)
NOT_ILL = re.compile(
    r"\bне (?:за|при|раз)?боле\w+|\bне просту\w+|\bне простыл\w*|\b(?:no|without)(?: a)? (?:fever|temperature)\b|"
    r"(?:\b(?:not|never|no longer)|n't)(?: \w+)? (?:ill|sick|unwell)\b|\bне температурит\b"
)
GONE = re.compile(
    r"\bтемператур\w* (?:уже |больше |совсем |наконец |и )?(?:нет|не было|не стало|прошла|спала|упала|сошла|ушла|"
    r"нормал\w+|в норме|36\S*|держалась)|\b(?:нет|без|не было|прошла|спала|упала|нормальная) (?:\w+ )?температур\w*|"
    r"\bбольничн\w+ (?:\w+ )?(?:закры\w+|закончил\w+|кончил\w+|заканчива\w+|нет|не нуж\w+|не дали|не брали)|"
    r"\bзакры\w+ (?:\w+ )?больничн\w+|\b(?:fever|temperature|sick leave) (?:is |has |was )?(?:gone|over|down|normal|finished|"
    r"ended|closed)|\bno (?:more )?(?:fever|temperature)(?: any ?more| any longer)?"
)
"""What made a pupil ill is over: no illness, and a return only where that is said too, or asked."""
RECOVERED = re.compile(
    r"\b(?:выздоров(?:ел[аи]?|еет)|выписал[аи]?|выписан[аы]?|поправил(?:ся|ась|ись)|(?:уже |больше )?не боле(?:ет|ем|ют)|"
    r"(?:уже )?здоров[аы]?|(?:has |have )?recovered|(?:is |are )?(?:well|fine|healthy) again|"
    r"(?:is |are )?no longer (?:ill|sick)|(?:is |are )?(?:not|n't) (?:ill|sick) (?:anymore|any more|any longer)|"
    r"(?:is|are|feels|feeling|all) (?:feeling )?better(?: now)?)\b"
)
NOT_RECOVERED = re.compile(rf"\bне {_NEGATED}\b|\b(?:not|n't) (?:yet )?(?:recovered|better|well)\b")
RETURNS = re.compile(
    r"\b(?:прид(?:ет|ем|ут)|выйд(?:ет|ем|ут)|выход(?:ит|им|ят)|верн(?:ется|емся|утся|улся|улась|улись)|"
    r"(?:will be |is |are |be )?back(?: at school)?|(?:will |be )?com(?:e|ing)(?: back)?|returns?|will return)\b"
)
AT_SCHOOL = re.compile(r"\b(?:в школе|at school|in school)\b")
"""Of somebody who was away, that they are there now."""
MAY_RETURN = re.compile(r"\b(?:разрешил[аи]?|допустил[аи]?|буд(?:ет|ем|ут)|ид(?:ет|ем|ут)|пойд(?:ет|ем|ут)|will be|going)\b")
"""Of somebody who was away, and with a day: "врач разрешил с завтрашнего дня", "будет в четверг"."""
IS_WELL = re.compile(
    r"\b(?:ходит|учится|в порядке|нормально|хорошо|порядок|не боле\w+|is (?:fine|ok|okay|well|healthy|going)|goes|well)\b"
)
"""Of a twin, that there is nothing the matter."""
FEELS_BETTER = re.compile(
    r"\b(?P<who>\w+) (?:(?:уже|гораздо|намного|значительно|немного|сегодня|стало) )*"
    r"(?:лучше|легче|получше|полегче)\b(?: стало\b)?"
)
"""Of somebody (`who`) who was away: perhaps they come back."""
TO_OURS = _set("нам ему ей им дочке дочери сыну ребенку девочке мальчику обоим")

# ── What makes it something else ────────────────────────────────────────────────────────────────────────────────────────

QUESTION = re.compile(
    r"\?|\bли\b|^(?:\W*(?:здравствуйте|добр\w+ \w+|hello|hi)\W+)*(?:подскажите|скажите|что|чего|кто|когда|как|какие|какое|"
    r"почему|зачем|где|сколько|можно|what|when|who|how|why|where|does|do|did)\b|"
    r"^(?:is|are|was|were|will|has|have|should|may|could) (?!be\b|not\b|been\b)\w+ (?:be|been|ill|sick|away|absent|coming|"
    r"back|in|unwell)\b"
)
NOBODY_OF_OURS = re.compile(
    r"\bболе(?:ет|ем|ют|ли|л|ла) за (?!\d)|\b(?:в|во|из|с) (?:нашем |нашего |вашем |3\S )?"
    r"(?:классе|кабинете|столовой|спортзале|группе)\b|\b(?:пол|половина|полкласса|много|многие)\b(?: \w+)?|за окном|на улице|"
    r"\bотсутству\w+ (?:учебник|тетрад|сменк|форм|дневник|пенал|интернет|свет|связ|подпис)\w*|"
    r"\bin (?:the|our) (?:class|classroom)\b|\bnobody\b|\bникто\b|\bбольше (?:\w+ )?не буд|\bsick of\b"
)
POSSESSION = re.compile(r"\bу (?:\w+ ){1,3}(?:не будет|нет|отсутству\w+)\b")
"""Without an illness: "у нас завтра не будет сменки"."""
PARTLY = re.compile(
    r"\b(?:после уроков|пораньше|раньше|(?:перв|втор|трет|четверт|пят|шест|последн)\w+ (?:и \w+ |два |три )?урок\w*|\d урок\w*|"
    r"опозда\w+|задерж\w+|забер\w+|забира\w+|забрать|отпуст\w+|отпрос\w+|early|earlier|late|pick\w* (?:\w+ )?up|first lesson)\b"
)
"""At school for a part of the day."""
PART_OF_DAY = re.compile(
    rf"{PARTLY.pattern}|\b(?:после|до) (?:обеда|школы|занятий|уроков)\b|\bin the (?:morning|afternoon|evening)\b|"
    r"\bhalf (?:a |the )?day\b|\bпол ?дня\b|\bполовин\w+ дня\b|\b\d{1,2}:\d\d\b|\bк \d{1,2}\b(?! \w)|"
    r"\b(?:с|после|до|к|from|after|until|till|before|by|at) \d{1,2} (?:час\w*|утра|вечера|o'clock|am|pm)\b|"
    r"\bна (?:час|пару часов|полчаса|\d час\w*|(?:один|два|три) (?:час\w*|урок\w*))\b|"
    r"\b(?:to|from|until|after) (?:noon|midday)\b"
)
"""What is said of a whole day behind a command may be meant of a part of it."""
INFINITIVE = re.compile(
    r"\b(?!быть\b|прийти\b|присутствовать\b|ходить\b|посещать\b|учиться\b|отсутствовать\b)\w{2,}(?:ть|ться|ти|чь)\b"
)
NOT_INFINITIVES = _set(
    "опять пять шесть семь восемь девять десять двадцать тридцать дети почти пусть путь обязательность часть мать очень"
)
TASKS = re.compile(
    r"№|\bне (?:справил|понял|сделал|успел|решил|дописал)\w*|\b(?:дз|домашк\w+|задани\w+|задали|задано|упражнени\w+|homework)\b"
)
"""Talk of homework, in which an illness is only the reason."""
ELSEWHERE = re.compile(
    r"\b(?:собрани|экскурси|праздник|концерт|репетици|консультаци|встреч|театр|муз[ее]|каток|катк|поход|круж|субботник|чаепити|"
    r"елк|секци|бассейн|продленк|опрос|домой|столов|обед|физкультур|физр|внеуроч|факультатив|контрольн|выступлени|спектакл|"
    r"тренировк|утренник|английск|математик|русск|музык|рисовани|чтени|технологи|информатик|шахмат|танц|плавани|"
    r"не будет (?:\w+ )?школы|школы (?:\w+ )?не будет|не буд(?:ет|ем|ут) дома|дома (?:\w+ )?не буд|"
    r"не (?:\w+ )?дома|not (?:be )?(?:at )?home|"
    r"meeting|concert|party|theatre|museum|rink|"
    r"consultation|event|rehearsal|club|canteen|lunch|trip to)|\d:\d\d"
)
"""Something else than school: whoever does not come there may well be at school."""
_SCHOOL_TIME = r"(?!.*(?:школ|урок|заняти|school|lesson))"
UNCLEAR = re.compile(rf"\bсправк|\bбыл[аи]?\b|\b(?:не (?:сможем|сможет|смогут)|can't|cannot)\b{_SCHOOL_TIME}")
"""A day may be of something else: of a certificate, or of what they cannot come to."""
CANNOT = re.compile(
    rf"\b(?:не (?:сможем|сможет|смогут)(?! (?:быть|прийти|придти))|can't make it|cannot make it)\b{_SCHOOL_TIME}"
)
"""Of no day, the answer to whatever was asked."""
SCHOOL = re.compile(r"\b(?:в|во) школ|\b(?:на|в) (?:уроки|занятия|учебу)\b|\b(?:at|in|to) (?:school|lessons|class)\b")
MAYBE = _set(
    "если вдруг возможно может наверное наверно кажется вроде похоже думаю боюсь скорее чуть if maybe perhaps probably might "
    "may possibly think seems"
)
SOMEBODY_ELSE = re.compile(
    r"я|мам(?:а|ы|е|у|ой)|пап(?:а|ы|е|у|ой)|мать|матери|отец|отца|бабушк\w+|дедушк\w+|брат(?:а|у|ом|ик\w*)?|братья|братишк\w+|"
    r"сестр\w*|сестер|учител\w+|муж|мужа|жен[аыу]|нян[яиюе]|собак\w+|кошк\w+|кота?|подру[гж]\w*|друг|друга|другу|друзья|приятел\w+|"
    r"одноклассни\w+|сосед\w*|кузин\w*|тренер\w*|автобус|"
    r"i|i'm|mum|mom|mother|dad|father|grandma|grandmother|grandpa|grandfather|brothers?|sisters?|teacher|husband|wife|nanny|"
    r"dog|cat|friends?|classmates?|neighbou?rs?|cousin|coach|(?:mum|mom|mother|dad|father|brother|sister|friend)'s"
)
"""Each is a word."""
IN_COMPANY = re.compile(rf"\b(?:с|со|with) (?:(?:наш|сво|мо)\w+ |her |his |my |our )?(?:{SOMEBODY_ELSE.pattern})(?!\w)")
"""Beside our own: "дома с мамой"."""
OF_OURS = re.compile(r"наш(?:ей|его|их|им)|мо(?:ей|его|их|им)|of|our|my")
"""Between somebody else and whose they are: "подруга нашей дочери"."""
EVERYBODY = _set("оба обе обоих двойняшки двойня близнецы дети ребята девочки мальчики both twins they kids children")
OURS = re.compile(
    r"\b(?:мы|нас|он|она|они|его|ее|сын\w*|доч\w+|ребен\w+|мальчик\w*|девочк\w+|we|he|she|they|him|her|son|daughter|child|"
    r"we're|he's|she's|we'll|he'll|she'll)\b|\bне (?:сможем |\w+ )?(?:придем|пойдем|будем|сможем)\b|\bпропустим\b"
)
"""That it is said of the family's own, who need no name."""
FILLERS = _set(
    "только лишь также only жаль сожалению сказал сказала сказали велел велела был была были "
    "здравствуйте добрый доброе доброго день дня утро утра вечер вечера привет у нас мы наш наша мой моя мне сын сыном сына "
    "дочь дочка дочки ребенок ребенка мальчик девочка он она его ее в во на школу школе школы уроки уроках урок занятия "
    "занятиях учебу сегодняшнего завтрашнего и а но с со к из за поэтому сообщаю предупреждаю пишу хочу хотела хотел "
    "предупредить сообщить сегодня пожалуйста спасибо извините простите уже сейчас опять снова немного еще этого того "
    "по причине болезни будем будет "
    "дома дом нам ему ей тоже пока так что то это очень сильно весь целый всю ночью ночи вечером вчера утром с утра днем "
    "hello hi good morning evening dear my our son daughter child he she is are was be to at from in the a an and so school "
    "lessons classes please thank thanks you today will has have been got just off we he's she's we're very still since home "
    "they they're we'll he'll she'll they'll anymore now going включительно осталась остались остался решили "
    "едем летим поедем полетим "
    "unfortunately sorry this week all again"
)
REASONS = _set(
    "лежим лежит лечимся лечится сидим сидит продлили продлен продлевают открыли дали взяли оформили "
    "живот голова горло ухо уши зуб зубы нога рука спина глаз болит кашель кашляет кашля насморк сопли рвота рвало тошнит "
    "вырвало знобит высокая поднялась низкая слабость сыпь "
    "ангина ангиной ангину ветрянка ветрянкой ветрянку грипп гриппом орви орз отит бронхит ковид пневмония скарлатина простуда "
    "простудой вирус отравление отравился отравилась аллергия мигрень "
    "врач врача врачу врачом доктор доктору поликлиника поликлинику поликлинике больница больницу больнице стоматолог "
    "стоматологу анализы обследование операция соревнования соревнованиях соревнование отпуск отпуске поездка санаторий "
    "сломал сломала сломали руку ногу перелом ушиб операцию лихорадка жар "
    "свадьба похороны семья семьей море деревню дачу каникулы город "
    "cough coughing throat tummy stomach headache head ear toothache vomiting virus holiday doctor dentist competition funeral "
    "wedding hospital fever cold flu temperature"
)
"""Why somebody is not at school: understood, and not kept."""
SALUTATION = re.compile(r"\b\w+ \w+(?:вна|вич)\b|\bс уважением\b.*$")

# ── How long ────────────────────────────────────────────────────────────────────────────────────────────────────────────

WITH_NUMBER = r"\g<word> \g<day> числа"
BARE_NUMBER = re.compile(
    r"\b(?P<word>до|по|until|till) (?P<day>[12]?\d|3[01])(?:-?(?:го|ое|е)|th)?(?![\w:/-]|\.\d|\s+(?:янв|фев|мар|апр|ма[йя]\b|"
    r"июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|числ|час|урок|год|лет|дн|o'clock))"
)
"""A day of the month without the month: "на больничном до 25"."""
DAYS_OF_A_DAY = (
    (re.compile(r"\bсегодняшн(?:его|ий) д(?:ня|ень)\b"), "сегодня"),
    (re.compile(r"\b(?:завтрашн|следующ)(?:его|ий) д(?:ня|ень)\b"), "завтра"),
    (re.compile(r"\bвчерашн(?:его|ий) д(?:ня|ень)\b"), "вчера"),
)
"""The plain word for a day that is said with more of them: "с завтрашнего дня"."""
_FOR = "на"
_NUMBERS = r"(?:\d{1,2}|две|два|три|четыре|пять|шесть|семь|десять|two|three|few)"
LENGTH_AT_HOME = re.compile(
    rf"(?P<home>(?:дома|карантин[еа]?|больничн\w+),? )(?P<after>(?:{_NUMBERS} )?(?:недел[юьи]|день|дня|дней)\b)|"
    rf"(?<!на )(?P<before>\b{_NUMBERS} (?:недел[юьи]|день|дня|дней)\b)(?= (?:мы |он |она )?(?:дома|карантин|больничн))"
)
"""How long, without the word for it: "21 день дома"."""


def WITH_LENGTH(found: re.Match[str]) -> str:  # noqa: N802 - like the other replacements
    home, length = (found["home"], found["after"]) if found["home"] else ("", found["before"])
    return f"{home}{_FOR} {length}"


MEANT_AS_DAYS = re.compile(
    r"\b(?:до|until|till)\b|\b(?:с|со|на|from|on) \d|\d[./]\d\d\b|\bпо (?:понедельник|вторник|сред|четверг|пятниц)ам\b|"
    r"\bкажд\w+ (?:понедельник|вторник|среду|четверг|пятницу)\b|\b(?:every |on )(?:mon|tues|wednes|thurs|fri)days?\b"
)
"""Where no day is found, it is misspelled: "до пятнцы"."""
AND = _set(", ; и and & + а также еще плюс also plus")
"""Between the days of a list."""
ONLY_LISTS = _set("и and & + плюс plus также also еще")
MONTH_OF_ALL = re.compile(
    r"\b(?P<day>\d{1,2})(?:-?(?:го|е|ое)|st|nd|rd|th)?(?=(?:,? (?:и|and) |, )(?:\d{1,2}(?:-?(?:го|е|ое)|st|nd|rd|th)?"
    r"(?:,? (?:и|and) |, ))*\d{1,2}(?:-?(?:го|е|ое)|st|nd|rd|th)? (?P<month>(?:янв|фев|мар|апр|ма[йя]\b|июн|июл|авг|сен|окт|"
    r"ноя|дек|числа\b|jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec)\w*))"
)
"""Of "18 и 20 ноября" the first: the month is said of both."""
WITH_MONTH = r"\g<day> \g<month>"
UNMOVED = re.compile(r"\d|сегодня|завтра|today|tomorrow")
"""Days that are no weekdays."""
OPENS = _set("в во на к ко за с со до по on of by the for и and from")
"""A stretch of days does not end with them."""
LENGTH = re.compile(r"^(?:на|for)\s+(?:\S+\s+)?(?:недел\w+|дн\w+|день|weeks?|days?)$")
UNTIL_WEEKDAY = re.compile(
    r"\b(?:до|по|until|till|through) (?:понедельника?|вторника?|сред[ыу]|четверга?|пятниц[ыу]|monday|tuesday|"
    r"wednesday|thursday|friday)\b(?! (?:включительно|\d))"
)
"""Said on that weekday, it is the next one."""
UNTIL_WEEKEND = re.compile(
    r"\bдо (?:конца (?:(?:этой|учебной|текущей) )?недели|выходных)|\b(?:until|till) the (?:weekend|end of the week)|"
    r"\bfor the rest of the week"
)
LAST_SCHOOL_DAY = "до пятницы включительно"
TWO_DAYS = re.compile(
    r"\b(?P<one>\d{1,2})(?:-?го)?, ?(?P<two>\d{1,2})(?=(?:-?го)? (?:янв|фев|мар|апр|ма[йя]\b|июн|июл|авг|сен|окт|ноя|дек))"
)
BOTH_DAYS = r"\g<one> и \g<two>"
EVENING = re.compile(
    r"\b(?:вечером|ночью|после (?:обеда|школы|уроков|занятий)|(?:in the )?(?:evening|afternoon|night)|after school)\b"
)
"""Who leaves then may be at school before."""
SINCE_WEEKDAY = re.compile(
    r"\b(?:с|со|from|since)\s+(?P<day>понедельника|вторника|среды|четверга|пятницы|monday|tuesday|wednesday|thursday|friday)\b"
)

# ── Beside a sentence ───────────────────────────────────────────────────────────────────────────────────────────────────

SLIPS = _set("ой упс то есть точнее вернее нет не а пока скорее видимо oops sorry actually rather i mean make that no")
"""Beside a day that puts right, or adds, what was just said."""
TOO = _set("тоже также too also")
JOINING = _set("и and еще")
BESIDE_A_NAME = _set("и а у же еще ещё нет с and well as")

IS_ILL = "болеет"
"""What a command says by its name, like the next two; the text behind it is read as the rest of the sentence."""
IS_AWAY = "отсутствует"
IS_BACK = "выздоровел"
