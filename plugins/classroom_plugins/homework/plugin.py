"""The plugin's table of contents."""

from __future__ import annotations

from classroom_matrix.api import Plugin

from .absent import plan_letters, send_missed
from .agenda import coming, open_for
from .answering import take, tell_homework, understand
from .cards import day_card
from .config import HomeworkConfig
from .edits import follow_deletion, follow_edit
from .feed import calendar
from .groups import set_group
from .personal import erase, export
from .photos import ask_about_photos, keep_photo, remove_photo
from .questions import answer_question, ask_question, follow_question_edit, forget_taken_back, hear_answer, list_questions
from .tables import TABLES
from .tasks import cancel_homework, correct_homework, set_homework
from .thread import follow_reaction, hide_solution, note_thread

plugin = Plugin(
    name="homework",
    config=HomeworkConfig,
    tables=TABLES,
    commands=[
        set_homework,
        correct_homework,
        cancel_homework,
        tell_homework,
        set_group,
        ask_question,
        answer_question,
        list_questions,
        hide_solution,
    ],
    listeners=[
        keep_photo,
        remove_photo,
        follow_edit,
        follow_deletion,
        hear_answer,
        follow_question_edit,
        forget_taken_back,
        note_thread,
        follow_reaction,
        plan_letters,
    ],
    jobs=[ask_about_photos, send_missed],
    cards=[day_card],
    agenda=open_for,
    coming=coming,
    understand=understand,
    take=take,
    calendar=calendar,
    export=export,
    erase=erase,
)
