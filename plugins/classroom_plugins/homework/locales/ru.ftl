homework-title = Домашние задания
homework-language = ru

## Команды

command-homework = дз
    .aliases = домашка, домашнее задание, домашнее, задание, д/з
    .help = задать на дом: каждый предмет с новой строки, день — к пятнице, на завтра
    .example = !дз математика с. 12 № 4 к пятнице
    .text = что задано

command-homework-correct = исправить
    .aliases = исправление, изменить
    .help = исправить задание предмета
    .example = !дз исправить математика с. 13 № 5 к пятнице
    .text = предмет и новое задание

command-homework-cancel = отменить
    .aliases = отмена, снять
    .help = снять задание
    .example = !дз отменить математика к пятнице
    .text = предмет и день

command-homework-what = что
    .aliases = что задали, список, нет
    .help = что задано: на завтра, 3–7 марта, по математике
    .example = !дз что 3–7 марта
    .text = дни

command-homework-questions = вопросы
    .help = вопросы по заданиям, на которые ещё нет ответа
    .example = !дз вопросы

command-group = группа
    .aliases = группы, подгруппа
    .help = кто в какой группе по предмету (видят только учителя)
    .example = !группа английский А Калинина, Чернов
    .text = предмет, группа и фамилии

command-question = вопрос
    .help = спросить учителя о задании
    .example = !вопрос по математике: как решать № 4?
    .text = вопрос

command-answer = ответить
    .aliases = ответ
    .help = ответить на вопрос по заданию; «всем» — в ветке задания, без имени
    .example = !ответить 5 всем: решаем по действиям
    .number = номер вопроса
    .text = ответ

command-hide = убрать
    .help = ответом на сообщение в ветке: убрать готовое решение
    .example = !убрать

homework-example = !дз математика с. 12 № 4 к пятнице

# Имена команды `!дз` и её исправления на обоих языках, через запятую: так они узнаются в подписи к фото и в правке сообщения.
homework-words = дз, домашка, домашнее задание, домашнее, задание, д/з, hw, homework
homework-correct-words = исправить, исправление, изменить, correct, correction, change

# Так задание не начинается: это имена команд на обоих языках, через запятую.
homework-other-words = исправить, исправление, изменить, отменить, отмена, снять, убрать, удалить, заменить, перенести, добавить, закрыть, что, кто, вопрос, вопросы, список, группа, группы, подгруппа, ответить, ответ, болеет, заболела, заболел, отсутствует, опрос, событие, запись, дежурство, дела, важно, объявление, correct, correction, change, cancel, withdraw, remove, delete, move, add, close, what, who, question, questions, list, group, groups, answer, ill, absent, away, poll, event, slots, duty, important, announcement

# Предметы в порядке карточки: имя, затем как его сокращают.
homework-subjects =
    maths: математика, матем, мат, алгебра
    russian: русский язык, русский, рус, рус яз
    reading: литературное чтение, чтение, литература, литер, лит чтение
    native: родной язык, родной
    world: окружающий мир, окр мир, окружайка, окруж, природоведение
    english: английский язык, английский, англ, англ яз, инглиш
    german: немецкий язык, немецкий, нем
    french: французский язык, французский, франц
    computing: информатика, инф
    history: история
    geography: география
    biology: биология
    art: изобразительное искусство, изо, рисование
    music: музыка, муз
    technology: технология, труд, труды
    sport: физкультура, физическая культура, физ-ра, физра
    ethics: ОРКСЭ, основы религиозных культур
    chess: шахматы
    club: внеурочка, внеурочная деятельность

## Карточка и списки

homework-card-title = Домашнее задание на { $day }
homework-card-how = Вопросы — в ветке под этим сообщением или в вашей личной комнате: «вопрос по математике: …».
homework-card-photos-above = { $mark } Фото — выше в этой комнате: { $when }.
homework-card-photos-thread = { $mark } Фото — в ветке под этим сообщением.
homework-corrected = исправлено { $when }
homework-withdrawn = снято { $when }
homework-withdrawn-short = снято
homework-see-photo = смотрите фото
homework-group = { $subject }, группа { $group }
homework-day = На { $day }
homework-agenda = Домашнее задание на { $day }: { $tasks }
homework-calendar-title = Домашнее задание
homework-in-general = домашнее задание

## Ответы

homework-asked-label = что задано
homework-nothing-coming = На ближайшие дни пока ничего не задано.
homework-nothing-on = { $first }: ничего не задано.
homework-nothing-between = С { $first } по { $last }: ничего не задано.
homework-recorded = Записано:
homework-unknown-subject = Такого предмета нет в списке, записываю как есть: { $subjects }.
homework-withdrawn-by-deletion = Сообщение с заданием удалено, поэтому на { $day } снято: { $subjects }. Если оно всё же нужно, отправьте его ещё раз.

## Фото

homework-photo-private = Это к домашнему заданию? Напишите ответом на фото, например: !дз математика к пятнице
homework-photo-what = В комнате домашних заданий { $count ->
    [one] есть фото без слов
    [few] есть { $count } фото без слов
   *[other] есть { $count } фото без слов
 } ({ $when }). Если это задание, напишите ответом на фото: !дз математика к пятнице

## Тем, кого не было

homework-missed = { $pupils }: что задали, пока вас нет в школе.
homework-missed-changed = { $pupils }: задания, которые вам присылали, изменились.
homework-missed-unreached = Этих учеников нет в школе, а семьи без приложения: { $pupils }. Задания передайте им, пожалуйста, сами; список: !дз что

## Группы

