homework-title = Homework
homework-language = en

## Commands

command-homework = hw
    .aliases = homework
    .help = set homework: a line for each subject, the day as in "by Friday", "for tomorrow"
    .example = !hw maths p. 12 no. 4 by Friday
    .text = what is set

command-homework-correct = correct
    .aliases = correction, change
    .help = correct a subject's task
    .example = !hw correct maths p. 13 no. 5 by Friday
    .text = the subject and its new task

command-homework-cancel = cancel
    .aliases = withdraw
    .help = withdraw a task
    .example = !hw cancel maths by Friday
    .text = the subject and the day

command-homework-what = what
    .aliases = what's due, whats due, list, none
    .help = what is set: for tomorrow, 3–7 March, in maths
    .example = !hw what 3–7 March
    .text = the days

command-homework-questions = questions
    .help = questions about homework that nobody has answered yet
    .example = !hw questions

command-group = group
    .aliases = groups
    .help = who is in which group of a subject (only staff see it)
    .example = !group English A Kalinina, Chernov
    .text = subject, group and surnames

command-question = question
    .help = ask the teacher about a task
    .example = !question about maths: how do we start no. 4?
    .text = the question

command-answer = answer
    .help = answer a question about homework; "all" answers in the task's thread, without a name
    .example = !answer 5 all: step by step
    .number = the question's number
    .text = the answer

command-hide = hide
    .help = in reply to a message in a thread: take a ready solution away
    .example = !hide

homework-example = !hw maths p. 12 no. 4 by Friday

# Names of the command `!hw` and of its correction in both languages, separated by commas: in captions and edits they are found by these.
homework-words = дз, домашка, домашнее задание, домашнее, задание, д/з, hw, homework
homework-correct-words = исправить, исправление, изменить, correct, correction, change

# No task begins like this: names of commands in both languages, separated by commas.
homework-other-words = исправить, исправление, изменить, отменить, отмена, снять, убрать, удалить, заменить, перенести, добавить, закрыть, что, кто, вопрос, вопросы, список, группа, группы, подгруппа, ответить, ответ, болеет, заболела, заболел, отсутствует, опрос, событие, запись, дежурство, дела, важно, объявление, correct, correction, change, cancel, withdraw, remove, delete, move, add, close, what, who, question, questions, list, group, groups, answer, ill, absent, away, poll, event, slots, duty, important, announcement

# Subjects in the card's order: the name, then how it is shortened.
homework-subjects =
    maths: maths, mathematics, math
    russian: Russian
    reading: reading, literature
    native: native language
    world: the world around us, world around us, nature study, science
    english: English
    german: German
    french: French
    computing: computing, IT, ICT
    history: history
    geography: geography
    biology: biology
    art: art, drawing
    music: music
    technology: technology, crafts, handicraft
    sport: PE, sport, sports, physical education
    ethics: ethics, religious studies
    chess: chess
    club: after-school club

## The card and lists

homework-card-title = Homework for { $day }
homework-card-how = Questions go into the thread below this message or into your private room: “question about maths: …”.
homework-card-photos-above = { $mark } The photo is further up in this room: { $when }.
homework-card-photos-thread = { $mark } The photo is in the thread below this message.
homework-corrected = corrected { $when }
homework-withdrawn = withdrawn { $when }
homework-withdrawn-short = withdrawn
homework-see-photo = see the photo
homework-group = { $subject }, group { $group }
homework-day = For { $day }
homework-agenda = Homework for { $day }: { $tasks }
homework-calendar-title = Homework
homework-in-general = homework

## Answers

homework-asked-label = what is set
homework-nothing-coming = Nothing is set for the coming days yet.
homework-nothing-on = { $first }: nothing is set.
homework-nothing-between = From { $first } to { $last }: nothing is set.
homework-recorded = Noted:
homework-unknown-subject = This subject is not in the list; I note it as it is: { $subjects }.
homework-withdrawn-by-deletion = The message with the task was deleted, so for { $day } this is withdrawn: { $subjects }. If it is needed after all, please send it again.

## Photos

homework-photo-private = Is this homework? Please reply to the photo, for example: !hw maths by Friday
homework-photo-what = In the homework room there { $count ->
    [one] is a photo
   *[other] are { $count } photos
 } without words ({ $when }). If it is a task, please reply to the photo: !hw maths by Friday

## For those who are away

homework-missed = { $pupils }: what was set while you are away from school.
homework-missed-changed = { $pupils }: tasks that you were sent have changed.
homework-missed-unreached = These pupils are away, and their families are without the app: { $pupils }. Please pass the tasks on yourself; the list: !hw what

## Groups

homework-groups = { $subject }, groups:
homework-group-of = { $group }: { $pupils }
homework-group-rest = in no group: { $pupils }
homework-no-groups = { $subject }: there are no groups yet. For example: !group English A Kalinina, Chernov

