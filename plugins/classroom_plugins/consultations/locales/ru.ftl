consultations-title = Консультации
consultations-export = Консультации

## Запись: команды

command-slots = запись
    .aliases = записи, слоты
    .help = время для консультаций: открыть (учитель и специалисты), посмотреть и записаться (родители)
    .example = !запись чт 16:00–18:00 по 15 мин, каб. 12
    .help-family = свободное время для консультаций и ваша запись; с номером или временем — записаться
    .example-family = !запись 3
    .hours = часы

command-slots-for = за
    .aliases = для, записать
    .help = записать семью, перенести её или отменить запись (по телефону, на бумаге)
    .example = !запись за Калинину 3
    .words = фамилия и номер времени

command-slots-sheet = лист
    .aliases = список, день
    .help = кто и когда придёт в этот день
    .example = !запись лист чт
    .day = день

command-slots-move = перенести
    .aliases = перенос
    .help = перенести весь день: всем записанным придёт новое время с вопросом
    .example = !запись перенести чт на пт 16:00
    .words = какой день и на когда

command-slots-cancel = отменить
    .aliases = отмена, болею
    .help = отменить день или всё, с причиной; записанным придёт сообщение
    .example = !запись отменить чт: болею
    .words = день и причина

command-slots-remove = снять
    .aliases = убрать
    .help = убрать одно время
    .example = !запись снять 3: педсовет
    .number = номер времени

command-slots-close = закрыть
    .aliases = завершить
    .help = больше не записывать; кто записан, тот записан
    .example = !запись закрыть

consultations-slots-example = !запись чт 16:00–18:00 по 15 мин, перерыв 17:00–17:10, каб. 12
consultations-slots-for-example = !запись за Калинину 3
consultations-slots-move-example = !запись перенести чт на пт 16:00

## Запись: слова, которыми пишут семьи, через запятую

