announcements-title = Объявления

## Команды

command-announce = объявление
    .aliases = объявить
    .help = объявление всем семьям: сразу, к сроку или срочно
    .example = !объявление Завтра каток, сбор в 8:00. Отправить сегодня в 18:00
    .text = текст

command-announce-list = список
    .aliases = все
    .help = что ещё не отправлено и что уже отправлено
    .example = !объявление список

command-announce-delivery = доставка
    .aliases = дошло
    .help = до скольких семей дошло и как
    .example = !объявление доставка 3
    .number = номер объявления

command-announce-move = перенести
    .aliases = отложить
    .help = отправить в другое время
    .example = !объявление перенести 3 на пятницу 8:00
    .number = номер объявления
    .to = на, до, в

command-announce-cancel = отменить
    .aliases = отмена, отозвать, снять, удалить
    .help = не отправлять или отозвать отправленное
    .example = !объявление отменить 3
    .number = номер объявления

command-correct = исправить
    .aliases = исправление, поправить
    .help = исправить объявление, номером или ответом на него: новый текст или «8:00 → 9:00»
    .example = !исправить №3 Завтра каток, сбор в 9:00
    .text = новый текст

command-mustread = важно
    .aliases = обязательно
    .help = объявление, которое подтверждает каждая семья
    .example = !важно Завтра уроки с 9:00. Подтвердить до 20:00
    .text = текст

command-mustread-who = кто
    .aliases = кто подтвердил, кто не подтвердил, список
    .help = кто подтвердил, кто нет, как и когда
    .example = !важно кто 3
    .number = номер объявления

command-mustread-export = выгрузка
    .aliases = таблица, файл
    .help = то же файлом для таблиц
    .example = !важно выгрузка 3
    .number = номер объявления

command-confirmed = подтвердил
    .aliases = подтвердила, подтвердили, передано, передал, передала
    .help = записать за семью: подтвердила по телефону, передано на бумаге
    .example = !подтвердил Калинина №3 по телефону
    .family = фамилия или номер ученика
    .how = как
    .announcement = №, #, объявление

## Слова, по которым узнаём распоряжения учителя и ответы родителей; через запятую

announcements-words-announce = объявление, объявить
announcements-words-mustread = важно, обязательно
announcements-words-urgent = срочно, срочное, срочное объявление
announcements-words-again = заново, подтвердить заново, спросить заново, подтвердите заново
announcements-words-must = обязательно, важно, обязательно к прочтению, обязательно прочитать
announcements-words-confirm = подтвердить, подтвердите, подтверждение, прошу подтвердить, подтвердить прочтение, подтвердите прочтение, просьба подтвердить
announcements-words-send = отправить, отправь, опубликовать, опубликуй, разослать, разошли, когда, послать
announcements-words-please = пожалуйста
announcements-words-withdraw = снять, убрать, отменить, withdraw, remove
announcements-words-read = прочитал, прочитала, прочитали, прочел, прочла, прочли, прочитано, ознакомлен, ознакомлена, ознакомлены, ознакомился, ознакомилась, ознакомились, подтверждаю, подтверждаем, подтвердили, подтвердил, подтвердила, с объявлением ознакомлены, объявление прочитали, мы прочитали, я прочитал, я прочитала, видели, увидели, видела, видел, все прочитали, прочитали подтверждаем
announcements-words-done = готово, да, конечно, да конечно, ясно, все ясно, все понятно, ок, окей, хорошо, принято, поняли, понял, поняла, понятно, приняли, принял, приняла, учтем, да да
announcements-words-about = объявление, объявления, его, их, это, все это, информацию, с объявлением, с объявлениями, с ним, с ними, с информацией
announcements-words-all = все, оба, обе, все объявления, оба объявления
announcements-words-relative = сегодня, завтра, послезавтра, вчера
announcements-words-courtesy = спасибо большое, большое спасибо, спасибо, здравствуйте, добрый день, добрый вечер, доброе утро, пожалуйста

announcements-example = !объявление Завтра каток, сбор в 8:00
announcements-example-mustread = !важно Завтра уроки с 9:00. Подтвердить до 20:00
announcements-example-correct = !исправить №3 8:00 → 9:00

## Карточка