## Study questions

homework-question-label = a question to the teacher about homework
homework-question-staff = Question { $number } · { $subject } · { $family } ({ $person })
    { $text }
homework-question-how = Reply to this message (or !answer { $number } …), and the family gets the answer. Begin with “all”, and the answer appears in the task's thread, without a name.
homework-question-asked = The teachers of the class have your question. The answer will come here.
homework-question-edited = Question { $number } was edited · { $subject } · { $family } ({ $person })
    { $text }
homework-question-edit-sent = The teachers have your question as it is now.
homework-question-edit-lost = The edit of your question comes too late or is not clear. Please write it again: “question about maths: …”.
homework-question-taken-back = The question is deleted; the teachers do not see it any more.
homework-question-answered = The answer to question { $number } is sent.
homework-answer = The teacher's answer ({ $subject }): { $answer }
    Your question: “{ $question }”
homework-answer-shared = The teacher has answered everybody, in the task's thread and without your name ({ $subject }): { $answer }
    Your question: “{ $question }”
homework-shared-answer = Answer to a question ({ $subject }):
homework-questions = { $count ->
    [one] { $count } question about homework has no answer yet:
   *[other] { $count } questions about homework have no answer yet:
 }
homework-questions-line = { $number } · { $when } · { $subject }: “{ $text }”
homework-questions-thread = { $number } · { $when } · in the thread for { $day }: “{ $text }”
homework-questions-none = All questions about homework have an answer.
homework-hidden = Your message in the task's thread held a ready solution, and the teacher has taken it away, so that the children can think for themselves. Thank you for helping! A hint where to begin is welcome.
homework-hidden-reason = a ready solution

## When something is wrong

homework-nothing-said = What is set? For example: { $example }
homework-no-task = “{ $text }” is no subject, so nothing is noted. A task begins with its subject, for example: { $example }
homework-names-family = “{ $text }” has a pupil's surname, and all families read homework, so nothing is recorded. If it is an author, put the name in quotes: “…”. For example: { $example }
homework-names-pupil = “{ $text }” looks like a pupil's name, and all families read homework, so nothing is recorded. To one family, write in their private room. If it is an author or a hero, put the name in quotes: “…”.
homework-none-needed = If nothing is set, there is nothing to record: whoever asks reads just that. To withdraw what is recorded already: !hw cancel all for tomorrow
homework-which-subject = “{ $text }”: of which subject? Nothing is recorded yet. Put the subject first, for example: !hw Russian { $text }
homework-correct-what = “{ $text }” is no subject, so nothing is changed. A correction begins with its subject: !hw correct maths p. 13 no. 5. And if “correct” is the task itself: !hw Russian correct { $text }
homework-command-edited = I cannot see an edited command as a new one. Please send it again as a message of its own.
homework-empty = { $subject }: what is set? Write the text, or send a photo first and this command then, perhaps in reply to the photo.
homework-too-long = This is too long: { $count } characters, at most { $most } are possible. A long task is better sent as a photo or a file.
homework-day-full = So much is set for { $day } that the card is full. Please send the rest as a photo or a file.
homework-day-far = “{ $text }” would be { $day }, too far away for a task. If it is no day, please put the words in quotation marks.
homework-none-of-subject = { $subject }: nothing is set for the coming days. What is set: !hw what
homework-none-on-day = { $subject }: nothing is set for { $day }. It is set for: { $days }.
homework-which-group = { $subject }: on that day its groups have tasks of their own. Add the group, for example: group A.
homework-unknown-subject-here = I do not find the subject “{ $subject }”. For example: !group English A Kalinina, Chernov
homework-group-name = A group is called by a letter or a number, not “{ $group }”. For example: !group English A Kalinina, Chernov
homework-group-nobody = Who is in this group? For example: !group English A Kalinina, Chernov
homework-question-whose = This is how parents ask, in their private room. A question about a task may also go into the thread below the day's card.
homework-question-unknown = There is no question { $number }. Without an answer: !hw questions
homework-answer-names = This answer for everybody names the family that asked, so it is not sent. Leave the name out: !answer { $number } all: … Or answer this family only: !answer { $number } …
homework-answer-names-pupil = This answer for everybody has “{ $name }”, which looks like a pupil's name, so it is not sent. Leave the name out: !answer { $number } all: … If it is no pupil, put the name in quotes: “…”.
homework-answer-empty = What is the answer to question { $number }? For example: !answer { $number } step by step
homework-hide-what = Please write !hide in reply to a parent's message in the task's thread.

## Export

homework-export = Homework
homework-export-questions = Questions about homework
homework-export-groups = Groups
homework-export-at = When
homework-export-subject = Subject
homework-export-text = Question
homework-export-answer = Answer