consultations-slots-words-list = запись, записаться, записываемся, хочу записаться, хотим записаться, можно записаться, запишите, запишите нас, запишите меня, запись на консультацию, записаться на консультацию, хочу записаться на консультацию, запишите нас на консультацию, консультация, консультации, на консультацию, свободное время, свободные места, что свободно, когда свободно, какое время свободно, моя запись, наша запись
consultations-slots-words-cancel = отмена, отменить, отмените, отмени, отменяем, отменяю, отменим, снять, снимите, вычеркните, не приду, не придём, не прийти, не смогу, не сможем, не могу, не можем, не получится, не получается, не выйдет, отказываемся, отказываюсь, не попадаем, не попадаю, отпишите
consultations-slots-words-weak = не успеем, не успею, не успеваем, не успеваю, не будем, не буду, не пойдём, не пойду, не нужна, уберите, убрать, удалите, удалить, удали, аннулируйте
consultations-slots-words-unsure = передумали, передумал, передумала
consultations-slots-words-things = консультация, консультации, консультацию, консультацией, консультаций, запись, записи, записью, встреча, встречу, встречи, встрече, слот, слота, приём, приёма
consultations-slots-words-around = прийти, придти, подойти, подъехать, приехать, быть, попасть, к, учителю, сожалению, увы, извините, простите, нашу, нашей, свою, своей, мою, моей, эту, этой, это, наша, моя, придётся, вынуждены, вынуждена, да, нет, тоже, вам, нас, меня, с, от, насчёт, про, больше, уже
consultations-slots-words-accept = беру, берём, возьмём, возьму
consultations-slots-words-come = придём, приду, будем, буду, подойдёт, подходит, устраивает, удобно, до встречи
consultations-slots-words-unfit = не подойдёт, не подходит, не устраивает, неудобно, не удобно, не годится
consultations-slots-words-free = свободно, свободен, занято, занят, есть
# Как начинаются слова, которые называют лист ожидания.
consultations-slots-words-waits = ожидани, очеред, освобод
# Как начинаются слова, которые называют запись.
consultations-slots-words-names = запис, запиш, консульт
consultations-slots-words-move = перенести, перенесите, перенесём, перенос, перенести запись, перенесите запись, перенесите нас, перенос записи, поменять, поменяйте, поменять время, поменяйте время, изменить время, сменить время, другое время
consultations-slots-words-wait = лист ожидания, в лист ожидания, запишите в лист ожидания, список ожидания, в список ожидания, очередь, в очередь, если освободится, если освободится место, если освободится время, ждём, подождём, ждать, если освободится напишите, если освободится сообщите, напишите если освободится, сообщите если освободится, дайте знать если освободится, вдруг освободится, если что-то освободится, если что-нибудь освободится
consultations-slots-words-joining = встать, встаём, встану, встанем, вставать, поставьте, поставить, добавьте, добавить, занесите, внесите, включите, попасть, бы
consultations-slots-words-first = первое, первое свободное, первый свободный, первое попавшееся, ближайшее, ближайшее свободное, самое раннее, любое, любое время, любое свободное, всё равно, когда угодно
consultations-slots-words-fillers = пожалуйста, можно, хочу, хотим, буду, будем, приду, придём, подойду, подойдём, хотели, хотелось, бы, давайте, нас, меня, нам, мне, мы, я, запишите, запиши, время, слот, номер, подойдёт, подходит, удобно, беру, берём, возьмём, лучше, тогда, здравствуйте, добрый, доброе, день, вечер, утро, привет, спасибо, большое, записаться, записать, запишем, заранее, а, и, на, у, ещё
# Как начинается команда, которую правят, и что стоит за ней, если она о семье или о чём-то другом.
consultations-slots-words-command = запись, записи, слоты
consultations-slots-words-for = за, для, записать
consultations-slots-words-commands = лист, список, день, перенести, перенос, отменить, отмена, болею, снять, убрать, закрыть, завершить
consultations-slots-words-all = всё, все, все дни, целиком, полностью
# Что стоит вокруг просьбы записать или вопроса о записи; что ничего не меняет; номера словами, формы через косую черту; что стоит между временами; с чего начинается причина; перед чьим именем запись.
consultations-slots-words-about = когда, сколько, какое, какой, какая, какую, часу, часов, нужна, нужно, нужен, надо, нужны, записаны, записана, записан, записаться, записать, запишите, запишем, вам, вами, вас, нам, нас, наша, нашу, наш, моя, мою, есть, ребенка, дочь, сына, попасть, прийти, подскажите, скажите, уже, к, ко, хотел, хотела, хотели, хотелось, как, назначена, консультации, индивидуальную, у, учителю, время, день, где, будет, просим, прошу, очень, тоже, для, с, напомните, личную
consultations-slots-words-modest = если можно, если возможно, если получится, если свободно, если ещё свободно, если оно свободно, если не занято, по возможности
consultations-slots-words-ordinals = первый/первую, второй/второе/вторую, третий/третье/третью, четвёртый/четвёртое/четвёртую, пятый/пятое/пятую, шестой/шестое/шестую, седьмой/седьмое/седьмую, восьмой/восьмое/восьмую, девятый/девятое/девятую, десятый/десятое/десятую
consultations-slots-words-either = или, либо, и
consultations-slots-words-because = из-за, потому что, так как, ввиду, по причине, т.к, т.к.
consultations-slots-words-whose = для, за, с, на, у
# Что ещё стоит рядом с днём, который отменяют; само по себе не значит ничего.
consultations-slots-words-called-off = день, весь, приём, приёма, на, весь день

## Запись: карточка

consultations-slots-card-title = Запись на консультации: { $host }
consultations-slots-card-day = { $day }: { $hours }, { $minutes ->
    [one] по { $minutes } минуте
   *[other] по { $minutes } минут
 }
consultations-slots-card-free = { $free ->
    [0] Всё занято, мест было { $all }.
   *[other] Свободно { $free } из { $all }.
 }