announcements-card-number = Объявление №{ $number }
announcements-card-corrected = исправлено { $when }
announcements-card-confirm = Подтвердите, пожалуйста: нажмите ✅ под этим сообщением. Достаточно одного раза от семьи.
announcements-card-confirm-until = Подтвердите, пожалуйста, до { $until }: нажмите ✅ под этим сообщением. Достаточно одного раза от семьи.
announcements-card-confirm-late = Срок подтверждения был { $until }. Если ещё не подтвердили, нажмите ✅ под этим сообщением.
announcements-card-withdrawn = Объявление №{ $number } отозвано.
announcements-progress = { $confirmed ->
    [0] Пока никто не подтвердил (всего { $families ->
        [one] { $families } семья
        [few] { $families } семьи
       *[other] { $families } семей
     }).
    [one] Подтвердила { $confirmed } из { $families ->
        [one] { $families } семьи
       *[other] { $families } семей
     }.
   *[other] Подтвердили { $confirmed } из { $families ->
        [one] { $families } семьи
       *[other] { $families } семей
     }.
 }

## Исправления

announcements-changed = Изменился весь текст, прочитайте его, пожалуйста, ещё раз.
announcements-changed-from = Было «{ $was }», стало «{ $now }».
announcements-corrected = Исправлено объявление №{ $number }. { $change }
announcements-corrected-own = Исправление: { $text }
announcements-withdrawn = Объявление №{ $number } отозвано, оно больше не действует: «{ $text }»

## Семьям

announcements-reminder = Объявление №{ $number } «{ $text }» ждёт подтверждения до { $until }. Когда прочитаете его в комнате объявлений, поставьте здесь ✅ или ответьте «прочитали».
announcements-asked-anew = Объявление №{ $number } исправлено. { $change } Вы подтвердили прежний текст. Теперь он такой: «{ $text }» Подтвердите, пожалуйста, и его: поставьте здесь ✅ или ответьте «прочитали».
announcements-meaning = объявление { $announcement }: прочитали
announcements-taken = Записано: семья прочитала объявление { $announcement }. Спасибо!
announcements-taken-several = Записано: семья прочитала объявления { $announcements }. Спасибо!
announcements-taken-late = Записано: семья прочитала объявление { $announcement }. Срок уже прошёл, но отметка есть. Спасибо!
announcements-taken-back = Отметка снята: объявление { $announcement } ещё не прочитано.
announcements-taken-back-stands = Сообщение снято, но отметка вашей семьи есть: объявление { $announcement } прочитано.
announcements-edit-unread = Правку не понимаю: по-прежнему отмечено, что прочитано { $announcements }. Чтобы снять отметку, удалите сообщение.
announcements-taken-again = От вашей семьи подтверждение уже есть: объявление { $announcement }. Спасибо!
announcements-taken-over = Объявление { $announcement } больше не нужно подтверждать. Спасибо!

announcements-agenda = Прочитайте и подтвердите объявление { $announcement }: нажмите под ним ✅ или ответьте сюда «прочитали».
announcements-agenda-until = До { $until } прочитайте и подтвердите объявление { $announcement }: нажмите под ним ✅ или ответьте сюда «прочитали».
announcements-agenda-late = Объявление { $announcement } ещё не подтверждено, срок был { $until }: нажмите под ним ✅ или ответьте сюда «прочитали».
announcements-coming = До { $time } подтвердить объявление { $announcement }
announcements-calendar = Подтвердить объявление №{ $number }: { $text }

## Ответы учителю

announcements-sent = Объявление { $announcement } опубликовано.
announcements-sent-until = Семьи подтверждают до { $until }.
announcements-held = Сейчас тихие часы: объявление { $announcement } будет доставлено { $when }.
announcements-held-relative = В тексте есть слово «{ $word }», а прочтут его { $day }. Если день получается не тот, исправьте до отправки: { $example }
announcements-scheduled = Объявление { $announcement } будет доставлено { $when }.
announcements-taken-away = Объявление { $announcement } будет доставлено { $when }; ваше сообщение с ним убрано, чтобы его не прочитали раньше.
announcements-counted = Учтено: объявление { $announcement }.
announcements-cancelled = Объявление { $announcement } отправлено не будет.
announcements-left = Передать лично: { $families }.
announcements-urgent-used = { $count ->
    [0] Срочных в этом месяце не было.
    [one] В этом месяце срочных: { $count }.
   *[other] В этом месяце срочных: { $count }.
 }
