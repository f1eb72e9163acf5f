"""How a message becomes a call: names, arguments, wrong use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.api import Context, Plugin, Share, When, command
from classroom_matrix.domain.ids import ClassId, FamilyId, HouseholdId, PersonId
from classroom_matrix.domain.people import Family, Household, Person, Pupil, Role, Roster
from classroom_matrix.errors import NotAllowed, NotFound, PluginError, UserError
from classroom_matrix.i18n import Catalogue
from classroom_matrix.runtime.commands import CommandTable, ParseScope, UnknownCommand
from classroom_matrix.runtime.help import help_content
from classroom_matrix.runtime.values import READERS

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=MOSCOW)

RU = """
toy-title = Игрушки
command-poll = опрос
    .aliases = голосование
    .help = спросить
    .example = !опрос Да? Да; Нет
    .question = вопрос
    .until = до, к
    .quorum = кворум
    .secret = тайно
command-poll-close = закрыть
    .aliases = завершить
    .example = !опрос закрыть 3
command-poll-vote = голос
    .example = !опрос голос Калинина 2
    .family = ученик
    .option = номер варианта
    .poll = №
command-say = объявить
    .example = !объявить Завтра каток
    .text = текст
    .at = в, когда
command-grade = ёлка
    .subject = предмет
    .task = задание
"""
EN = """
toy-title = Toys
command-poll = poll
    .help = ask
    .example = !poll Yes? Yes; No
    .question = the question
    .until = by, until
    .quorum = quorum
    .secret = secret
command-poll-close = close
    .example = !poll close 3
command-poll-vote = vote
    .example = !poll vote Kalinina 2
    .family = the pupil
    .option = the number of the option
    .poll = no
command-say = announce
    .example = !announce Skating tomorrow
    .text = the text
    .at = at, when
command-grade = tree
    .subject = the subject
    .task = the task
