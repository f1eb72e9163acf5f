"""How families confirm a must-read, and what does not confirm it."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.storage.tables import MemberRow, PupilRow
from classroom_matrix.testing.conversation import CLASS, Conversation
from classroom_matrix.testing.invented_class import FamilySpec
from classroom_plugins.announcements.plugin import plugin

from .seeing import desk_of, desk_texts, events_of, letters, opens, progress, said

NOBODY = "Пока никто не подтвердил (всего 4 семьи)."
ONE = "Подтвердила 1 из 4 семей."


@pytest.fixture
def reminded(asked: Conversation) -> Conversation:
    """The same, a day before its deadline: everybody has got a letter."""
    asked.move_to(datetime(2026, 11, 17, 18, 1))
    return asked


def test_card_has_one_button_and_counts(asked: Conversation):
    card = asked.card("уроки")
    assert (progress(asked), list(card.reactions)) == (NOBODY, ["✅"])
    asked.guardian(0).reacts("уроки", "✅")
    assert progress(asked) == ONE


@pytest.mark.parametrize("key", ["✅", "👍", "👍🏽", "✔️", "☑️", "ok", "Да", "+"])
def test_any_of_these_taps_confirms(asked: Conversation, key: str):
    asked.guardian(0).reacts("уроки", key)
    assert progress(asked) == ONE


@pytest.mark.parametrize("key", ["❤️", "👎", "🤔", "1️⃣", "❌", "спасибо"])
def test_other_reactions_confirm_nothing(asked: Conversation, key: str):
    asked.guardian(0).reacts("уроки", key)
    assert progress(asked) == NOBODY


def test_family_confirms_once_whoever_of_it_does(asked: Conversation):
    for guardian in (0, 1, 4, 5):  # two of one household, two that live apart
        asked.guardian(guardian).reacts("уроки", "✅")
    assert progress(asked) == "Подтвердили 2 из 4 семей."


def test_taps_get_no_text_answer(asked: Conversation):
    before = [events_of(asked, room) for room in ("announcements", "staff", "talk")]
    asked.guardian(0).reacts("уроки", "✅")
    assert [events_of(asked, room) for room in ("announcements", "staff", "talk")] == before
    assert asked.desk(asked.guardian(0)) == []
    assert progress(asked) == ONE


def test_taps_of_one_moment_are_one_edit(asked: Conversation):
    with asked.at_once():
        for guardian in (0, 2, 4):
            asked.guardian(guardian).reacts("уроки", "✅")
    assert progress(asked) == "Подтвердили 3 из 4 семей."
    assert asked.card("уроки").edits == 1


def test_tap_that_is_taken_back_confirms_no_more_unless_another_stands(asked: Conversation):
    first = asked.guardian(0).reacts("уроки", "✅")
    second = asked.guardian(1).reacts("уроки", "✅")
    asked.guardian(0).takes_back(first)
    assert progress(asked) == ONE
    asked.guardian(1).takes_back(second)
    assert progress(asked) == NOBODY


def test_tap_that_is_taken_back_before_it_arrives_confirms_nothing(asked: Conversation):
    with asked.at_once():
        tap = asked.guardian(0).reacts("уроки", "✅")
        asked.guardian(0).takes_back(tap)
        feed = asked._feed
        tapped = next(event for event in feed if event["event_id"] == tap)
        tapped["type"] = "m.reaction"
        tapped["content"] = {
            "m.relates_to": {"rel_type": "m.annotation", "event_id": asked.event_of("уроки", "announcements"), "key": "✅"}
        }
        feed.reverse()
    assert progress(asked) == NOBODY


def test_same_event_twice_counts_once(asked: Conversation):
    tap = asked.guardian(0).reacts("уроки", "✅")
    events = [e for e in asked.homeserver.rooms[asked.room_id("announcements")].events if e["event_id"] == tap]
    asked.homeserver._feeds[next(iter(asked.homeserver._feeds))] += events
    asked.settle()
    assert progress(asked) == ONE


def test_only_guardians_speak_for_families(asked: Conversation):
    asked.teacher.reacts("уроки", "✅")
    asked.stranger().reacts("уроки", "✅")
    assert progress(asked) == NOBODY


@pytest.mark.parametrize("role", ["relative", "pupil"])
def test_relatives_and_pupils_have_no_say(reminded: Conversation, role: str):
    MemberRow.update(role=role).where(MemberRow.person_id == "guardian0").execute()
    person = reminded.guardian(0)
    person.reacts("уроки", "✅")
    person.says("прочитали", room=desk_of(person))
    assert progress(reminded) == NOBODY


def test_guardian_with_a_court_limit_has_no_say():
    with Conversation(plugin) as talk:
        talk.teacher.says("!важно Завтра уроки с 9:00. Подтвердить до среды 18:00", room="staff")
        MemberRow.update(limited=True).where(MemberRow.person_id == "guardian0").execute()
        talk.guardian(0).reacts("уроки", "✅")
        assert progress(talk) == NOBODY


def test_read_receipt_is_no_confirmation(asked: Conversation):
    asked.advance(minutes=5)
    opens(asked, asked.guardian(0), asked.guardian(2))
    listed = asked.teacher.says("!важно кто", room="staff")
    assert NOBODY in listed
    assert listed.count("комнату открывали") == 2


@pytest.mark.parametrize(
    "words",
    [
        "прочитали",
        "Прочитала, спасибо!",
        "готово",
        "да",
        "Ознакомлены.",
        "ок",
        "✅",
        "👍",
        "№1 прочитали",
        "Done",
        "read",
        "да, №1",
        "Да, конечно",
        "ясно",
        "Принято, спасибо большое",
        "ok thanks",
    ],
)
def test_words_in_the_desk_confirm(reminded: Conversation, words: str):
    mother = reminded.guardian(0)
    mother.says(words, room=desk_of(mother))
    assert progress(reminded) == ONE
    assert desk_texts(reminded, mother)[-1] == "Записано: семья прочитала объявление №1 «Завтра уроки с 9:00». Спасибо!"
    assert len(desk_texts(reminded, mother)) == 2  # the letter and one short echo


@pytest.mark.parametrize(
    "words",
    [
        "да, прочитала",
        "yes, read",
        "Калинины прочитали",
        "Здравствуйте, прочитали",
        "Прочитано ✅",
        "с объявлением ознакомлена",
        "прочитали объявление",
        "все поняли, прочитали",
        "Yes, we have read it",
        "We've seen it, thanks",
        "прочитали 1",
    ],
)
def test_who_says_that_it_was_read_need_not_have_been_asked(asked: Conversation, words: str):
    mother = asked.guardian(0)
    asked.do(asked._desk_of(CLASS, mother.person.household_id))  # type: ignore[union-attr]
    mother.says(words, room=desk_of(mother))
    assert progress(asked) == ONE


@pytest.mark.parametrize(
    "words",
    [
        "ок",
        "хорошо, спасибо",
        "понятно",
        "ok thanks",
        "Да, конечно",
        "ясно",
        "готово",
        "прочитали?",
        "не прочитали",
        "ещё не прочитала",
        "прочитали № 4 по математике?",
    ],
)
def test_what_may_be_said_to_the_teacher_is_left_alone(asked: Conversation, words: str):
    mother = asked.guardian(0)
    asked.do(asked._desk_of(CLASS, mother.person.household_id))  # type: ignore[union-attr]
    assert mother.says(words, room=desk_of(mother)) == ""
    assert progress(asked) == NOBODY


@pytest.mark.parametrize("words", ["прочитали оба", "read both", "прочитали 1 и 2", "№1 и №2 прочитали", "прочитали все"])
def test_both_are_confirmed_in_one_word(asked: Conversation, words: str):
    asked.teacher.says("!важно Второе объявление", room="staff")
    mother = asked.guardian(0)
    asked.do(asked._desk_of(CLASS, mother.person.household_id))  # type: ignore[union-attr]
    answer = "Записано: семья прочитала объявления №1 «Завтра уроки с 9:00», №2 «Второе объявление». Спасибо!"
    assert mother.says(words, room=desk_of(mother)) == answer
    assert [ONE in asked.teacher.says(f"!важно кто {number}", room="staff") for number in (1, 2)] == [True, True]


def test_letters_of_one_moment_leave_open_which_is_meant(asked: Conversation):
    asked.teacher.says("!важно Второе объявление. Подтвердить до среды 18:00", room="staff")
    asked.move_to(datetime(2026, 11, 17, 18, 1))
    mother = asked.guardian(0)
    assert "Ответьте номером" in mother.says("прочитали", room=desk_of(mother))
    assert "№2 «Второе объявление»" in mother.says("оба", room=desk_of(mother))
    assert [ONE in asked.teacher.says(f"!важно кто {number}", room="staff") for number in (1, 2)] == [True, True]


@pytest.mark.parametrize(
    "words", ["А во сколько конец уроков?", "нет", "прочитали, но у нас вопрос про обед", "7", "№9 прочитали"]
)
def test_other_words_in_the_desk_confirm_nothing(reminded: Conversation, words: str):
    mother = reminded.guardian(0)
    mother.says(words, room=desk_of(mother))
    assert progress(reminded) == NOBODY


def test_reaction_on_the_letter_confirms(reminded: Conversation):
    mother = reminded.guardian(0)
    (letter,) = letters(reminded, mother)
    assert (letter.loud, list(letter.reactions)) == (True, [])  # a button would be one more event for each household
    mother.reacts(letter.event_id, "✅", room=desk_of(mother))
    assert progress(reminded) == ONE
    assert "✅ в личной комнате" in reminded.teacher.says("!важно кто", room="staff")


def test_reply_to_a_letter_means_its_announcement(reminded: Conversation):
    reminded.teacher.says("!важно Второе объявление. Подтвердить до среды 18:00", room="staff")
    mother = reminded.guardian(0)
    mother.says("прочитали", room=desk_of(mother), reply_to=letters(reminded, mother)[0].event_id)
    listed = [reminded.teacher.says(f"!важно кто {number}", room="staff") for number in (1, 2)]
    assert [ONE in text for text in listed] == [True, False]


def test_of_two_the_one_that_was_asked_about_in_the_desk_is_meant(reminded: Conversation):
    reminded.teacher.says("!важно Второе объявление. Подтвердить до пятницы 18:00", room="staff")
    mother = reminded.guardian(0)
    mother.says("готово", room=desk_of(mother))
    assert "№1 «Завтра уроки" in desk_texts(reminded, mother)[-1]
    mother.says("прочитали", room=desk_of(mother))
    assert "№2 «Второе" in desk_texts(reminded, mother)[-1]


def test_of_two_that_nobody_asked_about_it_is_asked_which(reminded: Conversation):
    with Conversation(plugin) as talk:
        mother = talk.guardian(0)
        for text in ("Первое", "Второе"):
            talk.teacher.says(f"!важно {text} объявление. Подтвердить до пятницы 18:00", room="staff")
        talk.do(talk._desk_of(CLASS, mother.person.household_id))  # type: ignore[union-attr]
        mother.says("прочитали", room=desk_of(mother))
        assert "Первое" in desk_texts(talk, mother)[-1]
        assert "Второе" in desk_texts(talk, mother)[-1]
        mother.says("2", room=desk_of(mother))
        assert "№2 «Второе объявление»" in desk_texts(talk, mother)[-1]


def test_second_guardian_hears_that_it_is_done(reminded: Conversation):
    mother, father = reminded.guardian(0), reminded.guardian(1)
    mother.says("прочитали", room=desk_of(mother))
    father.says("прочитал", room=desk_of(father))
    assert desk_texts(reminded, father)[-1].startswith("От вашей семьи подтверждение уже есть")


def test_separated_parents_answer_in_their_own_desks_and_count_as_one(reminded: Conversation):
    mother, father = reminded.guardian(4), reminded.guardian(5)
    mother.says("прочитала", room=desk_of(mother))
    assert len(desk_texts(reminded, father)) == 1  # only the letter
    assert progress(reminded) == ONE


def test_teacher_enters_for_a_family_with_how_who_and_when(asked: Conversation):
    answer = asked.teacher.says("!подтвердил Исаев по телефону", room="staff")
    assert answer == "Записано: Максим Исаев — подтверждено, объявление №1 «Завтра уроки с 9:00»."
    assert progress(asked) == ONE
    assert "Максим Исаев · по телефону, Анна Сергеевна · пн, 16 ноября, 10:00" in asked.teacher.says("!важно кто", room="staff")


@pytest.mark.parametrize("text", ["Калинина №1 по телефону", "Калининой по телефону №1", "Калинина", "1"])
def test_proxy_entries_are_written_as_people_write(asked: Conversation, text: str):
    asked.teacher.says(f"!подтвердила {text}", room="staff")
    assert progress(asked) == ONE


def test_proxy_entry_can_be_removed_and_other_ways_stand(asked: Conversation):
    asked.guardian(0).reacts("уроки", "✅")
    asked.teacher.says("!подтвердил Калинина по телефону", room="staff")
    asked.teacher.says("!подтвердил Исаев", room="staff")
    assert "Запись снята" in asked.teacher.says("!подтвердил Исаев №1 снять", room="staff")
    asked.teacher.says("!подтвердил Калинина №1 снять", room="staff")
    assert progress(asked) == ONE
    assert "ничего не записано" in asked.teacher.says("!подтвердил Исаев №1 снять", room="staff")


def test_proxy_entry_names_people_so_it_is_taken_away_where_families_read(asked: Conversation):
    asked.teacher.says("!подтвердил Исаев по телефону", room="talk")
    assert not any("Исаев" in message.body for message in asked.room("talk"))
    assert "Максим Исаев — подтверждено" in said(asked, "staff")[-1]


def test_list_is_private_and_says_how_and_when(asked: Conversation):
    asked.guardian(0).reacts("уроки", "✅")
    before = said(asked)
    asked.teacher.says("!важно кто", room="announcements")
    assert [text for text in said(asked) if text not in before] == []
    listed = said(asked, "staff")[-1].split("\n")
    assert listed[0] == f"Объявление №1 «Завтра уроки с 9:00», срок ср, 18 ноября, 18:00. {ONE}"
    assert listed[2:] == [
        "Таисия Беляева, Семён Беляев · нет · ",
        "Марк Чернов · нет · ",
        "Максим Исаев (на бумаге) · нет · ",
        "Ксения Калинина · ✅ в комнате, guardian0 · пн, 16 ноября, 10:00",
    ]


def test_late_confirmation_counts_and_is_marked(reminded: Conversation):
    reminded.move_to(datetime(2026, 11, 18, 18, 30))
    assert "Срок подтверждения был ср, 18 ноября, 18:00." in reminded.card("уроки").body
    mother = reminded.guardian(0)
    mother.says("прочитали", room=desk_of(mother))
    assert "Срок уже прошёл, но отметка есть." in desk_texts(reminded, mother)[-1]
    reminded.guardian(2).reacts("уроки", "✅")
    assert reminded.teacher.says("!важно кто", room="staff").count("после срока") == 2


def test_newcomer_has_to_confirm_and_leaver_drops_out(asked: Conversation):
    asked.guardian(0).reacts("уроки", "✅")
    asked.guardian(2).reacts("уроки", "✅")
    MemberRow.delete().where(MemberRow.family_id == "family0").execute()
    PupilRow.delete().where(PupilRow.family_id == "family0").execute()
    asked.guardian(4).reacts("уроки", "✅")
    assert progress(asked) == "Подтвердили 2 из 3 семей."


def test_twins_are_one_family():
    families = [FamilySpec(("Таисия Беляева", "Семён Беляев")), FamilySpec(("Марк Чернов",))]
    with Conversation(plugin, families=families) as talk:
        talk.teacher.says("!важно Завтра уроки с 9:00. Подтвердить до среды 18:00", room="staff")
        talk.guardian(0).reacts("уроки", "✅")
        assert progress(talk) == "Подтвердила 1 из 2 семей."


def test_everybody_has_confirmed_is_said_once_to_staff(asked: Conversation):
    for guardian in (0, 2, 4):
        asked.guardian(guardian).reacts("уроки", "✅")
    asked.teacher.says("!подтвердил Исаев на бумаге", room="staff")
    done = "Объявление №1 «Завтра уроки с 9:00» подтвердили все семьи (4)."
    assert said(asked, "staff").count(done) == 1
    asked.advance(days=3)
    assert said(asked, "staff").count(done) == 1
    assert not any("Срок вышел" in text for text in said(asked, "staff"))


def test_confirmation_of_what_need_not_be_confirmed_says_that_it_was_passed_on(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток", room="staff")
    answer = talk.teacher.says("!передано Исаев на бумаге", room="staff")
    assert answer == "Записано: Максим Исаев — передано, объявление №1 «Завтра каток»."


def edits(talk: Conversation, event: str, after: str) -> list[str]:
    """A parent edits what they wrote, as clients do it. Returns what the service says to it."""
    told = talk.count_of_bot()
    content = {
        "msgtype": "m.text",
        "body": f"* {after}",
        "m.new_content": {"msgtype": "m.text", "body": after},
        "m.relates_to": {"rel_type": "m.replace", "event_id": event},
    }
    talk.guardian(0).sends("m.room.message", content, room="family0-0")
    return talk.bot_messages_since(told)


def test_edit_that_says_something_else_gets_one_line_and_a_deletion_takes_back(reminded: Conversation):
    reminded.guardian(0).says("прочитали", room="family0-0")
    event = reminded.event_of("прочитали", "family0-0")
    assert edits(reminded, event, "да, прочитали, спасибо") == []
    assert edits(reminded, event, "а что принести?")[0].startswith("Правку не понимаю: по-прежнему отмечено")
    assert progress(reminded) == ONE
    before = reminded.count_of_bot()
    reminded.guardian(0).takes_back(event, room="family0-0")
    (told,) = reminded.bot_messages_since(before)
    assert told.startswith("Отметка снята: объявление №1")
    assert progress(reminded) == NOBODY


def test_deleted_word_beside_another_confirmation_is_said_to_stand(reminded: Conversation):
    reminded.guardian(0).says("прочитали", room="family0-0")
    reminded.guardian(1).reacts("уроки", "✅")
    before = reminded.count_of_bot()
    reminded.guardian(0).takes_back(reminded.event_of("прочитали", "family0-0"), room="family0-0")
    (told,) = reminded.bot_messages_since(before)
    assert told.startswith("Сообщение снято, но отметка вашей семьи есть")
    assert progress(reminded) == ONE


def test_edit_of_a_slip_confirms(reminded: Conversation):
    reminded.guardian(0).says("прчтл", room="family0-0")
    assert edits(reminded, reminded.event_of("прчтл", "family0-0"), "прочитали")[0].startswith("Записано: семья прочитала")
    assert progress(reminded) == ONE
