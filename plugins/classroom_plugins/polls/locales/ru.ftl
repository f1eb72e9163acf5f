polls-title = Опросы

## Команды

command-poll = опрос
    .aliases = голосование
    .help = опрос семей класса: варианты, срок, кворум
    .example = !опрос Когда едем? Пятница; Суббота до пятницы 18:00 кворум 50%
    .question = вопрос
    .until = до, к
    .quorum = кворум

command-poll-close = закрыть
    .aliases = завершить, закончить
    .help = закрыть опрос и объявить итог
    .example = !опрос закрыть 3
    .number = номер опроса

command-poll-vote = голос
    .aliases = записать
    .help = записать голос семьи (по телефону, на бумаге)
    .example = !опрос голос Калинина 2
    .family = фамилия или номер ученика
    .option = номер варианта
    .poll = №, #, опрос

command-poll-results = итоги
    .aliases = итог, результаты, результат
    .help = как идёт опрос или чем закончился
    .example = !опрос итоги 3
    .number = номер опроса

command-poll-who = кто
    .aliases = кто не голосовал, не голосовали
    .help = кто ещё не голосовал (видят только учителя)
    .example = !опрос кто 3
    .number = номер опроса

command-poll-list = список
    .aliases = все
    .help = последние опросы
    .example = !опрос список

command-poll-cancel = отменить
    .aliases = отмена
    .help = отменить опрос без итога
    .example = !опрос отменить 3
    .number = номер опроса

polls-example = !опрос Когда едем? Пятница; Суббота до пятницы 18:00

# Слова, которыми учитель снимает записанный голос семьи, через запятую.
polls-withdraw-words = снять, убрать, withdraw, none

# Слова вокруг варианта в личной комнате, строчными: «мы за субботу», «нет, лучше музей», «вариант 1», «не суббота, а пятница». Формы порядковых числительных — через косую черту.
polls-words-voting = за, голосуем, голосую, голос, голоса, голоснём, выбираем, выбираю, выбор, выбрали, выбрала, выбрал, лучше, меняем, меняю, поменяйте, поменяем, исправьте, предпочитаем, предпочли, предпочла, удобнее, хотим, хотели, хотелось, хочу
polls-words-around = мы, я, наш, наша, нашей, мой, нам, мне, нас, меня, семья, семьи, тогда, же, всё, таки, всё-таки, уже, пожалуйста, спасибо, большое, здравствуйте, привет, добрый, доброе, день, вечер, утро, опрос, опросу, опросе, по, голосовании, голосование, бы, давайте, пусть, тоже, это, и, однозначно, точно, только
polls-words-changing = нет, передумали, передумала, передумал, ой, ошиблись, ошиблась, ошибся, вернее, точнее, извините, простите, но
polls-words-loose = в, во, на, к, ко, да, конечно, ок, хорошо
polls-words-numbered = вариант, варианта, варианту, варианте, номер, пункт, пункта
polls-words-asking = ли
polls-words-ordinals = первый/первая/первое/первого/первую/первому, второй/вторая/второе/второго/вторую/второму, третий/третья/третье/третьего/третью, четвертый/четвертая/четвертое/четвертого/четвертую, пятый/пятая/пятое/пятого/пятую, шестой/шестая/шестое/шестого
polls-words-not = не
polls-words-but = а, но

## Карточка

polls-card-title = Опрос №{ $number }. { $question }
polls-card-option = { $mark } { $option } — { $count }
polls-card-until = До { $until }.
polls-card-quorum = Кворум { $quorum }: { $needed ->
    [one] нужна { $needed } семья
    [few] нужны { $needed } семьи
   *[other] нужно { $needed } семей
 }.
polls-card-how = Числа выше — сколько семей сейчас за каждый вариант. Одна семья — один голос, считается последний. Голосуйте в опросе или кнопкой: цифры внизу — кнопки, по одной на каждой — моя.
polls-card-how-plain = Числа выше — сколько семей сейчас за каждый вариант. Одна семья — один голос, считается последний. Голосуйте в опросе.
polls-turnout = { $voted ->
    [0] Пока никто не проголосовал.
   *[other] Проголосовало семей: { $voted } из { $families } ({ $share }).
 }

## Итог

polls-result-open = Опрос №{ $number } идёт: { $question }
polls-result-closed = Опрос №{ $number } завершён: { $question }
polls-result-cancelled = Опрос №{ $number } отменён: { $question }
polls-quorum-reached = Кворум { $quorum } набран.
polls-quorum-missed = Кворум { $quorum } не набран: { $needed ->
    [one] нужна была { $needed } семья
    [few] нужны были { $needed } семьи
   *[other] нужно было { $needed } семей
 }.
polls-outcome = Решение: { $option }
polls-outcome-most = Больше всего голосов: { $option }
polls-native-differs = Считаем семьи; число под самим опросом считает людей и может отличаться.
polls-outcome-tie = Поровну: { $options }. Решения нет.
polls-outcome-nobody = Никто не проголосовал. Решения нет.
polls-outcome-no-quorum = Без кворума решения нет.
polls-corrected = Уточнение по опросу №{ $number } «{ $question }»: дошли голоса, отданные вовремя.
polls-corrected-end = Уточнение по опросу №{ $number } «{ $question }»: он закончился раньше, и более поздние голоса не учтены.
polls-native-closed = Опрос завершён: { $question }
polls-native-cancelled = Опрос отменён: { $question }