consultations-slots-card-taken = { $taken ->
    [0] Никто не записан, мест было { $all }.
    [one] Занято { $taken } из { $all }.
   *[other] Занято { $taken } из { $all }.
 }
consultations-slots-card-until = Записаться можно до { $until }.
consultations-slots-card-how = Чтобы записаться, напишите в свою личную комнату «запись» и номер или время, например «запись { $number }». Или нажмите ✋: список придёт туда. Другим семьям не видно, кто записан.
consultations-slots-card-full = Напишите в свою личную комнату «лист ожидания»: если время освободится, предложим по очереди.
consultations-slots-card-over = Запись закончилась.
consultations-slots-card-past = Консультации прошли.
consultations-slots-card-cancelled = Консультации отменены.

## Запись: список в личной комнате

consultations-slots-you-have = Вы записаны: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-list-free = { $host }{ $place }. Свободно:
consultations-slots-list-full = { $host }{ $place }. Свободного времени нет.
consultations-slots-list-ended = { $host }{ $place }. Запись закончилась.
consultations-slots-list-over = { $mine ->
    [0] Если встреча нужна, напишите сюда учителю.
   *[other] Отменить: «отмена».
 }
consultations-slots-at = , { $place }
consultations-slots-list-how = { $mine ->
    [0] Ответьте номером или временем. Подойдёт и «первое свободное».
   *[other] Перенести: «перенести на» и номер или время. Отменить: «отмена».
 }
consultations-slots-list-wait = { $mine ->
    [0] Напишите «лист ожидания»: если время освободится, предложим.
   *[other] Отменить: «отмена».
 }
consultations-slots-none = Этой записи больше нет.
consultations-slots-none-open = Сейчас запись на консультации не открыта. Когда учитель её откроет, это будет видно в объявлениях.

## Запись: ответы семьям

consultations-slots-booked = Записали: { $when }–{ $ends }, { $host }{ $place }. Перенести: «перенести на …», отменить: «отмена».
consultations-slots-booked-by-staff = Вас записали: { $when }–{ $ends }, { $host }{ $place }. Перенести: «перенести на …», отменить: «отмена».
consultations-slots-single-only = Двух времён подряд здесь уже нет, поэтому записали одно; для второго ребёнка выберите ещё.
consultations-slots-moved = Перенесли: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-cancelled = Запись отменена: { $when }, { $host }.
consultations-slots-cancelled-by-staff = Вашу запись отменили: { $when }, { $host }. Записаться снова: напишите «запись».
consultations-slots-confirmed = Хорошо, ждём вас: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-stays = Остаётся как было: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-stays-cancelled = Запись остаётся отменённой: { $when }, { $host }. Записаться снова: напишите «запись».
consultations-slots-already = Это время и так ваше: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-full = Вы уже записаны: { $when }. Перенести на { $new }? Ответьте «да» или «перенести на { $time }».
consultations-slots-full-family = От вашей семьи запись уже есть.
consultations-slots-full-past = Ваша консультация уже прошла, второй раз записаться нельзя. Если нужно ещё время, напишите учителю.
consultations-slots-taken = { $when }: это время уже занято.
consultations-slots-past = { $when }: это время уже прошло.
consultations-slots-gone = { $when }: этого времени больше нет.
consultations-slots-over = Запись закончилась. Если встреча нужна, напишите сюда учителю или «лист ожидания».
consultations-slots-over-since = Запись закончилась { $until }. Если встреча нужна, напишите сюда учителю или «лист ожидания».
consultations-slots-kept = Ваша запись осталась: { $when }.
consultations-slots-nearest = Рядом свободно:
consultations-slots-nothing-free = Свободного времени не осталось. Напишите «лист ожидания»: если что-то освободится, предложим.
consultations-slots-no-booking = Такой записи уже нет. Посмотреть, что свободно: «запись».
consultations-slots-begun = Эта консультация уже началась, изменить запись нельзя.
consultations-slots-reminder = Напоминаем о консультации: { $when }–{ $ends }, { $host }{ $place }. Если не сможете прийти, напишите «отмена».
consultations-slots-reminder-unanswered = Консультация перенесена на { $when }–{ $ends }, { $host }{ $place }. Придёте? Ответьте «да» или «отмена».