"""


@command("poll", needs=Role.TEACHER)
def open_poll(
    ctx: Context,
    question: str,
    *options: str,
    until: When | None = None,
    quorum: Share | None = None,
    secret: bool = False,
) -> None: ...


@command("poll close", needs=Role.TEACHER)
def close_poll(ctx: Context, number: int | None = None) -> None: ...


@command("poll vote", needs=Role.TEACHER)
def vote(ctx: Context, family: Family, option: str, *, poll: int | None = None) -> None: ...


@command("say", needs=Role.TEACHER)
def say(ctx: Context, text: str, *, at: When | None = None) -> None: ...


@command("grade")
def grade(ctx: Context, subject: str, task: str) -> None: ...


def family(number: int, *names: tuple[str, str], guardian: str = "") -> Family:
    id_ = FamilyId(f"f{number}")
    pupils = tuple(
        Pupil(PersonId(f"p{number + i}"), id_, f"{first} {last}", last, number + i) for i, (first, last) in enumerate(names)
    )
    parent = Person(PersonId(f"g{number}"), guardian or f"Мама {names[0][1]}", Role.GUARDIAN, family_id=id_)
    return Family(id_, pupils, (Household(HouseholdId(f"h{number}"), id_, (parent,)),))


KALININA = family(1, ("Ксения", "Калинина"))
NIKITINA = family(2, ("Ксения", "Никитина"))
TWINS = family(6, ("Таисия", "Беляева"), ("Семён", "Беляев"))
KIM = family(9, ("Михаил", "Ким"), guardian="Фёдорова Ирина")
ROSTER = Roster(ClassId("3b"), (KALININA, NIKITINA, TWINS, KIM), ())
ERSHOV = family(1, ("Иван", "Ершов"), guardian="Ершова Ольга")
CHERNOV = family(2, ("Марк", "Чернов"), guardian="Чернова Анна")
SEROVA = family(3, ("Роман", "Серов"), guardian="Серова Анна")
PETRIN = family(4, ("Олег", "Петрин"), guardian="Петрина Анна")
BELY = family(5, ("Семён", "Белый"), guardian="Белая Анна")
GIVEN_NAMES = Roster(ClassId("3b"), (ERSHOV, CHERNOV, SEROVA, PETRIN, BELY), ())


def scope(language: str = "ru") -> ParseScope:
    return ParseScope(NOW, MOSCOW, lambda: ROSTER, language)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder: Path = tmp_path_factory.mktemp("locales")
    (folder / "ru.ftl").write_text(RU, "utf-8")
    (folder / "en.ftl").write_text(EN, "utf-8")
    return Catalogue(folder, parent=Catalogue.core(strict=True), strict=True)


@pytest.fixture(scope="module")
def table(texts: Catalogue) -> CommandTable:
    return CommandTable([(Plugin("toy", commands=[open_poll, close_poll, vote, say, grade]), texts)])


def understood(table: CommandTable, body: str, language: str = "ru") -> tuple[str, tuple[object, ...], Mapping[str, object]]:
    found = table.find(body)
    assert found is not None
    call = found.bind(Role.TEACHER, scope(language))
    return call.command.name, call.args, dict(call.kwargs)


def refused(table: CommandTable, body: str, role: Role = Role.TEACHER, language: str = "ru") -> UserError:
    found = table.find(body)
    assert found is not None
    with pytest.raises(UserError) as problem:
        found.bind(role, scope(language))
    return problem.value


# ── Names ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("!опрос Да? Да; Нет", "poll"),
        ("  !ОПРОС Да? Да; Нет", "poll"),
        ("！poll Yes? Yes; No", "poll"),
        ("!голосование: Да? Да; Нет", "poll"),
        ("!опрос\nДа?\nДа\nНет", "poll"),
        ("! опрос Да? Да; Нет", "poll"),
        ("!опрос закрыть", "poll close"),
        ("! опрос закрыть", "poll close"),
        ("!Poll Close 3", "poll close"),
        ("!poll закрыть 3", "poll close"),
        ("!голосование завершить", "poll close"),
        ("!елка а б", "grade"),
        ("!ЁЛКА а б", "grade"),
    ],
)
def test_command_is_found_by_any_of_its_names(table: CommandTable, body: str, name: str):
    assert understood(table, body)[0] == name


@pytest.mark.parametrize(
    "body", ["", "!", "!!!", "!!! ура", "! ура", "!\nопрос", "опрос закрыть", "!?", "(!poll)", "!1", "!-)", "!:)", "!a"]
)
def test_ordinary_talk_is_no_command(table: CommandTable, body: str):
    assert table.find(body) is None


@pytest.mark.parametrize(("body", "language", "suggestion"), [("!опорс Куда? А; Б", "ru", "опрос"), ("!pol x", "ru", "poll")])
def test_unknown_command_gets_a_suggestion(table: CommandTable, body: str, language: str, suggestion: str):
    problem = refused(table, body, language=language)
    assert (problem.key, problem.values["suggestion"]) == ("core-unknown-command-suggestion", suggestion)


@pytest.mark.parametrize(
    ("body", "suggestion"),
    [
        ("!опросКуда едем?", "опрос Куда"),
        ("!ОПРОСкуда? А; Б", "опрос куда"),
        ("!ёлкаматематика с. 5", "ёлка математика"),
        ("!елка_математика с. 5", "ёлка математика"),
        ("!ёлка12", "ёлка 12"),
        ("!pollWhere? A; B", "poll Where"),
        ("!опросзакрыть 3", "опрос закрыть"),
        ("!опросы", "опрос"),
        ("!опросам", "опрос"),
    ],
)
def test_command_that_is_glued_to_its_first_word_gets_a_suggestion(table: CommandTable, body: str, suggestion: str):
    problem = refused(table, body, language="ru")
    assert (problem.key, problem.values["suggestion"]) == ("core-unknown-command-suggestion", suggestion)


@pytest.mark.parametrize(
    "body", ["!ёлка:математика", "!ёлка,математика", "! ёлка.математика", "!ёлка#математика", "!ёлка: математика"]
)
def test_mark_sets_a_command_off_from_what_is_glued_to_it(table: CommandTable, body: str):
    found = table.find(body)
    assert found is not None
    assert (found.name, found.text.lstrip("#")) == ("grade", "математика")


@pytest.mark.parametrize("body", ["!смешно:)", "!ура.все", "!!!", "!?что"])
def test_marks_behind_other_words_make_no_command(table: CommandTable, body: str):
    assert table.find(body) is None


def test_unknown_command_of_a_guardian_is_suggested_only_what_guardians_may_use(table: CommandTable):
    found = table.find("!опорс Куда? А; Б")
    assert isinstance(found, UnknownCommand)
    assert found.bind(Role.GUARDIAN, scope()).command.name == "unknown"


def test_unknown_command_of_the_teacher_is_answered(table: CommandTable):
    assert refused(table, "!расписание").key == "core-unknown-command"


def test_shorter_command_is_meant_where_the_longer_one_does_not_fit(table: CommandTable):
    assert understood(table, "!опрос закрыть школу на карантин? Да; Нет") == (
        "poll",
        ("закрыть школу на карантин?", "Да", "Нет"),
        {},
    )


def test_wrong_sub_command_is_explained_where_the_shorter_one_would_have_no_options(table: CommandTable):
    problem = refused(table, "!опрос закрыть третий")
    assert (problem.key, problem.values["example"]) == ("core-argument-number", "!опрос закрыть 3")


def test_command_of_the_teacher_is_refused_to_guardians(table: CommandTable):
    found = table.find("!опрос")
    assert found is not None
    with pytest.raises(NotAllowed):
        found.bind(Role.GUARDIAN, scope())


def test_two_commands_of_one_name_are_refused(texts: Catalogue):
    with pytest.raises(PluginError, match="'опрос' also belongs to the plugin one"):
        CommandTable([(Plugin("one", commands=[open_poll]), texts), (Plugin("two", commands=[open_poll]), texts)])


def test_command_without_a_name_is_refused(texts: Catalogue):
    with pytest.raises(PluginError, match="has no name"):
        CommandTable([(Plugin("one", commands=[command("nameless")(lambda _: None)]), texts)])


def test_command_with_an_argument_that_nobody_can_read_is_refused(texts: Catalogue):
    def handler(ctx: Context, question: bytes) -> None: ...

    with pytest.raises(PluginError, match="question"):
        CommandTable([(Plugin("one", commands=[command("poll")(handler)]), texts)])


# ── Questions and options ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("Когда? Пятница; Суббота", ("Когда?", "Пятница", "Суббота")),
        ("Когда?; Пятница; Суббота", ("Когда?", "Пятница", "Суббота")),
        ("Когда; Пятница; Суббота", ("Когда", "Пятница", "Суббота")),
        ("Когда? | Пятница | Суббота |", ("Когда?", "Пятница", "Суббота")),
        ("Когда?\n- Пятница\n- Суббота", ("Когда?", "Пятница", "Суббота")),
        ("Когда?\n1. Пятница\n2. Суббота", ("Когда?", "Пятница", "Суббота")),
        ("Когда?\n1) Пятница\n2) Суббота", ("Когда?", "Пятница", "Суббота")),
        ("Когда? 1. Пятница\n2. Суббота", ("Когда?", "Пятница", "Суббота")),
        ("Когда? 1) Пятница 2) Суббота", ("Когда?", "Пятница", "Суббота")),
        ("Когда? 1)Пятница, 2)Суббота", ("Когда?", "Пятница", "Суббота")),
        ("Когда 1) Пятница 2) Суббота", ("Когда", "Пятница", "Суббота")),
        ("Когда? 1. Пятница; 2. Суббота", ("Когда?", "Пятница", "Суббота")),
        ("Что? 1. Чай; Кофе", ("Что?", "1. Чай", "Кофе")),
        ("Едем? Да/Нет", ("Едем?", "Да", "Нет")),
        ("Едем?\nДа / Нет / «и/или»", ("Едем?", "Да", "Нет", "и/или")),
        ("Когда? 5/11", ("Когда?", "5/11")),
        ("Когда? 5/11, 6/11", ("Когда?", "5/11", "6/11")),
        ("Смотрим? https://school.example/a", ("Смотрим?", "https://school.example/a")),
        ("Когда? Пятница, Суббота, не знаю", ("Когда?", "Пятница", "Суббота", "не знаю")),
        ("Когда?\nПятница, Суббота", ("Когда?", "Пятница", "Суббота")),
        ("Едем? Точно? Да, Нет", ("Едем? Точно?", "Да", "Нет")),
        ("Что? Музей, театр; Парк", ("Что?", "Музей, театр", "Парк")),
        ("Что? «Музей; театр»; Парк", ("Что?", "Музей; театр", "Парк")),
        ('Что? "Музей, театр", Парк', ("Что?", "Музей, театр", "Парк")),
        ("Смотрим «Кто там? Да, я»? Да, Нет", ("Смотрим «Кто там? Да, я»?", "Да", "Нет")),
        ("Что? Фильм «Он, она»; Парк", ("Что?", "Фильм «Он, она»", "Парк")),
        ("Открываем «клуб? Да; Нет", ("Открываем «клуб?", "Да", "Нет")),
        ("Едем?", ("Едем?",)),
        ("Едем", ("Едем",)),
    ],
)
def test_question_and_options_are_separated_as_people_write_them(table: CommandTable, text: str, args: tuple[str, ...]):
    assert understood(table, f"!опрос {text}") == ("poll", args, {})


@pytest.mark.parametrize(
    ("text", "args", "kwargs"),
    [
        ("Когда? А; Б до пятницы 18:00", ("Когда?", "А", "Б"), {"until"}),
        ("Когда? А; Б; до пятницы 18:00", ("Когда?", "А", "Б"), {"until"}),
        ("Когда? А; до пятницы 18:00; Б", ("Когда?", "А", "Б"), {"until"}),
        ("Когда? А, Б, до пятницы 18:00", ("Когда?", "А", "Б"), {"until"}),
        ("Когда? А, Б до пт, 20 ноября, 18:00", ("Когда?", "А", "Б"), {"until"}),
        ("Когда? А, до пятницы 18:00, Б", ("Когда?", "А", "Б"), {"until"}),
        ("Когда?\nА\nБ\nby Friday 18:00", ("Когда?", "А", "Б"), {"until"}),
        ("Когда? А; Б кворум 50% до пятницы 18:00", ("Когда?", "А", "Б"), {"until", "quorum"}),
        ("Когда? А; Б до пятницы 18:00, кворум 50%", ("Когда?", "А", "Б"), {"until", "quorum"}),
        ("Когда? А; Б; кворум: половина; тайно", ("Когда?", "А", "Б"), {"quorum", "secret"}),
        ("Когда? А; Б тайно", ("Когда?", "А", "Б"), {"secret"}),
        ("Куда? До Москвы; До Тулы", ("Куда?", "До Москвы", "До Тулы"), set()),
        ("Во сколько? до 9; до 10", ("Во сколько?", "до 9", "до 10"), set()),
        ("Куда? А; «до пятницы»", ("Куда?", "А", "до пятницы"), set()),
        ("Едем до пятницы? Да; Нет", ("Едем до пятницы?", "Да", "Нет"), set()),
        ("Когда сбор? Сбор к 8; Сбор к 9", ("Когда сбор?", "Сбор к 8", "Сбор к 9"), set()),
        ("Куда? Домой; Едем до музея", ("Куда?", "Домой", "Едем до музея"), set()),
        ("Куда? Домой; Едем до маяка", ("Куда?", "Домой", "Едем до маяка"), set()),
        ("К кому? К деду; К бабушке на 2 дня", ("К кому?", "К деду", "К бабушке на 2 дня"), set()),
        ("How? On foot; By the bus", ("How?", "On foot", "By the bus"), set()),
        ("Куда? Домой; «Едем до 9 кворум 50»", ("Куда?", "Домой", "Едем до 9 кворум 50"), set()),
        ("Нужен? Да; Нет, не нужен кворум", ("Нужен?", "Да", "Нет, не нужен кворум"), set()),
        ("Едем? 1) Да 2) Нет до пятницы 18:00", ("Едем?", "Да", "Нет"), {"until"}),
        ("Едем? Да/Нет до пятницы 18:00", ("Едем?", "Да", "Нет"), {"until"}),
        ("Нужен кворум? Кворум всем; Нет кворума", ("Нужен кворум?", "Нет кворума"), None),
    ],
)
def test_words_introduce_keyword_arguments(table: CommandTable, text: str, args: tuple[str, ...], kwargs: set[str] | None):
    if kwargs is None:
        assert refused(table, f"!опрос {text}").key == "core-argument-share"
        return
    name, found, said = understood(table, f"!опрос {text}")
    assert (name, found, set(said)) == ("poll", args, kwargs)
    if "until" in said:
        assert said["until"] == datetime(2026, 11, 20, 18, 0, tzinfo=MOSCOW)
    if "quorum" in said:
        assert said["quorum"] == Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "core-argument-missing"),
        ("до пятницы", "core-argument-missing"),
        ("Когда? А; Б до вчера", "core-when-past"),
        ("Когда? А; Б до 1.09.2030", "core-when-far"),
        ("Когда? А; Б до пятницы 25:00", "core-argument-when"),
        ("Когда? А; Б кворум 150%", "core-argument-share"),
        ("Когда? А; Б кворум 0%", "core-argument-share"),
        ("Когда? А; Б; кворум много", "core-argument-share"),
        ("Едем? Да; Нет кворум 50", "core-argument-share"),
        ("Едем? Да; Нет до пятницы кворум 50", "core-argument-share"),
        ("Едем? Да; Нет кворум 14 до пятницы", "core-argument-share"),
        ("Едем? Да; Нет quorum many", "core-argument-share"),
        ("Едем? Да, нет кворум 50", "core-argument-share"),
        ("Едем? Да/нет кворум 50", "core-argument-share"),
        ("Едем? Да; Нет до пятныцы 18:00", "core-argument-when"),
        ("Едем? Да; Нет до пятныцы, 18:00", "core-argument-when"),
        ("Едем? Да, нет до пятныцы, 18:00", "core-argument-when"),
        ("Едем? Да; Нет до пятныцы кворум 50%", "core-argument-when"),
        ("Едем? Да; Нет до 40 ноябряя", "core-argument-when"),
        ("Едем? Да; Нет к завтро", "core-argument-when"),
        ("Едем? Да; Нет by Fryday", "core-argument-when"),
        ("Едем? Да; Нет until the bell", "core-argument-when"),
    ],
)
def test_wrong_use_is_answered_with_one_sentence(table: CommandTable, texts: Catalogue, text: str, key: str):
    for language in ("ru", "en"):
        problem = refused(table, f"!опрос {text}", language=language)
        assert problem.key == key
        assert "\n" not in texts.text(problem.key, language, **problem.values)


def test_wrong_tail_is_explained_although_the_text_begins_like_a_sub_command(table: CommandTable):
    problem = refused(table, "!опрос закрыть школу на карантин? Да; Нет кворум 50")
    assert (problem.key, problem.values["text"]) == ("core-argument-share", "50")


def test_missing_argument_is_called_by_its_name(table: CommandTable):
    assert refused(table, "!опрос").values == {"name": "вопрос", "example": "!опрос Да? Да; Нет"}
    assert refused(table, "!опрос", language="en").values["name"] == "the question"


# ── Other arguments ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["3", "№3", "# 3", "3."])
def test_number_is_read_as_people_write_it(table: CommandTable, text: str):
    assert understood(table, f"!опрос закрыть {text}") == ("poll close", (3,), {})


def test_optional_argument_may_be_missing(table: CommandTable):
    assert understood(table, "!опрос закрыть") == ("poll close", (), {})


@pytest.mark.parametrize(
    ("text", "found", "option"),
    [
        ("Калинина 2", KALININA, "2"),
        ("калинина ксения 2", KALININA, "2"),
        ("Ксения Калинина Парк и музей", KALININA, "Парк и музей"),
        ("Калининой 2", KALININA, "2"),
        ("1 2", KALININA, "2"),
        ("№1 2", KALININA, "2"),
        ("Беляевы 2", TWINS, "2"),
        ("Беляев Семен 2", TWINS, "2"),
        ("7 2", TWINS, "2"),
        ("Федорова 2", KIM, "2"),
        ("Калинина; 2", KALININA, "2"),
        ("Калинина\n2", KALININA, "2"),
    ],
)
def test_family_is_found_by_its_pupils(table: CommandTable, text: str, found: Family, option: str):
    assert understood(table, f"!опрос голос {text}") == ("poll vote", (found, option), {})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Марк", CHERNOV),
        ("Ершову", ERSHOV),
        ("Ершовых", ERSHOV),
        ("Ивана Ершова", ERSHOV),
        ("Ершову Ивану", ERSHOV),
        ("Семена Белого", BELY),
        ("Белым", BELY),
    ],
)
def test_surname_may_be_in_any_case_and_a_given_name_with_it(text: str, found: Family):
    assert READERS[Family](text, replace(scope(), roster=lambda: GIVEN_NAMES)) == found


@pytest.mark.parametrize(
    "text", ["Иванов", "Ивановы", "Иванову", "Иванов Иван", "Марков", "Маркова", "Романов", "Романова", "Петров", "Ивана"]
)
def test_given_name_is_never_guessed_from_a_surname(text: str):
    with pytest.raises(NotFound):
        READERS[Family](text, replace(scope(), roster=lambda: GIVEN_NAMES))


@pytest.mark.parametrize(
    ("text", "found"),
    [("Chernov", CHERNOV), ("Ershov Ivan", ERSHOV), ("Yershov", ERSHOV), ("Ershova", ERSHOV), ("Mark Chernov", CHERNOV)],
)
def test_names_may_be_in_latin_letters(text: str, found: Family):
    assert READERS[Family](text, replace(scope(), roster=lambda: GIVEN_NAMES)) == found


@pytest.mark.parametrize("text", ["Ivanov", "Markov", "Romanova", "Petrov"])
def test_given_name_is_never_guessed_from_a_surname_in_latin_letters(text: str):
    with pytest.raises(NotFound):
        READERS[Family](text, replace(scope(), roster=lambda: GIVEN_NAMES))


def test_slip_in_a_latin_surname_gets_a_suggestion():
    with pytest.raises(NotFound) as problem:
        READERS[Family]("Charnov", replace(scope(), roster=lambda: GIVEN_NAMES))
    assert problem.value.values["candidates"] == "Марк Чернов (№2)"


def test_slip_in_a_surname_gets_a_suggestion(texts: Catalogue):
    with pytest.raises(NotFound) as problem:
        READERS[Family]("Чарнов", replace(scope(), roster=lambda: GIVEN_NAMES))
    assert texts.text(problem.value.key, "ru", **problem.value.values) == (
        "Не нахожу в классе «Чарнов». Похожие фамилии: Марк Чернов (№2). Напишите фамилию ученика или его номер в списке."
    )


def test_keyword_may_stand_right_before_its_number(table: CommandTable):
    assert understood(table, "!опрос голос Калинина 2 №3") == ("poll vote", (KALININA, "2"), {"poll": 3})


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("Ксения 2", "core-family-ambiguous", ("candidates", "Ксения Калинина (№1); Ксения Никитина (№2)")),
        ("Пушкин 2", "core-family-unknown", ("text", "Пушкин")),
        ("99 2", "core-family-unknown", ("text", "99")),
        ("Калинина", "core-argument-missing", ("name", "номер варианта")),
        ("", "core-argument-missing", ("name", "ученик")),
    ],
)
def test_family_that_is_not_clear_is_asked_for(table: CommandTable, text: str, key: str, value: tuple[str, str]):
    problem = refused(table, f"!опрос голос {text}")
    assert (problem.key, problem.values[value[0]]) == (key, value[1])


def test_text_keeps_its_lines_and_signs(table: CommandTable):
    text = "Завтра каток; берём:\n- коньки\n- «чай»"
    assert understood(table, f"!объявить {text}") == ("say", (text,), {})


def test_text_may_be_followed_by_a_keyword(table: CommandTable):
    name, args, kwargs = understood(table, "!объявить Завтра каток, все идут когда: пятница 18:00")
    assert (name, args, set(kwargs)) == ("say", ("Завтра каток, все идут",), {"at"})


def test_text_before_the_last_takes_one_word(table: CommandTable):
    assert understood(table, "!ёлка математика с. 12 № 4") == ("grade", ("математика", "с. 12 № 4"), {})


# ── Help ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_help_shows_what_the_person_may_use(table: CommandTable, texts: Catalogue):
    for role, language, names in (
        (Role.TEACHER, "ru", ["опрос", "опрос закрыть", "опрос голос", "объявить", "ёлка"]),
        (Role.GUARDIAN, "en", ["tree"]),
        (None, "en", ["tree"]),
    ):
        content = help_content(table, role, language, texts)
        said = [getattr(block, "spans", [])[0] for block in content.blocks if getattr(block, "spans", None)]
        assert ["!" + name for name in names] == [bold.text for bold in said if type(bold).__name__ == "Bold"]


# ── Anything at all ─────────────────────────────────────────────────────────────────────────────────────────────────────

_SCRAPS = st.sampled_from(
    [
        *[
            "!опрос",
            "!poll",
            "закрыть",
            "голос",
            "!объявить",
            "до",
            "by",
            "пятницы",
            "18:00",
            "кворум",
            "50%",
            "?",
            ";",
            ",",
            "«",
            "»",
            "№",
            "1.",
            "-",
            "Калинина",
            "Ксения",
            "2",
            "тайно",
            "ß",
            "İ",
            "！",
        ],
        *["🙂", "1️⃣", "\n", '"', " ", "\0"],
    ]
)


@settings(deadline=None)
@given(st.lists(_SCRAPS | st.text(max_size=8), max_size=14).map(" ".join) | st.text())
def test_any_text_is_talk_a_call_or_one_sentence(table: CommandTable, texts: Catalogue, body: str):
    found = table.find(body)
    if found is None:
        return
    try:
        call = found.bind(Role.TEACHER, scope())
    except UserError as problem:
        said = texts.text(problem.key, "ru", **problem.values)
    else:
        said = call.command.name
    assert said


_ANSWER = st.text("абвгд еёжз!:()", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)


@given(_ANSWER, st.lists(_ANSWER, min_size=2, max_size=20), st.sampled_from(["; ", "\n", " | ", "\n- ", "\n• "]))
def test_question_and_options_survive_being_written(table: CommandTable, question: str, options: list[str], between: str):
    body = f"!опрос {question}?" + "".join(between + option for option in options)
    assert understood(table, body) == ("poll", (f"{question}?", *options), {})


@pytest.mark.parametrize("scrap", ["«", '"', "до ", "?", "; ", "a, ", "! ", "до пятницы ", "\n- ", "1 "])
def test_a_message_of_the_greatest_size_is_read(table: CommandTable, scrap: str):
    found = table.find("!опрос " + scrap * (60_000 // len(scrap)))
    assert found is not None
    try:
        found.bind(Role.TEACHER, scope())
    except UserError:
        return