announcements-deadline-moved = Срок изменён: объявление { $announcement }.
announcements-mended-staff = Исправлено: объявление { $announcement }. Отдельной строки об этом в комнате нет.
announcements-corrected-staff = Исправлено: объявление { $announcement }. В комнате об этом сказано.
announcements-corrected-staff-held = Исправлено: объявление { $announcement }. Сейчас тихие часы, в комнате об этом будет сказано { $when }.
announcements-withdrawn-staff = Отозвано: объявление { $announcement }. В комнате об этом сказано.
announcements-withdrawn-staff-held = Отозвано: объявление { $announcement }. Сейчас тихие часы, в комнате об этом будет сказано { $when }.
announcements-old-opened = Прежний текст { $count ->
    [one] могла видеть { $count } семья
    [few] могли видеть { $count } семьи
   *[other] могли видеть { $count } семей
 }: { $families }.
announcements-withdrawn-opened = Его { $count ->
    [one] могла видеть { $count } семья
    [few] могли видеть { $count } семьи
   *[other] могли видеть { $count } семей
 }: { $families }.
announcements-withdrawn-confirmed = Его уже { $count ->
    [one] подтвердила { $count } семья
    [few] подтвердили { $count } семьи
   *[other] подтвердили { $count } семей
 }: { $families }.
announcements-old-confirmed = Прежний текст { $count ->
    [one] подтвердила { $count } семья
    [few] подтвердили { $count } семьи
   *[other] подтвердили { $count } семей
 }: { $families }. Подтверждения остаются с пометкой «старый текст»; этих родителей прошу подтвердить новый.
announcements-old-confirmed-again = Прежний текст { $count ->
    [one] подтвердила { $count } семья
    [few] подтвердили { $count } семьи
   *[other] подтвердили { $count } семей
 }: { $families }. Их подтверждения больше не считаются; прошу подтвердить новый текст.
announcements-entered = Записано: { $family } — подтверждено, объявление { $announcement }.
announcements-entered-passed = Записано: { $family } — передано, объявление { $announcement }.
announcements-entry-removed = Запись снята: { $family }, объявление { $announcement }.
announcements-reminder-staff = Объявление №{ $number } «{ $text }» (до { $until }) не подтвердили семьи без приложения: { $families }. Записать: { $example }
announcements-end-missing = Срок вышел: объявление №{ $number } «{ $text }» подтвердили { $confirmed } из { $families ->
    [one] { $families } семьи
   *[other] { $families } семей
 }. Не подтвердили: { $missing }.
announcements-end-all = Объявление №{ $number } «{ $text }» подтвердили все семьи ({ $families }).

announcements-list-scheduled = Ещё не отправлено:
announcements-list-sent = Отправлено:
announcements-list-due = { $announcement } — { $when }
announcements-list-at = { $announcement } — { $when }.
announcements-who-title = Объявление { $announcement }. { $progress }
announcements-who-title-until = Объявление { $announcement }, срок { $until }. { $progress }
announcements-who-family = Семья
announcements-who-how = Подтверждение
announcements-who-when = Когда
announcements-who-missing = нет
announcements-who-opened = комнату открывали
announcements-who-late = после срока
announcements-who-old = старый текст
announcements-via-reaction = ✅ в комнате
announcements-via-letter = ✅ в личной комнате
announcements-via-desk = словами в личной комнате
announcements-via-proxy = внёс учитель
announcements-reach-phone = по телефону
announcements-reach-paper = на бумаге
announcements-reach-none = ещё не в приложении
announcements-delivery = Объявление { $announcement } дошло до { $reached } из { $families ->
    [one] { $families } семьи
   *[other] { $families } семей
 }: { $ways }.
announcements-by-app = { $count } в приложении
announcements-by-phone = { $count } по телефону
announcements-by-paper = { $count } на бумаге
announcements-by-talk = { $count } лично
announcements-by-nobody = пока ни до кого
announcements-opened = Комнату с тех пор открывали { $count ->
    [one] { $count } семья
    [few] { $count } семьи
   *[other] { $count } семей
 }. Это ещё не подтверждение.
announcements-silent = Больше недели не заходили: { $families }. Может быть, телефон выключен.
announcements-file-name = объявление-{ $number }
announcements-file-family = Семья
announcements-file-confirmed = Подтверждено
announcements-file-how = Как
announcements-file-who = Кто
announcements-file-when = Когда
announcements-file-note = Примечание
announcements-file-yes = да
announcements-file-no = нет
announcements-called = №{ $number } «{ $text }»
announcements-called-file = №{ $number }{ $text }

## Если что-то не так