## Запись: лист ожидания

consultations-slots-wait-done = Вы в листе ожидания. Если время освободится, предложим вам по очереди. Передумаете: «отмена».
consultations-slots-wait-done-one = Вы в листе ожидания на { $when }. Если это время освободится, предложим вам по очереди. Передумаете: «отмена».
consultations-slots-wait-already = Вы уже в листе ожидания или записаны на это время.
consultations-slots-wait-free = Ждать не нужно: свободное время есть. Напишите «запись», и придёт список.
consultations-slots-wait-full = Вы уже записаны. Если нужно другое время, напишите, какое: «лист ожидания 16:15».
consultations-slots-wait-past = Ждать уже нечего: консультации прошли или отменены.
consultations-slots-wait-left = Вы больше не в листе ожидания.
consultations-slots-wait-cancelled = Консультаций, которых вы ждали, не будет: учитель их отменил.
consultations-slots-offer = Освободилось время: { $when }, { $host }. Держим его для вас до { $until }. Берёте? Ответьте «да» или «нет».
consultations-slots-offer-over = Это время больше не держим: предложение закончилось. Посмотреть, что свободно: «запись».
consultations-slots-offer-expired = { $when }: это время для вас больше не держим, вы не ответили. Посмотреть, что свободно: «запись». Встать в очередь снова: «лист ожидания».
consultations-slots-edit-unread = Правку сообщения не учли. Вы записаны: { $when }–{ $ends }, { $host }{ $place }. Чтобы изменить, напишите заново: «перенести на …» или «отмена».
consultations-slots-declined = Хорошо, предложим другим. Встать в очередь снова: «лист ожидания».

## Запись: что открыто, что впереди

consultations-slots-agenda = Запись на консультации ({ $host }), свободно { $free }. Напишите «запись», и придёт список.
consultations-slots-agenda-until = Запись на консультации ({ $host }) до { $until }, свободно { $free }. Напишите «запись», и придёт список.
consultations-slots-agenda-unanswered = Консультация перенесена на { $when }–{ $ends }, { $host }{ $place }. Ответьте «да» или «отмена».
consultations-slots-coming = Консультация: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-label = консультация { $when }, { $host }
consultations-slots-label-list = запись на консультации
consultations-slots-label-accept = взять время { $when }, { $host }
consultations-slots-label-decline = отказаться от времени { $when }, { $host }
consultations-slots-label-move = перенести консультацию на { $when }, { $host }
consultations-slots-label-wait = лист ожидания: { $host }
consultations-slots-label-leave = уйти из листа ожидания
consultations-slots-label-cancel = отменить консультацию { $when }, { $host }
consultations-slots-label-keep = прийти на консультацию { $when }, { $host }
consultations-slots-ics-title = Консультация: { $host }

## Запись: день перенесён или отменён

consultations-slots-day-ask = { $host } переносит консультацию. Было: { $was }. Теперь: { $when }–{ $ends }{ $place }. Подойдёт? Ответьте «да» или «отмена».
consultations-slots-unfit = Консультация { $when } ({ $host }) переносится, но для вашей записи времени не хватило.
consultations-slots-cancelled-all = Консультации { $when } ({ $host }) не будет.
consultations-slots-reason = Причина: { $reason }
consultations-slots-private = В причине имя рядом с личным, а прочтут её все, кто записан. Ничего не отменено; напишите причину без имени.
consultations-slots-choose-another = Можно выбрать другое время, ответьте номером:

## Запись: ответы учителю

consultations-slots-opened = { $count ->
    [one] Открыто { $count } время
    [few] Открыто { $count } времени
   *[other] Открыто { $count } времён
 }, первое { $first }. Карточка в объявлениях с { $seen }. Как идёт: !запись
