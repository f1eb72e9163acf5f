absence-title = Отсутствие

## Команды

command-ill = болеет
    .aliases = болеем, заболел, заболела
    .help = записать за семью, что ученик болеет
    .help-family = сказать, кого не будет в школе и до какого дня; в личной комнате можно просто словами
    .example = !болеет Калинина до пятницы
    .example-family = !болеет до пятницы
    .text = кто и до какого дня

command-back = выздоровел
    .aliases = выздоровела, вернулся, вернулась
    .help = записать за семью, что ученик снова придёт
    .help-family = сказать, что ребёнок снова придёт
    .example = !выздоровел Исаев, завтра придёт
    .example-family = !выздоровел, завтра придём
    .text = когда придёт

command-away = отсутствует
    .aliases = отсутствие, отсутствуют
    .help = записать отсутствие за семью (по телефону, на бумаге)
    .example = !отсутствует Калинина до пятницы по семейным
    .text = кто и до какого дня

command-whoaway = кто болеет
    .aliases = кто отсутствует, кого нет
    .help = кого нет в школе (видят только учителя)
    .example = !кто болеет
    .day = день

# Имена команд учителя на обоих языках, через запятую: так они узнаются в правке сообщения.
absence-words-entries = болеет, болеем, заболел, заболела, выздоровел, выздоровела, вернулся, вернулась, отсутствует, отсутствие, отсутствуют, ill, sick, recovered, back, away, absent

## Семье

absence-recorded = Записано: { $pupils } — { $reason }, с { $first } по { $last }{ $past ->
    [yes] .
   *[no] . Ждём в школе { $back }. Если что-то изменится, просто напишите сюда.
 }
absence-recorded-one = Записано: { $pupils } — { $reason }, { $first }{ $past ->
    [yes] .
   *[no] . Ждём в школе { $back }. Если что-то изменится, просто напишите сюда.
 }
absence-recorded-days = Записано: { $pupils } — { $reason }: { $days }. Если что-то изменится, просто напишите сюда.
absence-known = Это уже записано: { $pupils } — { $reason }, с { $first } по { $last }{ $past ->
    [yes] .
   *[no] . Ждём в школе { $back }.
 }
absence-known-one = Это уже записано: { $pupils } — { $reason }, { $first }{ $past ->
    [yes] .
   *[no] . Ждём в школе { $back }.
 }
absence-known-days = Это уже записано: { $pupils } — { $reason }: { $days }.
absence-back = Хорошо! Ждём: { $pupils } — { $back }.
absence-told = { $pupil }: записано отсутствие с { $first } по { $last }{ $past ->
    [yes] .
   *[no] , ждём в школе { $back }.
 }
absence-told-one = { $pupil }: записано отсутствие { $first }{ $past ->
    [yes] .
   *[no] , ждём в школе { $back }.
 }
absence-told-days = { $pupil }: записано отсутствие: { $days }.
absence-told-back = { $pupil }: отсутствие снято, ждём в школе { $back }.
absence-taken-back = { $pupils }: сообщение удалено, и запись об отсутствии снята.
absence-edit-lost = Правку сообщения я не вижу как новое. Напишите, пожалуйста, ещё раз отдельным сообщением.
absence-edit-unclear = Правку не понимаю, запись осталась прежней. Напишите, пожалуйста, отдельным сообщением, например: болеет до среды
absence-agenda = { $pupil }: записано отсутствие с { $first } по { $last }, ждём в школе { $back }.
absence-agenda-one = { $pupil }: записано отсутствие { $first }, ждём в школе { $back }.
absence-label = { $pupils }: не будет в школе с { $first } по { $last }
absence-label-one = { $pupils }: не будет в школе { $first }
absence-label-days = { $pupils }: не будет в школе { $days }
absence-stretch = с { $first } по { $last }
absence-stretch-one = { $first }
absence-label-back = { $pupils }: снова в школе { $back }

absence-reason-ill = болезнь
absence-reason-family = по семейным обстоятельствам
absence-reason-other = причина не указана

## Учителю

absence-list = { $count ->
    [one] { $day }: нет { $count } ученика
   *[other] { $day }: нет { $count } учеников
 }
absence-list-line = { $pupil } — { $reason }; ждём { $back }
absence-list-nobody = { $day }: об отсутствии никто не сообщал.
absence-later = С { $first }: { $pupil }; ждём { $back }
absence-late = Сообщили сейчас: { $pupil } — сегодня не придёт ({ $reason }), ждём { $back }.
absence-late-back = Сообщили сейчас: { $pupil } — сегодня всё же придёт.
absence-entered = Записано: { $pupil } — { $reason }, с { $first } по { $last }{ $past ->
    [yes] .
   *[no] , ждём { $back }.
 }
absence-entered-one = Записано: { $pupil } — { $reason }, { $first }{ $past ->
    [yes] .
   *[no] , ждём { $back }.
 }
absence-entered-days = Записано: { $pupil } — { $reason }: { $days }.
absence-entered-back = Записано: { $pupil } — снова в школе { $back }.
absence-entered-taken-back = Сообщение удалено, запись об отсутствии снята: { $pupils }.

## Если что-то не так

absence-when = Не понимаю, какие это дни: «{ $text }». Например: !болеет сегодня, !болеет до пятницы, !болеет с 3 по 7 марта
absence-part = «{ $text }» — похоже на часть дня, а здесь записывают только целые дни, поэтому ничего не записано и семье не отправлено. Если это весь день: !отсутствует Калинина сегодня
absence-part-family = Здесь записывают только целые дни, поэтому ничего не записано. Об опоздании или раннем уходе просто напишите учителю сюда, словами.
absence-far = { $day } — это слишком далеко отсюда. Например: !болеет сегодня, !болеет с 3 по 7 марта
absence-no-school = { $day } — в эти дни нет уроков, записывать нечего.
absence-which-pupil = Кого не будет: { $pupils } или оба? Например: !болеет { $pupil } сегодня
absence-who = Кого не будет? Например: !отсутствует Калинина до пятницы
absence-one-each = Здесь несколько учеников, и у каждого, похоже, свои дни, поэтому ничего не записано. Напишите, пожалуйста, отдельно о каждом: !отсутствует { $first } в среду, и ещё раз о втором: !отсутствует { $second } в четверг. Если дни те же, назовите всех вначале: !отсутствует { $first }, { $second } в среду
absence-whose = Так сообщают родители, в своей личной комнате. Учителю: !отсутствует Калинина до пятницы
absence-none = Отсутствие не было записано. Ждём в школе!
absence-none-of = { $pupil }: отсутствие не было записано.

## Выгрузка

absence-export = Отсутствие
absence-export-rows = Что сообщали
absence-export-pupil = Ученик
absence-export-what = Что
absence-export-away = отсутствует
absence-export-back = снова в школе
absence-export-first = С
absence-export-last = По
absence-export-by = Кто сообщил
absence-export-at = Когда
absence-export-status = Учёт
absence-export-holds = учтено
absence-export-struck = отозвано