announcements-empty = Напишите текст объявления. Например: { $example }
announcements-mustread-of-what = Напишите текст или ответьте этой командой на объявление, которое нужно подтвердить. Например: { $example }
announcements-correct-to-what = Напишите новый текст. Например: { $example }
announcements-too-long = Текст длиннее, чем помещается в одно сообщение. Сократите его примерно на { $percent } % или разделите на два.
announcements-command-edited = Правку команды я не вижу как новую. Отправьте её, пожалуйста, ещё раз отдельным сообщением.
announcements-edited-to-other = Правка не похожа на текст объявления, поэтому объявление { $announcement } осталось как было. Если оно не нужно: { $example }
announcements-command-deleted = Команда удалена, но объявление { $announcement } опубликовано и остаётся. Отозвать его: { $example }
announcements-private = Здесь имя рядом с личным (болезнь, забытая вещь, долг), а прочтут это все семьи, поэтому ничего не опубликовано. Напишите, пожалуйста, без имени, а семье — в её личной комнате.
announcements-begins-with-family = «{ $name }» — фамилия из класса, а это прочли бы все семьи. Если это отметка за семью: { $example }. Если это объявление для всех, начните его с другого слова.
announcements-begins-with-family-long = «{ $name }» — фамилия из класса, а это прочтут все семьи. Опубликовать так? Тогда поставьте в конце точку: «…{ $end }» Если это отметка за семью: { $example }.
announcements-family-first = Сначала фамилия, потом номер объявления, например: { $example }. Несколько семей — через запятую или «и».
announcements-one-by-one = Записываю по одному объявлению. Например: { $example }
announcements-one-word = «{ $text }» — это объявление для всех семей? Если да, напишите его предложением. Например: { $example }
announcements-when-or-text = «{ $when }» — это когда отправить или часть текста? Отправить тогда: !{ $command } { $text }. Отправить { $when }. Если это часть текста, начните его с большой буквы и без двоеточия.
announcements-late = Объявление { $announcement } должно было выйти { $when }, но сервис тогда не работал. Оно ещё нужно? Отправить: { $move }. Не отправлять: { $cancel }
announcements-when-unclear = Не понимаю, когда отправить: «{ $text }». Например: отправить в пятницу 8:00
announcements-until-unclear = Не понимаю срок: «{ $text }». Например: подтвердить до пятницы 18:00
announcements-until-early = Срок подтверждения { $until } раньше, чем объявление будет доставлено ({ $when }).
announcements-not-in-text = В объявлении нет слов «{ $text }». Напишите, что заменить, как там стоит, или новый текст целиком.
announcements-often-in-text = «{ $text }» встречается в объявлении не один раз. Возьмите больше слов или напишите новый текст целиком.
announcements-same-text = Объявление { $announcement } и так с этим текстом.
announcements-unknown = В этом классе нет объявления №{ $number }. Все объявления: !объявление список
announcements-none = Такого объявления сейчас нет. Все объявления: !объявление список
announcements-which = Подходит несколько объявлений: { $announcements }. Добавьте номер, например: { $example }. Или ответьте этой командой на само объявление.
announcements-is-scheduled = Объявление { $announcement } ещё не отправлено.
announcements-is-cancelled = Объявление { $announcement } отменено.
announcements-is-withdrawn = Объявление { $announcement } отозвано.
announcements-is-sent = Объявление { $announcement } уже отправлено.
announcements-is-asked = Объявление { $announcement } уже ждёт подтверждения.
announcements-is-no-must = Объявление { $announcement } подтверждать не нужно.
announcements-no-entry = Для этой семьи ничего не записано: { $family }, объявление { $announcement }.
announcements-again-correct = !исправить №{ $number } новый текст
announcements-again-cancel = !объявление отменить { $number }
announcements-again-move = !объявление перенести { $number } на пятницу 8:00
announcements-again-move-now = !объявление перенести { $number } в 15:00
announcements-again-who = !важно кто { $number }
announcements-again-export = !важно выгрузка { $number }
announcements-again-delivery = !объявление доставка { $number }
announcements-again-confirmed = !подтвердил { $family } №{ $number } по телефону
announcements-again-confirmed-number = !подтвердил Калинина №{ $number } по телефону

## Выгрузка и удаление

announcements-export = Подтверждения объявлений
announcements-export-announcement = Объявление
announcements-export-how = Как
announcements-export-who = Кто
announcements-export-when = Когда
announcements-export-state = Учёт
announcements-export-stands = учтено
announcements-export-taken-back = отозвано