consultations-slots-opened-later = { $count ->
    [one] Открыто { $count } время
    [few] Открыто { $count } времени
   *[other] Открыто { $count } времён
 }, первое { $first }. Сейчас тихие часы: карточка появится { $seen }, для всех сразу.
consultations-slots-amended = Исправлено: { $count ->
    [one] открыто { $count } время
    [few] открыто { $count } времени
   *[other] открыто { $count } времён
 }, первое { $first }. Посмотреть: !запись
consultations-slots-place = Место изменилось. Ваша консультация: { $when }–{ $ends }, { $host }{ $place }.
consultations-slots-opening-deleted = Команда удалена, запись убрана: никто не был записан.
consultations-slots-opening-kept = { $count ->
    [one] Записана { $count } семья
    [few] Записаны { $count } семьи
   *[other] Записано { $count } семей
 }, поэтому запись остаётся, хотя команда удалена. Отменить день: !запись отменить чт: болею
consultations-slots-edit-booked = Правку не учли: на времена, которых в ней больше нет, { $count ->
    [one] записана { $count } семья
    [few] записаны { $count } семьи
   *[other] записано { $count } семей
 }. Перенести день: !запись перенести чт на пт 16:00. Отменить: !запись отменить чт: болею
consultations-slots-edit-over = Правку не учли: эта запись закрыта или отменена. Открыть снова можно новым сообщением: !запись чт 16:00–18:00
consultations-slots-edit-command = Правку команды не учли. Напишите её новым сообщением.
consultations-slots-edit-late = Правку не учли, запись с тех пор изменилась: { $family } — { $when }. Напишите новым сообщением: !запись за <фамилия> <номер>
consultations-slots-edit-late-cancelled = Правку не учли, запись с тех пор отменена: { $family } — { $when }. Напишите новым сообщением: !запись за <фамилия> <номер>
consultations-slots-delete-kept = Команда удалена, запись остаётся: { $family } — { $when }. Отменить: !запись за <фамилия> отмена
consultations-slots-delete-kept-cancelled = Команда удалена, запись остаётся отменённой: { $family } — { $when }.
consultations-slots-without-app = Без приложения, записать можно только за них (!запись за <фамилия> <номер>): { $families }
consultations-slots-closed = Запись закрыта. { $count ->
    [one] Записана { $count } семья.
    [few] Записаны { $count } семьи.
   *[other] Записано { $count } семей.
 }
consultations-slots-queue = Лист ожидания, { $host }: { $names }
consultations-slots-for-booked = Записано: { $family } — { $when }.
consultations-slots-for-moved = Перенесено: { $family } — { $when }.
consultations-slots-for-cancelled = Запись отменена: { $family } — { $when }.
consultations-slots-for-left = { $family }: больше не в листе ожидания.
consultations-slots-for-none = У семьи записи нет: { $family }.
consultations-slots-for-begun = Эта консультация уже началась.
consultations-slots-for-already = { $family }: уже записаны на { $when }.
consultations-slots-for-taken = { $when } уже занято, { $family } не записаны.
consultations-slots-for-past = { $when } уже прошло, { $family } не записаны.
consultations-slots-for-gone = Времени { $when } больше нет, { $family } не записаны.
consultations-slots-for-over = Запись закончилась, { $family } на { $when } не записаны.
consultations-slots-for-full = { $family }: запись уже есть, больше не положено. Чтобы перенести: !запись за <фамилия> перенести <номер>
consultations-slots-for-wait-done = В листе ожидания: { $family }.
consultations-slots-for-wait-already = Уже в листе ожидания или записаны: { $family }.
consultations-slots-for-wait-free = { $family }: ждать не нужно, есть свободное время.
consultations-slots-for-wait-full = { $family }: уже записаны.
consultations-slots-for-wait-past = { $family }: ждать уже нечего.
consultations-slots-for-wait-gone = { $family }: ждать уже нечего.
consultations-slots-offer-staff = Освободилось { $when } ({ $host }); следующие в листе ожидания без приложения: { $family }. Держим до { $until }. Записать: !запись за <фамилия> { $number }
consultations-slots-day-moved = { $moved ->
    [0] Перенесено.
    [one] Перенесено, новое время сообщено { $moved } семье; ответы — в «!запись лист».
   *[other] Перенесено, новое время сообщено { $moved } семьям; ответы — в «!запись лист».
 } { $cancelled ->
    [0] { $booked ->
        [0] Записанных не было.
       *[other] Поместились все.
     }
   *[other] Не поместилось: { $cancelled }.
 }
