"""Ideas: how they come, who hears of what, and what becomes of them."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .stage import card, letters, lines, room_noise, writes


def queue(talk: Conversation) -> list[str]:
    """The lines of the queue in the staff room."""
    return [text for text in talk.texts("staff") if text.startswith("Идея №")]


def test_idea_in_a_desk_goes_to_the_staff_room_and_is_echoed(rink: Conversation):
    assert writes(rink, 0, "Идея: взять на каток термосы") == (
        "Спасибо! Идея №1 для события №1 «Каток» передана: «взять на каток термосы». "
        "Вашего имени другие не увидят; если можно назвать, напишите «с именем»."
    )
    assert queue(rink)[0].split("\n") == [
        "Идея №1, №1 «Каток»: взять на каток термосы — guardian0 (Ксения Калинина)",
        "✅ — в план; или !идеи отклонить 1 <причина>",
    ]
    assert room_noise(rink) == 1


def test_idea_for_no_event_opens_one_when_it_is_accepted(rink: Conversation):
    assert writes(rink, 0, "Есть идея: сходить в планетарий").startswith("Спасибо! Идея №1 передана: «сходить в планетарий».")
    assert "новое событие" in queue(rink)[0]
    rink.teacher.reacts("Идея №1", "✅", room="staff")
    assert card(rink, "сходить в планетарий").split("\n")[-1] == "идея · план · участие · прошло · спасибо"
    assert letters(rink, 0)[-1] == ("Ваша идея пригодилась! По ней открыто событие: «сходить в планетарий».")


def test_what_may_be_said_to_the_teacher_alone_is_asked_back(rink: Conversation):
    answer = writes(rink, 0, "Предлагаю обсудить поведение Ксении")
    assert answer == "Понял так: идея: обсудить поведение Ксении. Верно? Ответьте «да» или «нет»."
    assert queue(rink) == []
    writes(rink, 0, "нет")
    assert queue(rink) == []
    writes(rink, 0, "Предлагаю сходить в планетарий")
    assert writes(rink, 0, "да").startswith("Спасибо! Идея №1 передана: «сходить в планетарий».")


def test_idea_in_the_thread_needs_no_command(rink: Conversation):
    thread = rink.card("Каток", room="events").event_id
    assert rink.guardian(0).says("Предлагаю взять термосы", room="events", thread=thread) == queue(rink)[0]
    rink.guardian(2).says("А во сколько сбор?", room="events", thread=thread)
    assert len(queue(rink)) == 1
    assert room_noise(rink) == 1


def test_message_that_is_marked_with_a_bulb_is_an_idea(rink: Conversation):
    thread = rink.card("Каток", room="events").event_id
    rink.guardian(0).says("Можно взять санки", room="events", thread=thread)
    rink.guardian(2).reacts("Можно взять санки", "💡", room="events")  # a parent's bulb means nothing
    assert queue(rink) == []
    rink.teacher.reacts("Можно взять санки", "💡", room="events")
    rink.teacher.reacts("Можно взять санки", "💡", room="events")
    assert [text.split("\n")[0] for text in queue(rink)] == [
        "Идея №1, №1 «Каток»: Можно взять санки — guardian0 (Ксения Калинина)"
    ]


def test_bulb_of_the_committee_counts(rink: Conversation):
    rink.teacher.says("!комитет guardian2 события", room="staff")
    thread = rink.card("Каток", room="events").event_id
    rink.guardian(0).says("Можно взять санки", room="events", thread=thread)
    rink.guardian(2).reacts("Можно взять санки", "💡", room="events")
    assert len(queue(rink)) == 1


def test_talk_elsewhere_is_not_kept(rink: Conversation):
    rink.guardian(0).says("Предлагаю взять термосы", room="talk")
    assert queue(rink) == []
    assert rink._runner.run(rink.database.call(lambda: rink.database.execute("SELECT * FROM events_talk").fetchall())) == []


def test_accepted_idea_is_a_line_of_the_plan_without_its_author(rink: Conversation):
    writes(rink, 0, "идея: взять на каток термосы")
    rink.teacher.says("!план добавить 1", room="events")
    assert lines(rink, "1. ", "Версия")[0] == "1. взять на каток термосы"
    assert "guardian0" not in card(rink)
    assert queue(rink)[0].split("\n")[1] == "Принято."
    assert letters(rink, 0)[-1] == "Ваша идея пригодилась! «взять на каток термосы» теперь в плане: «Каток»."


def test_idea_goes_into_the_plan_that_is_said(rink: Conversation):
    rink.teacher.says("!событие Музей 5 декабря 10:00", room="events")
    writes(rink, 0, "идея: взять бинокли")
    writes(rink, 2, "идея: взять термосы")
    writes(rink, 4, "идея: взять санки на каток")
    rink.teacher.says("!план добавить 1 в №2", room="staff")
    assert lines(rink, "1. ", title="Музей") == ["1. взять бинокли"]
    rink.teacher.says("!план добавить №2", room="events", thread=rink.card("Каток ·", room="events").event_id)
    rink.teacher.says("!план добавить 3", room="events")
    assert lines(rink, "1. ", "2. ") == ["1. взять термосы", "2. взять санки на каток"]
    writes(rink, 0, "идея: взять чай")
    assert rink.teacher.says("!план добавить 4", room="staff").startswith("Событий несколько")


def test_author_is_named_where_they_agreed(rink: Conversation):
    writes(rink, 0, "идея: взять на каток термосы")
    assert writes(rink, 0, "с именем").startswith("Хорошо, если идею примут, скажем, что она ваша")
    rink.teacher.says("!идеи принять 1", room="staff")
    assert "1. взять на каток термосы (идея: guardian0)" in card(rink)


def test_declined_idea_is_told_kindly_and_to_its_author_only(rink: Conversation):
    writes(rink, 0, "идея: взять на каток собаку")
    rink.teacher.says("!идеи отклонить 1 на лёд с собаками нельзя", room="staff")
    assert letters(rink, 0)[-1] == (
        "Спасибо за идею «взять на каток собаку»! В этот раз не получится: на лёд с собаками нельзя. Предлагайте ещё!"
    )
    assert letters(rink, 2) == []
    assert queue(rink)[0].split("\n")[1] == "Отклонено: на лёд с собаками нельзя"
    assert "собак" not in card(rink)
    assert rink.teacher.says("!идеи принять 1", room="staff") == "По идее №1 уже решили."


def test_cross_on_the_queue_asks_for_the_reason(rink: Conversation):
    writes(rink, 0, "идея: взять на каток собаку")
    rink.teacher.reacts("Идея №1", "❌", room="staff")
    assert rink.texts("staff")[-1] == "Почему отклоняем идею №1? Напишите: !идеи отклонить 1 <причина>"


def test_queue_shows_authors_to_staff_and_hides_them_from_the_committee(rink: Conversation):
    writes(rink, 0, "идея: взять на каток термосы")
    rink.guardian(4).says("предлагаю санки", room="events", thread=rink.card("Каток", room="events").event_id)
    said = rink.teacher.says("!идеи", room="staff")
    assert "• Идея №1, №1 «Каток»: взять на каток термосы — guardian0 (Ксения Калинина)" in said
    rink.teacher.says("!комитет guardian2 события", room="staff")
    rink.guardian(2).says("!идеи", room="events")
    shown = letters(rink, 2)[-1]
    assert "• Идея №1, №1 «Каток»: взять на каток термосы\n" in shown
    assert "• Идея №2, №1 «Каток»: санки — guardian4 (Марк Чернов)" in shown


def test_queue_is_no_business_of_other_parents(rink: Conversation):
    writes(rink, 0, "идея: взять на каток термосы")
    rink.guardian(2).says("!идеи", room="events")
    assert all("термос" not in text for text in letters(rink, 2))
    rink.guardian(2).says("!идеи принять 1", room="events")
    assert "термос" not in card(rink)


def test_command_in_the_thread_is_answered_in_the_desk(rink: Conversation):
    thread = rink.card("Каток", room="events").event_id
    rink.guardian(0).says("!идея взять термосы", room="events", thread=thread)
    assert letters(rink, 0)[-1] == "Спасибо! Идея №1 для события №1 «Каток» передана: «взять термосы»."
    assert room_noise(rink) == 1


def test_idea_that_is_taken_back_is_none(rink: Conversation):
    thread = rink.card("Каток", room="events").event_id
    rink.guardian(0).says("Предлагаю взять термосы", room="events", thread=thread)
    said = next(m for m in rink.room("events") if m.body == "Предлагаю взять термосы")
    rink.guardian(0).takes_back(said.event_id, room="events")
    assert queue(rink)[0].split("\n")[1] == "Снято."


def test_too_many_ideas_are_stopped_kindly(rink: Conversation):
    for number in range(20):
        writes(rink, 0, f"идея: взять {number}")
    assert writes(rink, 1, "идея: и ещё").startswith("От вашей семьи уже ждут решения 20 идей.")


# ── Polls between ideas ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def rivals(whole: Conversation) -> Conversation:
    whole.teacher.says("!событие Поход", room="events")
    thread = whole.card("Поход", room="events").event_id
    whole.guardian(0).says("Предлагаю: Музей", room="events", thread=thread)
    whole.guardian(2).says("Предлагаю: Каток", room="events", thread=thread)
    return whole


def test_rival_ideas_become_a_poll_and_the_winner_the_plan(rivals: Conversation):
    rivals.teacher.says("!идеи опрос 1 2 до пятницы 18:00", room="staff")
    assert rivals.texts("staff")[-1] == "Опрос №1 открыт; итог сам попадёт в план."
    assert "Сейчас выбираем: опрос №1" in card(rivals, "Поход")
    assert "Семьи выбирают: опрос №1." in queue(rivals)[0]
    rivals.guardian(0).votes("что выбираем", "Каток", room="events")
    rivals.guardian(2).votes("что выбираем", "Каток", room="events")
    rivals.guardian(4).votes("что выбираем", "Музей", room="events")
    rivals.advance(days=5)
    assert lines(rivals, "1. ", "Опрос", title="Поход") == ["1. Каток", "Опрос №1 решил: Каток"]
    assert [text.split("\n")[1] for text in queue(rivals)] == ["В опросе №1 выбрали другое.", "Принято."]
    assert letters(rivals, 2)[-1].startswith("Ваша идея пригодилась!")


def test_tie_is_told_to_staff_and_the_ideas_wait_again(rivals: Conversation):
    rivals.teacher.says("!идеи опрос 1 2", room="staff")
    rivals.guardian(0).votes("что выбираем", "Каток", room="events")
    rivals.guardian(2).votes("что выбираем", "Музей", room="events")
    rivals.teacher.says("!опрос закрыть", room="staff")
    assert any(text.startswith("Опрос №1 между идеями ничего не решил") for text in rivals.texts("staff"))
    assert [text.split("\n")[1] for text in queue(rivals)] == [
        f"✅ — в план; или !идеи отклонить {n} <причина>" for n in (1, 2)
    ]
    assert "Сейчас выбираем" not in card(rivals, "Поход")


def test_idea_in_a_poll_is_left_to_the_families(rivals: Conversation):
    rivals.teacher.says("!идеи опрос 1 2", room="staff")
    assert rivals.teacher.says("!идеи принять 1", room="staff") == "Идею №1 сейчас выбирают в опросе №1."
    rivals.teacher.reacts("Идея №1", "✅", room="staff")
    assert "1. " not in card(rivals, "Поход")


def test_late_vote_that_turns_the_result_is_put_right(rivals: Conversation):
    """A vote given in time arrives after the end."""
    rivals.teacher.says("!идеи опрос 1 2 до пятницы 18:00", room="staff")
    rivals.guardian(0).votes("что выбираем", "Музей", room="events")
    with rivals.at_once():
        for number in (2, 4):
            rivals.guardian(number).votes("что выбираем", "Каток", room="events")
        late = list(rivals._feed)
        rivals._feed.clear()
    rivals.advance(days=5)
    assert "Опрос №1 решил: Музей" in card(rivals, "Поход")
    rivals._runner.run(rivals.receive(late))
    rivals.settle()
    assert lines(rivals, "1. ", "2. ", "Опрос", title="Поход") == ["1. Музей", "2. Каток", "Опрос №1 решил: Каток"]
    assert "Итог опроса №1 уточнён: Каток. Проверьте план." in rivals.texts("staff")
    assert "Версия 3" in card(rivals, "Поход")
    history = rivals.teacher.says("!план история", room="staff")
    assert history.count("семьи в опросе") == 2


def test_ideas_of_different_events_do_not_compete(rivals: Conversation):
    rivals.teacher.says("!событие Ёлка", room="events")
    rivals.guardian(0).says("Предлагаю: Дед Мороз", room="events", thread=rivals.card("Ёлка", room="events").event_id)
    assert rivals.teacher.says("!идеи опрос 1 3", room="staff").startswith("Эти идеи к разным событиям.")
    assert rivals.teacher.says("!идеи опрос 1", room="staff").startswith("Напишите номера хотя бы двух идей")


def test_new_events_compete_too(whole: Conversation):
    writes(whole, 0, "идея: сходить в музей")
    writes(whole, 2, "идея: сходить на каток")
    whole.teacher.says("!идеи опрос 1 2 до пятницы 18:00", room="staff")
    whole.guardian(0).votes("Какое событие", "музей", room="events")
    whole.advance(days=5)
    assert "сходить в музей · событие №1" in card(whole, "сходить в музей")


def test_without_polls_that_is_said(rink: Conversation):
    writes(rink, 0, "идея: на каток взять санки")
    writes(rink, 2, "идея: на каток взять лыжи")
    assert rink.teacher.says("!идеи опрос 1 2", room="staff").startswith("Опросы в этом классе не включены.")


def test_ideas_in_english(english: Conversation):
    english.teacher.says("!event Ice rink on Saturday 12:00", room="events")
    assert writes(english, 0, "idea: bring tea to the ice rink").startswith(
        "Thank you! Idea no. 1 for the event no. 1 “Ice rink” is passed on: “bring tea to the ice rink”."
    )
    english.teacher.says("!ideas decline 1 there is a café", room="staff")
    assert letters(english, 0)[-1] == (
        "Thank you for the idea “bring tea to the ice rink”! This time it will not work out: there is a café."
        " Please go on proposing!"
    )
    assert "There are no new ideas." in english.teacher.says("!ideas", room="staff")
