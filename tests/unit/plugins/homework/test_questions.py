"""Study questions: from desks, in threads, and solutions that are taken away."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.homework.plugin import plugin
from tests.unit.plugins.homework.scene import ROOM, card_event, desk, edit, media, photo, view_of

QUESTION = "вопрос по математике: как решать № 4? Ксения не поняла"
TOLD = "Вопрос 1 · Математика · Ксения Калинина (guardian0)\nкак решать № 4? Ксения не поняла"
NOBODY = "На все вопросы по заданиям есть ответ."


@pytest.fixture
def asked(talk: Conversation) -> Conversation:
    talk.teacher.says("!дз математика № 4 к пятнице", room=ROOM)
    answer = talk.guardian(0).says(QUESTION, room=desk(talk))
    assert answer == "Вопрос передан учителям класса. Ответ придёт сюда."
    return talk


def in_thread(talk: Conversation) -> list[str]:
    return [
        m.body
        for m in talk.room(ROOM)
        if m.content.get("m.relates_to", {}).get("rel_type") == "m.thread" and "body" in m.content
    ]


def test_question_from_a_desk_is_numbered_in_the_staff_room(asked: Conversation):
    assert asked.texts("staff")[0].startswith(TOLD)
    assert asked.texts(ROOM)[1:] == []


def test_reply_goes_to_the_asking_desk_only(asked: Conversation):
    asked.teacher.says("По действиям, в столбик", room="staff", reply_to=asked.card("Вопрос 1", "staff").event_id)
    assert asked.texts("family0-0")[-1] == (
        "Ответ учителя (Математика): По действиям, в столбик\nВаш вопрос: «как решать № 4? Ксения не поняла»"
    )
    assert (in_thread(asked), len(asked.texts("staff"))) == ([], 1)
    assert asked.teacher.says("!дз вопросы", room="staff") == NOBODY


def test_photo_in_reply_is_an_answer(asked: Conversation):
    question = asked.card("Вопрос 1", "staff").event_id
    photo(asked.teacher, room="staff", reply_to=question, name="1.jpg")
    assert asked.texts("family0-0")[-2].startswith("Ответ учителя (Математика): смотрите фото")
    assert [copy["url"] for copy in media(asked, "family0-0")] == ["mxc://school.localhost/1.jpg"]
    photo(asked.teacher, room="staff", reply_to=question, name="2.jpg", caption="всем: вот так")
    assert in_thread(asked)[0] == "Ответ на вопрос (Математика): вот так"
    assert [copy["url"] for copy in media(asked)] == ["mxc://school.localhost/2.jpg"]
    asked.teacher.says("!дз русский на фото, к пятнице", room="staff")
    assert len(media(asked)) == 1


def test_answer_to_everybody_stands_in_the_thread_without_a_name(asked: Conversation):
    asked.teacher.says("!ответить 1 всем: по действиям", room="staff")
    assert in_thread(asked) == ["Ответ на вопрос (Математика): по действиям"]
    assert "Учитель ответил всем" in asked.texts("family0-0")[-1]
    thread = asked.room(ROOM)[-1].content["m.relates_to"]
    assert thread["event_id"] == card_event(asked)


def test_command_asks_from_a_shared_room_without_saying_it_there(talk: Conversation):
    talk.guardian(4).says("!вопрос как сдавать?", room=ROOM)
    assert talk.texts(ROOM) == []
    assert talk.texts("staff")[0].startswith("Вопрос 1 · домашнее задание · Марк Чернов (guardian4)\nкак сдавать?")
    assert talk.texts("family2-0") == ["Вопрос передан учителям класса. Ответ придёт сюда."]
    talk.teacher.says("!ответить 1 в тетради", room="staff")
    assert (len(talk.texts("family2-0")), talk.homeserver.rooms.get("family2-1")) == (2, None)  # type: ignore[call-overload]


def test_teacher_may_answer_in_the_desk_itself(asked: Conversation):
    question = asked.event_of("вопрос по математике", "family0-0")
    asked.teacher.says("по действиям", room="family0-0", reply_to=question)
    assert asked.teacher.says("!дз вопросы", room="staff") == NOBODY


def test_list_of_unanswered_questions(asked: Conversation):
    asked.guardian(4).says("А № 5 обязательно?", room=ROOM, thread=card_event(asked))
    asked.guardian(4).says("Спасибо!", room=ROOM, thread=card_event(asked))
    assert asked.teacher.says("!дз вопросы", room=ROOM).split("\n") == [
        "Без ответа 2 вопроса по заданиям:",
        "• 1 · пн, 16 ноября, 10:00 · Математика: «как решать № 4? Ксения не поняла»",
        "• 2 · пн, 16 ноября, 10:00 · в ветке на пт, 20 ноября: «А № 5 обязательно?»",
    ]
    assert in_thread(asked) == ["А № 5 обязательно?", "Спасибо!"]


def test_question_in_the_thread_is_answered_there(asked: Conversation):
    thread = card_event(asked)
    asked.guardian(4).says("А № 5 обязательно?", room=ROOM, thread=thread)
    asked.teacher.says("!ответить 2 по желанию", room="staff")
    assert in_thread(asked)[-1] == "по желанию"
    asked.guardian(5).says("А № 6?", room=ROOM, thread=thread)
    asked.teacher.says("Да", room=ROOM, thread=thread)
    asked.guardian(5).says("А № 7?", room=ROOM, thread=thread)
    asked.teacher.reacts("А № 7?", "✅", room=ROOM)
    asked.teacher.reacts("Вопрос 1", "✅", room="staff")
    assert asked.teacher.says("!дз вопросы", room="staff") == NOBODY


def test_question_that_is_taken_back_waits_for_nothing(asked: Conversation):
    asked.guardian(0).takes_back(asked.event_of("вопрос по", "family0-0"), room="family0-0")
    assert (asked.texts("staff"), asked.teacher.says("!дз вопросы", room="staff")) == ([], NOBODY)
    assert asked.texts("family0-0")[-1] == "Вопрос удалён, учителям его больше не видно."


def test_edited_question_is_what_staff_answer(asked: Conversation):
    sent = asked.event_of("вопрос по", "family0-0")
    edit(asked.guardian(0), sent, "вопрос по математике: как решать № 5?", room="family0-0")
    assert asked.texts("staff")[-1].startswith("Вопрос 1 исправлен · Математика · Ксения Калинина (guardian0)\nкак решать № 5?")
    assert asked.texts("family0-0")[-1] == "Исправленный вопрос передан учителям."
    asked.teacher.says("!ответить 1 в столбик", room="staff")
    assert asked.texts("family0-0")[-1].endswith("Ваш вопрос: «как решать № 5?»")
    edit(asked.guardian(0), sent, "вопрос по математике: как решать № 6?", room="family0-0")
    assert asked.texts("family0-0")[-1].startswith("Правку вопроса уже не передать.")


def test_answer_to_everybody_names_nobody(asked: Conversation):
    question = asked.card("Вопрос 1", "staff").event_id
    for text in ("всем: Ксения, решай по действиям", "всем: Калининой объясню отдельно"):
        asked.teacher.says(text, room="staff", reply_to=question)
        assert asked.texts("staff")[-1].startswith("В ответе всем стоит имя семьи")
    assert in_thread(asked) == []
    assert len(asked.texts("family0-0")) == 1


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("!ответить 7 да", "Вопроса 7 нет. Без ответа: !дз вопросы"),
        ("!ответить 1 всем:", "Что ответить на вопрос 1? Например: !ответить 1 решаем по действиям"),
        (
            "!вопрос как?",
            "Так спрашивают родители, в своей личной комнате. Вопрос о задании можно задать и в ветке под карточкой дня.",
        ),
    ],
)
def test_wrong_commands_get_one_sentence(asked: Conversation, command: str, answer: str):
    assert asked.teacher.says(command, room="staff") == answer


def test_same_dialogue_in_english(english: Conversation):
    english.teacher.says("!hw maths no. 4 by Friday", room=ROOM)
    answer = english.guardian(0).says("question about maths: how?", room=desk(english))
    assert answer == "The teachers of the class have your question. The answer will come here."
    english.teacher.says("!answer 1 all: step by step", room="staff")
    assert in_thread(english) == ["Answer to a question (Maths): step by step"]
    assert english.texts("family0-0")[-1].startswith("The teacher has answered everybody, in the task's thread")


# ── Solutions ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("hides", ["reaction", "command"])
def test_solution_is_taken_away_with_a_kind_word(asked: Conversation, hides: str):
    asked.guardian(4).says("№ 4: ответ 42?", room=ROOM, thread=card_event(asked))
    message = asked.event_of("ответ 42", ROOM)
    if hides == "reaction":
        asked.teacher.reacts(message, "🙈", room=ROOM)
        asked.teacher.reacts("Домашнее", "🙈", room=ROOM)
    else:
        asked.teacher.says("!убрать", room=ROOM, reply_to=message)
        assert "!убрать" not in " ".join(m.body for m in asked.room(ROOM))
    assert in_thread(asked) == []
    assert asked.texts("family2-0") == [
        (
            "В вашем сообщении в ветке задания было готовое решение, и учитель его убрал, чтобы дети подумали сами."
            " Спасибо, что помогаете! Подсказку, с чего начать, написать можно."
        )
    ]
    assert "ответ 42" not in asked.teacher.says("!дз вопросы", room="staff")
    assert asked.card("Домашнее", ROOM).body


def test_families_and_strangers_take_nothing_away(asked: Conversation):
    asked.guardian(4).says("№ 4: ответ 42", room=ROOM, thread=card_event(asked))
    asked.guardian(0).reacts("ответ 42", "🙈", room=ROOM)
    asked.stranger().reacts("ответ 42", "🙈", room=ROOM)
    assert in_thread(asked) == ["№ 4: ответ 42"]


def test_two_reactions_are_one_letter(asked: Conversation):
    photo(asked.guardian(4), thread=card_event(asked), caption="решение")
    message = asked.event_of("решение", ROOM)
    with asked.at_once():
        asked.teacher.reacts(message, "🙈", room=ROOM)
        asked.teacher.says("!убрать", room=ROOM, reply_to=message)
    assert len(asked.texts("family2-0")) == 1


def test_hiding_nothing_is_explained(asked: Conversation):
    answer = asked.teacher.says("!убрать", room="staff")
    assert answer == "Напишите !убрать ответом на сообщение родителя в ветке задания."


# ── Export and erasure ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_export_holds_questions_and_groups_and_erasure_forgets_them(asked: Conversation):
    assert plugin.export is not None
    assert plugin.erase is not None
    asked.teacher.says("!ответить 1 по действиям", room="staff")
    asked.teacher.says("!группа английский А Калинина, Чернов", room="staff")
    mine, other = asked.family("Калинина"), asked.family("Чернов")
    found = plugin.export(view_of(asked), mine)
    assert found["Группы"] == {"Ксения Калинина, Английский язык": "А"}
    (row,) = found["Вопросы по заданиям"]
    assert (row["Предмет"], row["Вопрос"], row["Ответ"]) == ("Математика", "как решать № 4? Ксения не поняла", "по действиям")
    assert "Вопросы по заданиям" not in plugin.export(view_of(asked), other)
    plugin.erase(view_of(asked), mine)
    plugin.erase(view_of(asked), mine)
    assert plugin.export(view_of(asked), mine) == {}
    assert plugin.export(view_of(asked), other) != {}