consultations-slots-day-unfit = Времени не хватило, им предложено выбрать другое:
consultations-slots-day-cancelled = Отменено. { $gone ->
    [0] { $booked ->
        [0] Записанных не было.
       *[other] Записанных из приложения не было.
     }
    [one] Сообщено { $gone } семье.
   *[other] Сообщено { $gone } семьям.
 }
consultations-slots-day-what = Убрано: { $what }.
consultations-slots-day-call = Без приложения, нужно позвонить:
consultations-slots-day-moved-held = Перенесено. { $moved ->
    [0] Записанные семьи узнают об этом
    [one] { $moved } семья узнает новое время
    [few] { $moved } семьи узнают новое время
   *[other] { $moved } семей узнают новое время
 } после тихих часов: { $when }; ответы — в «!запись лист». { $cancelled ->
    [0] Поместились все.
   *[other] Не поместилось: { $cancelled }.
 }
consultations-slots-day-cancelled-held = Отменено. { $gone ->
    [one] { $gone } семья узнает об этом
    [few] { $gone } семьи узнают об этом
   *[other] { $gone } семей узнают об этом
 } после тихих часов: { $when }.

## Запись: лист дня

consultations-slots-sheet-title = Консультации { $day }: { $host }
consultations-slots-sheet-none = В этот день консультаций нет.
consultations-slots-sheet-waiting = В листе ожидания: { $count }.
consultations-slots-sheet-time = Время
consultations-slots-sheet-number = №
consultations-slots-sheet-pupil = Ученик
consultations-slots-sheet-home = Кто
consultations-slots-sheet-note = Заметки
consultations-slots-sheet-free = свободно
consultations-slots-sheet-offered = предложено: { $family }
consultations-slots-sheet-unanswered = новое время не подтверждено
consultations-slots-sheet-proxy = внёс { $person }, { $when }
consultations-slots-reach-phone = { $family } (по телефону)
consultations-slots-reach-paper = { $family } (на бумаге)
consultations-slots-host-gone = учитель

## Запись: если что-то не так

consultations-slots-no-hours = Не вижу часов. Например: { $example }
consultations-slots-which-hours = С какого до какого часа? Например: !запись { $day } 16:00–18:00 по 15 мин
consultations-slots-for-whom = Чтобы записать семью: !запись за { $name } { $rest }
consultations-slots-not-understood = Не понимаю «{ $text }». Например: { $example }
consultations-slots-too-short = «{ $text }» — слишком мало для { $minutes ->
    [one] { $minutes } минуты
   *[other] { $minutes } минут
 }.