homework-groups = { $subject }, группы:
homework-group-of = { $group }: { $pupils }
homework-group-rest = без группы: { $pupils }
homework-no-groups = { $subject }: групп пока нет. Например: !группа английский А Калинина, Чернов

## Вопросы по заданиям

homework-question-label = вопрос учителю по домашнему заданию
homework-question-staff = Вопрос { $number } · { $subject } · { $family } ({ $person })
    { $text }
homework-question-how = Ответьте на это сообщение (или !ответить { $number } …), и ответ получит семья. Начните со слова «всем» — ответ появится в ветке задания, без имени.
homework-question-asked = Вопрос передан учителям класса. Ответ придёт сюда.
homework-question-edited = Вопрос { $number } исправлен · { $subject } · { $family } ({ $person })
    { $text }
homework-question-edit-sent = Исправленный вопрос передан учителям.
homework-question-edit-lost = Правку вопроса уже не передать. Напишите, пожалуйста, ещё раз: «вопрос по математике: …».
homework-question-taken-back = Вопрос удалён, учителям его больше не видно.
homework-question-answered = Ответ на вопрос { $number } отправлен.
homework-answer = Ответ учителя ({ $subject }): { $answer }
    Ваш вопрос: «{ $question }»
homework-answer-shared = Учитель ответил всем, в ветке задания и без вашего имени ({ $subject }): { $answer }
    Ваш вопрос: «{ $question }»
homework-shared-answer = Ответ на вопрос ({ $subject }):
homework-questions = { $count ->
    [one] Без ответа { $count } вопрос по заданиям:
    [few] Без ответа { $count } вопроса по заданиям:
   *[other] Без ответа { $count } вопросов по заданиям:
 }
homework-questions-line = { $number } · { $when } · { $subject }: «{ $text }»
homework-questions-thread = { $number } · { $when } · в ветке на { $day }: «{ $text }»
homework-questions-none = На все вопросы по заданиям есть ответ.
homework-hidden = В вашем сообщении в ветке задания было готовое решение, и учитель его убрал, чтобы дети подумали сами. Спасибо, что помогаете! Подсказку, с чего начать, написать можно.
homework-hidden-reason = готовое решение

## Если что-то не так

homework-nothing-said = Что задано? Например: { $example }
homework-no-task = «{ $text }» — это не предмет, поэтому ничего не записано. Задание начинается с предмета, например: { $example }
homework-names-family = «{ $text }» — здесь стоит фамилия ученика, а задание читают все семьи, поэтому ничего не записано. Если это автор, возьмите фамилию в кавычки: «…». Например: { $example }
homework-names-pupil = «{ $text }» — похоже, это имя ученика, а задание читают все семьи, поэтому ничего не записано. Одной семье напишите в её личной комнате. Если это автор или герой, возьмите имя в кавычки: «…».
homework-none-needed = Если ничего не задано, записывать ничего не нужно: кто спросит, так и прочтёт. Снять то, что уже записано: !дз отменить всё на завтра
homework-which-subject = «{ $text }» — по какому предмету? Пока ничего не записано. Поставьте предмет вначале, например: !дз русский { $text }
homework-correct-what = «{ $text }» — это не предмет, поэтому ничего не изменено. Правка начинается с предмета: !дз исправить математика с. 13 № 5. А если «исправить» — само задание: !дз русский исправить { $text }
homework-command-edited = Правку команды я не вижу как новую. Отправьте её, пожалуйста, ещё раз отдельным сообщением.
homework-empty = { $subject }: что задано? Напишите текст, или сначала пришлите фото, а потом эту команду, можно ответом на фото.
homework-too-long = Слишком длинно (знаков: { $count }), а можно не больше { $most }. Длинное задание лучше прислать фото или файлом.
homework-day-full = На { $day } задано уже очень много, в карточку больше не помещается. Пришлите остальное фото или файлом.
homework-day-far = «{ $text }» — это { $day }, слишком далеко для задания. Если это не день, возьмите слова в кавычки.
homework-none-of-subject = { $subject }: на ближайшие дни ничего не задано. Что задано: !дз что
homework-none-on-day = { $subject }: на { $day } ничего не задано. Задано на: { $days }.
homework-which-group = { $subject }: в этот день задано группам по отдельности. Добавьте группу, например: группа А.
homework-unknown-subject-here = Не нахожу предмета «{ $subject }». Например: !группа английский А Калинина, Чернов
homework-group-name = Название группы — буква или номер, а не «{ $group }». Например: !группа английский А Калинина, Чернов
homework-group-nobody = Кто в этой группе? Например: !группа английский А Калинина, Чернов
homework-question-whose = Так спрашивают родители, в своей личной комнате. Вопрос о задании можно задать и в ветке под карточкой дня.
homework-question-unknown = Вопроса { $number } нет. Без ответа: !дз вопросы
homework-answer-names = В ответе всем стоит имя семьи, которая спросила, поэтому он не отправлен. Напишите без имени: !ответить { $number } всем: … Или только этой семье: !ответить { $number } …
homework-answer-names-pupil = В ответе всем стоит «{ $name }» — похоже, это имя ученика, поэтому ответ не отправлен. Напишите без имени: !ответить { $number } всем: … Если это не ученик, возьмите имя в кавычки: «…».
homework-answer-empty = Что ответить на вопрос { $number }? Например: !ответить { $number } решаем по действиям
homework-hide-what = Напишите !убрать ответом на сообщение родителя в ветке задания.

## Выгрузка

homework-export = Домашние задания
homework-export-questions = Вопросы по заданиям
homework-export-groups = Группы
homework-export-at = Когда
homework-export-subject = Предмет
homework-export-text = Вопрос
homework-export-answer = Ответ