## Семьям

polls-family-differs = В вашей семье по опросу «{ $question }» выбрали по-разному. От семьи считается последний голос: «{ $option }».
polls-family-by-teacher = По опросу «{ $question }» учитель записал голос вашей семьи: «{ $option }». Считается последний голос; его можно изменить, проголосовав.
polls-late = Опрос «{ $question }» уже закончился, поэтому ваш голос не учтён. Спасибо, что откликнулись!
polls-reminder = Опрос «{ $question }» идёт до { $until }. Ваша семья ещё не голосовала. Варианты: { $options }. Проголосуйте в опросе или ответьте сюда номером варианта.
polls-desk-recorded = Голос вашей семьи по опросу «{ $question }»: «{ $option }». Считается последний голос.
polls-edit-unread = Правку не понимаю: по опросу «{ $question }» остаётся голос «{ $option }». Чтобы изменить его, напишите номер варианта новым сообщением.
polls-edit-late = Опрос «{ $question }» уже закончился, голос «{ $option }» остаётся.
polls-taken-back = Голос вашей семьи по опросу «{ $question }» снят.
polls-taken-back-stands = Этот голос снят. По опросу «{ $question }» от вашей семьи теперь считается «{ $option }».
polls-meaning = опрос №{ $number } «{ $question }»: «{ $option }»
polls-reminder-staff = По опросу №{ $number } «{ $question }» (до { $until }) ещё не голосовали семьи без приложения: { $families }. Записать голос: !опрос голос <фамилия> <номер варианта>

polls-agenda = Опрос №{ $number } «{ $question }»: { $options }. Проголосуйте в опросе или ответьте сюда номером варианта.
polls-agenda-until = Опрос №{ $number } «{ $question }» до { $until }: { $options }. Проголосуйте в опросе или ответьте сюда номером варианта.

## Ответы учителю

polls-opened = Опрос №{ $number } «{ $question }» открыт, семьи его видят.
polls-closed = Опрос №{ $number } «{ $question }» закрыт, итог объявлен.
polls-closed-quiet = Опрос №{ $number } закрыт. Сейчас тихие часы, итог объявлю { $when }.
polls-cancelled = Опрос №{ $number } «{ $question }» отменён.
polls-proxy-recorded = Записано: { $family } — «{ $option }», опрос №{ $number } «{ $question }».
polls-proxy-withdrawn = Записанный голос снят: { $family }, опрос №{ $number } «{ $question }».
polls-who = По опросу №{ $number } «{ $question }» { $count ->
    [one] не голосовала { $count } семья
    [few] не голосовали { $count } семьи
   *[other] не голосовали { $count } семей
 }:
polls-who-nobody = По опросу №{ $number } «{ $question }» проголосовали все семьи.
polls-who-proxies = Голоса, записанные учителем:
polls-who-proxy = { $family } — { $person }, { $when }
polls-reach-phone = { $family } (по телефону)
polls-reach-paper = { $family } (на бумаге)
polls-list = Последние опросы:
polls-list-open = открыт.
polls-list-until = до { $until }.
polls-list-closed = { $poll } — завершён: { $option }
polls-list-undecided = { $poll } — завершён, решения нет
polls-list-cancelled = { $poll } — отменён
polls-called = №{ $number } «{ $question }»
polls-quoted = «{ $text }»

## Если что-то не так

polls-too-few-options = Нужно хотя бы два варианта через точку с запятой или с новой строки. Например: { $example }
polls-too-many-options = Вариантов { $count }, а можно не больше { $most }. Объедините похожие.
polls-question-too-long = Вопрос слишком длинный: { $count } знаков, а можно не больше { $most }. Подробности лучше написать отдельным сообщением.
polls-option-too-long = Вариант «{ $option }» слишком длинный: { $count } знаков, а можно не больше { $most }.
polls-same-options = Вариант «{ $option }» повторяется. Оставьте его один раз.
polls-unknown = В этом классе нет опроса №{ $number }. Все опросы: !опрос список
polls-unknown-option = Нет варианта «{ $text }». Есть: { $options }
polls-none = В этом классе ещё не было опросов.
polls-none-open = Сейчас нет открытых опросов.
polls-which = Открыто несколько опросов: { $polls }. Добавьте номер, например: { $example }. Или ответьте этой командой на сообщение с опросом.
polls-again-close = !опрос закрыть { $number }
polls-again-cancel = !опрос отменить { $number }
polls-again-results = !опрос итоги { $number }
polls-again-who = !опрос кто { $number }
polls-again-vote = !опрос голос { $family } { $option } №{ $number }
polls-already-closed = Опрос №{ $number } «{ $question }» уже завершён.
polls-already-cancelled = Опрос №{ $number } «{ $question }» уже отменён.

## Выгрузка и удаление

polls-export = Опросы
polls-export-votes = Голоса семьи
polls-export-poll = Опрос
polls-export-answer = Ответ
polls-export-via = Как
polls-export-via-native = в опросе
polls-export-via-reaction = реакцией
polls-export-via-desk = сообщением в личной комнате
polls-export-via-proxy = внёс учитель
polls-export-by = Кто
polls-export-at = Когда
polls-export-status = Учёт
polls-export-counts = учтён
polls-export-replaced = заменён или отозван