consultations-slots-hours-overlap = Эти часы пересекаются между собой. Напишите их по одному разу.
consultations-slots-length = Одна консультация — от { $least } до { $most } минут, например «по 15 мин».
consultations-slots-per-pupil = На ученика можно от 1 до { $most }, например «по 2».
consultations-slots-too-many = Это { $count } времён, а вместе с открытыми можно не больше { $most }. Откройте частями.
consultations-slots-until-late = Запись до { $until } — это позже последней консультации.
consultations-slots-open-already = { $when } у вас уже открыто. Посмотреть: !запись
consultations-slots-none-staff = Сейчас ничего не открыто. Открыть: { $example }
consultations-slots-remove-what = Какое время убрать? Нужен его номер: !запись снять 3. Отменить запись семьи: !запись за { $text } отмена
consultations-slots-no-such = Такого времени нет. Посмотреть: !запись
consultations-slots-remove-which = Какое время убрать? Нужен его номер или день и время, например: !запись снять 3 или !запись снять чт 16:00
consultations-slots-remove-day = Весь день отменяют так: !запись отменить { $text }. Одно время убирают по номеру: !запись снять 3
consultations-slots-cancel-number = Одно время убирают так: !запись снять { $number }. Весь день отменяют так: !запись отменить чт: болею
consultations-slots-cancel-family = Запись семьи отменяют так: !запись за { $text } отмена. Весь день: !запись отменить чт: болею
consultations-slots-which-time = Таких времён несколько: { $times }. Напишите номер, например { $number }.
consultations-slots-for-which = { $family }: записей несколько: { $times }. Допишите день и время той, о которой речь.
consultations-slots-which-day = Какой день? Открыты: { $days }.
consultations-slots-which-home = { $family } — два дома: { $homes }. Добавьте имя взрослого после фамилии.
consultations-slots-for-what = Не понимаю, кого и на какое время. Например: { $example }
consultations-slots-move-what = Не понимаю, что и на когда перенести. Например: { $example }

## Запись: выгрузка

consultations-slots-export-bookings = Записи на консультации
consultations-slots-export-waiting = Листы ожидания
consultations-slots-export-when = Время
consultations-slots-export-host = У кого
consultations-slots-export-pupil = Ученик
consultations-slots-export-by = Кто записал
consultations-slots-export-via = Как
consultations-slots-export-via-desk = сообщением в личной комнате
consultations-slots-export-via-reaction = реакцией
consultations-slots-export-via-proxy = внёс учитель
consultations-slots-export-at = Когда
consultations-slots-export-note = О чём
consultations-slots-export-status = Состояние
consultations-slots-export-status-booked = записаны
consultations-slots-export-status-unanswered = новое время не подтверждено
consultations-slots-export-status-cancelled = отменено

## Письменные обращения

command-written = обращения
    .aliases = обращение, вопросы семей
    .help = обращения семей, на которые ещё не ответили; отвеченные, закрытые, все
    .example = !обращения
    .which = отвеченные, закрытые или все

command-written-close = закрыть
    .aliases = закрыто, закрой
    .help = закрыть обращение семьи: отвечать больше не на что
    .example = !обращения закрыть Калинина
    .family = фамилия или номер ученика

command-written-meet = на встречу
    .aliases = встреча
    .help = предложить семье встречу вместо переписки
    .example = !обращения на встречу Калинина
    .family = фамилия или номер ученика

command-close = закрыть
    .aliases = закрыто
    .help = в личной комнате семьи: отвечать больше не на что (или ✅ под сообщением)
    .example = !закрыть
    .family = фамилия ученика

command-meet = на встречу
    .aliases = встретиться, на приём, на консультацию
    .help = в личной комнате семьи или ответом на сообщение родителя: предложить встречу
    .example = !на встречу
    .family = фамилия ученика

# Слова без разницы между большими и маленькими буквами, через запятую; формы все, какие пишут.
consultations-written-words-open = открытые, открыто, открытое, новые, ждут, без ответа
consultations-written-words-answered = отвеченные, отвечено, отвеченное, отвечены, с ответом
consultations-written-words-closed = закрытые, закрыто, закрытое, закрыты, старые
consultations-written-words-all = все, всё, всех
# Сообщение только из этих слов закрывает то, на что ответили.
consultations-written-words-thanks = спасибо, спс, спасиб, благодарю, благодарим, благодарна, благодарен, благодарны, признательна, признателен, понятно, понял, поняла, поняли, ясно, хорошо, хор, ок, окей, оки, ладно, договорились, принято, принял, приняла, приняли, учту, учтём, передам, отлично, супер, прекрасно, здорово, замечательно, чудесно
# С чем вместе благодарят и здороваются; само по себе не вопрос.
consultations-written-words-polite = большое, огромное, огромнейшее, вам, вас, тебе, и, за, все, всё, очень, ответ, помощь, внимание, информацию, информация, быстрый, так, мы, я, тогда, буду, будем, знать, с, уже, ещё, раз, заранее, да, нет, ну, вот, о, а, ой, всего, хорошего, доброго, добрый, доброе, дня, день, вечера, вечер, утра, утро, ночи, ночь, здравствуйте, здрасьте, привет, приветствую, до, свидания, пожалуйста, взаимно, вы, нас, рады, рада, рад

consultations-written-office = Учитель увидит ваше сообщение. Ответы — в рабочие часы, ближайшие: { $when }.
consultations-written-office-urgent = Учитель увидит ваше сообщение. Ответы — в рабочие часы, ближайшие: { $when }. Если срочно: { $urgent }.
consultations-written-agenda = Ваш вопрос ({ $when }) ждёт ответа учителя.

consultations-written-list-waiting = { $count ->
    [one] { $count } обращение ждёт ответа
    [few] { $count } обращения ждут ответа
   *[other] { $count } обращений ждут ответа
 }:
consultations-written-list = { $count ->
    [one] { $count } обращение
    [few] { $count } обращения
   *[other] { $count } обращений
 }:
consultations-written-list-who = { $family }, { $person }
consultations-written-list-somebody = семья по ссылке
consultations-written-list-open = с { $since } ({ $length }).
consultations-written-list-answered = отвечено { $since }.
consultations-written-list-meeting = предложена встреча, { $since }.
consultations-written-list-closed = закрыто { $since }.
consultations-written-list-more = И ещё { $count }.
consultations-written-list-unnamed = Без имени — семьи, чью личную комнату видят не все, кто читает здесь. Ссылка открывается у тех, кто в той комнате есть.
consultations-written-none-waiting = Обращений без ответа нет.
consultations-written-none = Таких обращений нет.
consultations-written-waiting = { $count ->
    [one] { $count } обращение ждёт
    [few] { $count } обращения ждут
   *[other] { $count } обращений ждут
 } ответа дольше { $days ->
    [one] { $days } рабочего дня
   *[other] { $days } рабочих дней
 }, самое давнее — с { $since }. Посмотреть: !обращения

consultations-written-closed = Обращение закрыто: { $family }.
consultations-written-meet-offered = Предложена встреча: { $family }.
consultations-written-close-where = Эту команду пишут в личной комнате семьи. Отсюда так: !обращения закрыть Калинина
consultations-written-meet-where = Эту команду пишут в личной комнате семьи или ответом на сообщение родителя. Отсюда так: !обращения на встречу Калинина
consultations-written-meet-reason = по обращению от { $day }
consultations-written-meet-no-slots = Свободного времени для встреч сейчас нет. Сначала откройте приём.
consultations-written-meet-nobody = Этой семье ({ $family }) не написать: в чате у неё никого нет. Договоритесь о встрече по телефону.
consultations-written-nothing-open = Здесь нет открытого обращения.
consultations-written-nothing-open-of = У этой семьи ({ $family }) нет открытого обращения.
consultations-written-several = У этой семьи ({ $family }) две личные комнаты. Напишите команду в той, о которой речь.
consultations-written-not-yours = Личная комната этой семьи вам не передана. Передать её может учитель класса: !передать
consultations-written-which-list = Не знаю обращений «{ $text }». Есть открытые, отвеченные, закрытые или все, например: !обращения все

consultations-written-export = Обращения
consultations-written-export-asked = Когда
consultations-written-export-by = Кто
consultations-written-export-state = Состояние
consultations-written-export-closed = Закрыто
consultations-written-state-open = ждёт ответа
consultations-written-state-answered = отвечено
consultations-written-state-meeting = предложена встреча
consultations-written-state-closed = закрыто
