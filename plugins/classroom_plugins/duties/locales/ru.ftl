duties-title = Дела и дежурства

## Команды

command-duties = дела
    .aliases = обязанности, роли
    .help = кто что делает; учитель открывает роли: чай 2; машина 3; без события — Субботник: окна 3; шторы 2
    .example = !дела №12 чай 2; машина 3 (нужна машина); фото 1
    .help-family = кто что делает и где ещё нужна помощь
    .example-family = !дела
    .roles = роли
    .wishes = по желанию до, желания до

command-duties-propose = предложить
    .aliases = предложи, распределить
    .help = найти семьи на свободные места: сначала те, у кого в этом году меньше дел
    .example = !дела предложить №12
    .occasion = номер или название события
    .seed = жребий

command-duties-send = отправить
    .aliases = разослать
    .help = отправить предложение семьям
    .example = !дела отправить

command-duties-replace = заменить
    .help = заменить семью в предложении: следующей по очереди или названной
    .example = !дела заменить Калинина на Чернова
    .family = фамилия или номер ученика
    .by = на

command-duties-remove = убрать
    .aliases = закрыть
    .help = убрать роль; кто её взял, узнает
    .example = !дела убрать №12 фото
    .duty = роль
    .occasion = №, #, событие

command-duties-end = закончить
    .aliases = завершить
    .help = закончить дела без события: что взято, то сделано
    .example = !дела закончить Субботник
    .title = название

command-duties-load = нагрузка
    .aliases = счёт, сколько
    .help = сколько дел у каждой семьи в этом учебном году (видят только учителя и специалисты)
    .example = !дела нагрузка

command-duty = дело
    .help = записать семью на дело (по телефону, на бумаге)
    .example = !дело Калинина чай
    .family = фамилия или номер ученика
    .duty = роль
    .occasion = №, #, событие

command-duty-drop = снять
    .help = снять семью с дела
    .example = !дело снять Калинина чай
    .family = фамилия или номер ученика
    .duty = роль
    .occasion = №, #, событие

command-duty-missed = не пришли
    .aliases = не пришёл, не пришла, не было
    .help = отметить, что семья не пришла; в счёт не идёт
    .example = !дело не пришли Калинина чай
    .family = фамилия или номер ученика
    .duty = роль
    .occasion = №, #, событие

command-duty-has = есть
    .aliases = имеется
    .help = отметить, что у семьи есть (машина, термос); нет — «нет» в конце
    .example = !дело есть Калинина машина
    .family = фамилия или номер ученика
    .need = что есть
    .none = нет

command-rota = дежурство
    .aliases = дежурства
    .help = дежурство на весь год: по одной семье в неделю или в день
    .example = !дежурство по классу пн–пт с 1 декабря до 31 мая
    .help-family = кто дежурит
    .example-family = !дежурство на следующей неделе
    .title = название
    .since = с, начиная с
    .until = до, по
    .daily = по дням, каждый день, ежедневно

command-rota-propose = предложить
    .aliases = предложи, распределить
    .help = найти семьи на ближайшие свободные недели
    .example = !дежурство предложить
    .title = название
    .seed = жребий

command-rota-skip = пропустить
    .aliases = каникулы
    .help = дни без дежурства
    .example = !дежурство пропустить 29 декабря – 9 января
    .days = какие дни
    .title = название

command-rota-end = закончить
    .aliases = завершить, отменить
    .help = закончить дежурство
    .example = !дежурство закончить
    .title = название

command-excuse = освободить
    .help = не предлагать семье дел до срока; видит только классный учитель, причина не хранится
    .example = !освободить Калинина до 1 марта
    .family = фамилия или номер ученика
    .until = до

command-excuse-end = снять
    .aliases = вернуть
    .help = снова предлагать семье дела
    .example = !освободить снять Калинина
    .family = фамилия или номер ученика

command-excuse-list = список
    .aliases = все, кто
    .help = кто освобождён (видит только классный учитель)
    .example = !освободить список

command-swap = обмен
    .aliases = обменяться, поменяться
    .help = поменяться делами с другой семьёй
    .example = !обмен с Черновыми чай на фото
    .text = с кем и на что

command-swap-yes = да
    .help = записать согласие семьи без приложения на обмен
    .example = !обмен да Исаев
    .family = фамилия или номер ученика

command-swap-no = нет
    .help = записать отказ семьи без приложения от обмена
    .example = !обмен нет Исаев
    .family = фамилия или номер ученика

duties-again-open = !дела №{ $number } чай 2; фото 1
duties-again-propose = !дела предложить №{ $number }
duties-again-remove = !дела убрать №{ $number } фото
duties-again-series = !дежурство по классу пн–пт с 1 декабря до 31 мая
duties-again-swap = обмен с Черновыми чай на фото

## Как что называется

duties-called = «{ $duty }» («{ $occasion }», { $when })
duties-called-undated = «{ $duty }» («{ $occasion }»)
duties-called-days = «{ $duty }», { $days }
duties-called-occasion = «{ $title }» (№{ $number })
duties-called-series = «{ $title }»
duties-needs = Нужно: { $needs }.
duties-day = { $day } { $month }
duties-days = { $first }–{ $last } { $month }
duties-days-of-months = { $first } – { $last }
duties-month-1 = января
duties-month-2 = февраля
duties-month-3 = марта
duties-month-4 = апреля
duties-month-5 = мая
duties-month-6 = июня
duties-month-7 = июля
duties-month-8 = августа
duties-month-9 = сентября
duties-month-10 = октября
duties-month-11 = ноября
duties-month-12 = декабря

## Карточка

duties-card-title = Дела: «{ $title }», { $when }{ $number }
duties-card-title-undated = Дела: «{ $title }»{ $number }
duties-card-number = {" "}(№{ $number })
duties-card-cancelled = Дела: «{ $title }»{ $number } — отменено, все свободны
duties-card-role = { $mark } { $duty }{ $time } — { $taken } из { $places }{ $some ->
    [1] : { $names }
   *[0] {""}
 }. { $needs }
duties-card-wishes = { $mark } { $duty }{ $time } — мест { $places }, желающих { $wishes }. { $needs }
duties-card-time = {" "}в { $time }
duties-card-until = Собираем желания до { $until }. Если желающих больше, чем мест, — сначала те, у кого в этом году меньше дел, потом жребий.
duties-card-seed = Жребий №{ $seed }.
duties-card-how = Берите кнопкой с номером или напишите мне: «{ $example }». Передумали — снимите свою реакцию или напишите «не смогу». В каждой роли — одно место на семью.
duties-card-how-plain = Напишите мне, что берёте: «{ $example }». Передумали — «не смогу». В каждой роли — одно место на семью.
duties-card-over = Всё сделано. Спасибо!
duties-card-over-some = Закончено. Спасибо всем, кто помог!
duties-series-over-some = Дежурство закончилось. Спасибо всем, кто дежурил!
duties-card-past = Мероприятие прошло.
duties-series-past = Дежурство закончилось.
duties-card-empty = Пока ничего не нужно.
duties-series-title = Дежурство { $title }
duties-series-words = дежурство, дежурим, дежурить, дежурная, duty, rota
duties-card-days = { $days } — { $some ->
    [1] { $names }
   *[0] { $places ->
        [1] свободно
       *[other] свободно мест: { $places }
    }
 }{ $some ->
    [1] { $places ->
        [1] {""}
       *[other] {" "}({ $taken } из { $places })
    }
   *[0] {""}
 }
duties-card-series-full = Дальше всё распределено. Напишите «не смогу», если планы изменились.
duties-card-series-how = Свободно ещё: { $free }. 🙋 — взять ближайшее ({ $nearest }); или напишите мне дни. Передумали — «не смогу».
duties-card-series-how-plain = Свободно ещё: { $free }, ближайшее — { $nearest }. Напишите мне дни, чтобы взять. Передумали — «не смогу».
duties-card-series-cancelled = «{ $title }» — отменено

## Семьям: взять и вернуть

duties-taken = Записал за вами: { $duty }. Спасибо! Если не получится, напишите «не смогу».
duties-held = Это уже за вашей семьёй: { $duty }.
duties-wished = Желание записано: { $duty }. Когда сбор закончится, напишу, что вышло.
duties-full = Мест больше нет: { $duty }. Спасибо, что откликнулись!
duties-over = Сюда уже не записаться: { $duty }. Спасибо, что откликнулись!
duties-given-back = Хорошо, место свободно: { $duty }.
duties-wish-back = Хорошо, желание снято: { $duty }.
duties-not-yours = Это взял другой дом вашей семьи, отказаться может только он: { $duty }.
duties-edited = Правку в сообщении не учитываю: за вами по-прежнему { $duty }. Если нужно иначе, напишите новым сообщением.
duties-not-held = Этого за вашей семьёй нет: { $duty }.
duties-family-gave-back = От вашей семьи отказались от дела: { $duty }. Место снова свободно.
duties-family-entered-taken = Учитель записал за вашей семьёй: { $duty }. Если не получится, напишите «не смогу».
duties-family-entered-wished = Учитель записал желание вашей семьи: { $duty }.
duties-family-dropped = Учитель снял с вашей семьи дело: { $duty }.
duties-family-removed = Это больше не нужно, вы свободны: { $duty }. Спасибо, что брались!
duties-reminder = Напоминаю, за вами: { $duty }. { $needs }
duties-reminder-how = Если не получится, напишите «не смогу» или поставьте ❌.
duties-load-own = В этом учебном году у вашей семьи { $load ->
    [one] { $load } дело
    [few] { $load } дела
   *[other] { $load } дел
 }.
duties-load-own-coming = В этом учебном году у вашей семьи { $load ->
    [one] { $load } дело
    [few] { $load } дела
   *[other] { $load } дел
 }. Впереди: { $duties }.
duties-means-yes = Запомнил: { $need } — есть. Пригодится, когда будем искать, кто поможет.
duties-means-no = Запомнил: { $need } — нет. С таким просить не буду.

duties-label-take = взять: { $duty }
duties-label-give = отказаться: { $duty }
duties-label-load = сколько у нас дел
duties-label-swap = попросить об обмене делами
duties-label-unswap = отменить просьбу об обмене
duties-label-offer-yes = согласиться: { $duty }
duties-label-offer-no = отказаться: { $duty }
duties-label-swap-yes = согласиться на обмен: { $duty }
duties-label-swap-no = отказаться от обмена: { $duty }
duties-label-means-yes = у нас есть: { $need }
duties-label-means-no = у нас нет: { $need }

duties-agenda-offer = Предложение вашей семье: { $duty }. Ответьте «да» или «нет» до { $until }.
duties-agenda-swap = Вам предлагают обмен: вам — { $gives }, от вас — { $gets }. Ответьте «да» или «нет» до { $until }.
duties-agenda-free = { $sheet }: нужны помощники: { $duties }. Возьмите кнопкой или напишите сюда.
duties-coming = За вами: { $duty }. { $needs }
duties-calendar = { $duty } — { $sheet }

## Желания и жребий

duties-lots-won = Место за вами: { $duty }. Спасибо! Если не получится, напишите «не смогу».
duties-lots-lost = На этот раз без вас: { $duty }. Спасибо, что откликнулись!
duties-lots-why = { $places ->
    [one] Место { $places }
   *[other] Мест { $places }
 }, желающих { $wishes }. Сначала — у кого в этом году меньше дел: у вас { $own }, у выбранных { $range }. { $lots ->
    [1] При равном счёте решил жребий №{ $seed }.
   *[0] До жребия не дошло.
 }
duties-lots-credit = В счёт добавлено { $credit }, чтобы не навёрстывать то, что было без вас.
duties-lots-staff = Желания разобраны: { $sheet }. Сначала меньшая нагрузка, потом жребий №{ $seed }.
duties-lots-staff-row = { $duty }: мест { $places }, желающих { $wishes } — { $chosen }.
duties-lots-staff-row-others = { $duty }: мест { $places }, желающих { $wishes } — { $chosen }. Не хватило места: { $others }.
duties-lots-staff-family = { $family } (дел { $load })

## Предложение

duties-proposal-title = Предложение: { $sheet }. Жребий №{ $seed }
duties-proposal-row = { $duty } — { $family } (дел { $before } → { $after }): { $why }
duties-proposal-row-state = { $duty } — { $family } (дел { $before } → { $after }): { $state }
duties-proposal-empty = { $duty }: не нашлось никого, свободных мест { $count }.
duties-proposal-rule = Поровну за год: сначала те, у кого дел меньше; при равных решает жребий. Кто занят в это время или отказался, не предложен.
duties-proposal-how = ✅ — отправить семьям. Заменить: !дела заменить <фамилия> — или на кого: !дела заменить <фамилия> на <фамилия>
duties-proposal-sent = Отправлено, ждём ответов до { $until }.
duties-proposal-done = Ждать больше некого.
duties-proposal-gone = Это предложение больше не действует.
duties-why-least = дел меньше всех
duties-why-least-able = дел меньше всех среди тех, кто может
duties-why-has-it = есть то, что нужно
duties-why-teacher = выбор учителя
duties-state-draft = ещё не отправлено
duties-state-sent = ждём ответа
duties-state-accepted = согласие
duties-state-declined = не получится
duties-state-silent = нет ответа
duties-state-withdrawn = снято
duties-state-lapsed = место заняли раньше

duties-offer = Сможете помочь? { $duty }. { $needs }
duties-offer-load = Дошёл черёд вашей семьи: в этом учебном году у вас { $load ->
    [0] ещё не было дел
    [one] { $load } дело
    [few] { $load } дела
   *[other] { $load } дел
 }.
duties-offer-has-it = У вас есть то, что нужно, поэтому прошу вас.
duties-offer-teacher = Учитель просит вашу семью.
duties-offer-until = ✅ — да, ❌ — не получится; можно и словами. Жду до { $until }; без ответа попрошу других.
duties-offer-until-takes = ✅ — да, ❌ — не получится; можно и словами. Жду до { $until }; без ответа считаю, что вы согласны.
duties-offer-declined = Хорошо, попрошу других: { $duty }.
duties-offer-lapsed = Помощь уже нашлась: { $duty }. Спасибо!
duties-offer-silent = Ответа не было, попрошу других: { $duty }. Ничего делать не нужно.
duties-offer-silent-taken = Ответа не было, записал за вами: { $duty }. Если не получится, напишите «не смогу».

## Обмен

duties-swap-letter = { $name } предлагает обмен: вам — { $gives }, от вас — { $gets }.
duties-swap-how = ✅ — согласны, ❌ — нет. Жду до { $until }.
duties-swap-asked = Спросил. Вы отдаёте { $gives } и получаете { $gets }. Ответ жду до { $until }, пока всё по-прежнему.
duties-swap-asked-by-teacher = Эта семья без приложения, передаст учитель. Вы отдаёте { $gives } и получаете { $gets }. Ответ жду до { $until }, пока всё по-прежнему.
duties-swap-asked-already = Об этом обмене вы уже просили, жду ответа.
duties-swap-done = Обмен состоялся. За вами теперь { $gets }, а не { $gives }.
duties-swap-declined = Обмен не получился, вам отказали: { $gets }. За вами по-прежнему { $gives }.
duties-swap-expired = На обмен не ответили вовремя: { $gets }. За вами по-прежнему { $gives }.
duties-swap-void = Обмен больше невозможен, что-то изменилось: { $gets }.
duties-swap-other-declined = Хорошо, всё остаётся как было.
duties-swap-other-expired = Спасибо, но уже поздно: срок этого обмена прошёл, всё остаётся как было.
duties-swap-other-void = Спасибо, но уже поздно: этот обмен больше невозможен, всё остаётся как было.
duties-swap-other-done = Этот обмен уже состоялся.
duties-swap-other-asked = Этот обмен ещё ждёт ответа.
duties-swap-other-withdrawn = Просьбу об обмене отозвали, отвечать не нужно: вам — { $gives }, от вас — { $gets }. Всё остаётся как было.
duties-swap-withdrawn = Хорошо, обмена не будет.
duties-swap-example = С кем и на что поменяться? Например: { $example }
duties-swap-guardians = Меняются сами семьи. Вы можете записать семью на дело и снять с него: !дело Калинина чай
duties-swap-self = Это ваша же семья.
duties-swap-has-it = У той семьи уже есть { $duty }.
duties-swap-many = Вы уже просите о { $most } обменах. Дождитесь ответа или напишите «отменить обмен».
duties-swap-none-own = У вашей семьи нет такого дела: { $text }.
duties-swap-none-their = У той семьи нет такого дела: { $text }.
duties-swap-which-own = Что вы отдаёте? У вас { $duties }. Например: { $example }
duties-swap-which-their = На что поменяться? Там { $duties }. Например: { $example }
duties-swap-nothing = Эту семью ({ $family }) никто не просит об обмене.
duties-swap-entered = Записано, обеим семьям сказано: { $family }.
duties-swap-late-staff = Этот обмен уже невозможен или срок прошёл: { $family }. Семье, которая просила, сказано.

## Учителю

duties-opened = Открыто: { $sheet }, ролей { $count }. Карточка — в комнате событий.
duties-removed = Убрано: { $duty }.
duties-removed-told = Убрано: { $duty }. { $families ->
    [one] Семье, которая это взяла, сказано.
   *[other] Семьям, которые это взяли, сказано.
 }
duties-removed-personally = Убрано: { $duty }. Скажите лично тем, кто без приложения: { $names }.
duties-full-staff = Мест больше нет: { $duty }. Не записано: { $family }.
duties-over-staff = Сюда уже не записать: { $duty }. Не записано: { $family }.
duties-entered-taken = Записано: { $family } — { $duty }.
duties-entered-held = Уже было записано: { $family } — { $duty }.
duties-entered-wished = Желание записано: { $family } — { $duty }.
duties-dropped = Снято: { $family } — { $duty }.
duties-missed = Отмечено, что не пришли: { $family } — { $duty }. В счёт не идёт.
duties-means-staff-yes = Записано: { $family } — есть: { $need }.
duties-means-staff-no = Записано: { $family } — нет: { $need }.
duties-series-opened = «{ $title }» открыто: { $days }, всего { $count }. Карточка — в комнате событий. Распределить: !дежурство предложить
duties-series-skipped = «{ $title }»: { $days } — без дежурства, снято { $count }.
duties-series-ended = «{ $title }» закончено.
duties-exempt = По { $until } включительно не предлагаю дел: { $family }. Что семья взяла сама, остаётся за ней. Другие об этом не знают.
duties-exempt-quietly = Записано. Сообщение убираю: об освобождениях знает только классный учитель, а здесь читают и другие. Пишите мне о них в личном чате.
duties-exempt-elsewhere = Об освобождениях знает только классный учитель. Покажу их ему в личном чате со мной: !освободить список
duties-exempt-no-more = Снова предлагаю дела: { $family }.
duties-exempt-list = Сейчас не предлагаю дел:
duties-exempt-row = { $family } — по { $until }
duties-exempt-nobody = Сейчас никто не освобождён.
duties-load-title = Дела семей, { $year } учебный год:
duties-load-family = Семья
duties-load-count = Дел
duties-load-notes = Примечание
duties-load-credit = в счёт добавлено { $credit }
duties-load-waiting = ждём ответа: { $waiting }
duties-load-missed = не пришли: { $missed }
duties-load-exempt = освобождена
duties-load-spread-all = От { $least } до { $most }. Кто освобождён и кому что добавлено в счёт, видит только классный учитель — в личном чате со мной.
duties-load-spread = Без освобождённых: от { $least } до { $most }.
duties-staff-given-back = Осталось мало времени, а место освободилось: { $duty }. Отказалась семья: { $family }. Предложить другим: !дела предложить
duties-staff-left = Семья ушла из класса, место свободно: «{ $duty }» («{ $sheet }»).
duties-staff-declined = { $family }: не получится — { $duty }.
duties-staff-silent = { $family }: нет ответа — { $duty }.
duties-staff-next = Следующий черёд: { $family } (дел { $before } → { $after }). ✅ — предложить.
duties-staff-nobody-next = Предложить больше некому.
duties-staff-not-needed = Место уже занято или предложено другим.
duties-staff-personally = Без приложения, предложите лично: { $families }. Согласие записать: !дело <фамилия> <роль>
duties-staff-personally-row = { $family } — { $duty }
duties-staff-swap = { $asker } просит семью без приложения об обмене: { $other } получит { $gives } и отдаст { $gets }. Ответ до { $until }: !обмен да <фамилия> или !обмен нет <фамилия>
duties-reminder-staff = Завтра дела у семей без приложения, напомните лично: { $duties }.
duties-reminder-staff-row = { $duty } — { $families }

## Если что-то не так

duties-unknown = Этого больше нет.
duties-no-occasions-here = Для чего эти дела? Например: !дела Субботник: окна 3; шторы 2. Дежурство на год: !дежурство по классу
duties-no-occasions = Событий сейчас нет. Сначала событие, потом дела — или дела сами по себе: !дела Субботник: окна 3; шторы 2
duties-occasion-over = Это событие уже прошло или отменено, ролей для него не открываю.
duties-unknown-occasion = Нет события №{ $number }, или оно прошло.
duties-which-occasion = К какому событию? Есть: { $occasions }. Добавьте номер или название, например: { $example }
duties-own-ended = Закончено: { $sheet }.
duties-own-none = Таких дел без события нет: «{ $text }». Дела события заканчиваются вместе с ним.
duties-own-which = Что именно? Есть: { $sheets }. Напишите название целиком или ответьте на карточку.
duties-own-when = Во сколько «{ $text }»? Например: !дела Субботник 21 ноября 10:00: окна 3; шторы 2
duties-none-called = Нет дел «{ $text }». Что есть, покажет: !дела
duties-none-for = Для события №{ $number } дел нет.
duties-none-open = Сейчас нет открытых дел.
duties-no-series = Дежурства в этом классе нет. Например: !дежурство по классу пн–пт
duties-unknown-series = Нет дежурства «{ $text }».
duties-which-series = Какое дежурство? Есть: { $series }. Добавьте название.
duties-unknown-duty = Не нахожу дела «{ $text }». Есть: { $duties }
duties-which-duty = «{ $text }» — что именно? Есть: { $duties }. Добавьте номер события, например №12.
duties-slip-role-command = «{ $text }» больше похоже на команду, чем на роль, поэтому ничего не открываю. Роли пишут так: !дела чай 2; фото 1 — с числом мест. Все команды: !помощь дела
duties-slip-role-family = «{ $text }» — это о семье, а роли читают все, поэтому ничего не открываю. Записать семью: !дело Калинина чай, снять: !дело снять Калинина чай, не просить: !освободить Калинина
duties-slip-rota-command = «{ $text }» больше похоже на команду, чем на название, поэтому ничего не открываю. Дежурство открывают так: !дежурство по классу пн–пт. Все команды: !помощь дежурство
duties-slip-rota-family = «{ $text }» — это о семье, а карточку читают все, поэтому ничего не открываю. Снять семью с дежурства: !дело снять Калинина дежурство, записать: !дело Калинина дежурство
duties-words-commands = заменить, замени, замените, освободить, освободи, предложить, предложи, распределить, отправить, отправь, разослать, сколько, кто, отменить, отмена, завершить, закончить, пропустить, показать, напомнить, болеет, отсутствует, не
duties-words-about = семей, семьи, семью, семьям, дел, дела, ролей, роли, роль, обязанностей, дежурств, дежурства, дежурных, освобождённых, желающих, families, family, duties, duty, roles, role
duties-words-doing = список, счёт, нагрузка, жребий, каникулы, снять, сними, снимите, убрать, убери, уберите, закрыть, закрой, записать, запиши, добавить, добавь, вернуть, верни, есть, найти, найди, открыть, открой, изменить, измени, перенести, отметить, поменять, дежурство, дежурства, обмен, событие, опрос, важно, объявление, запись, дз
duties-words-asking = кто, кого, чья, чей, чьё, когда, список, график, расписание, таблица, показать, покажи, покажите, who, who's, whose, when, list, schedule, table, show
duties-words-around-asking = сейчас, следующий, следующая, следующее, очередь, дежурит, дежурят, дежурный, дежурная, дежурные, дежурим, есть, идёт, какое, какие, все, всё, is, are, now, next, turn, all
duties-words-own-commands = дела, обязанности, роли, дело, дежурство, дежурства, освободить, обмен
duties-order-edited = Правку не учитываю: что сделано по этой команде, остаётся. Если нужно иначе, напишите новым сообщением.
duties-order-undone = Отменено.
duties-order-held = Вашу запись убирать не нужно, семья взяла это и сама: { $family } — { $duty }. Снять: !дело снять <фамилия> <роль>
duties-order-stays = Команда уже сработала, и с её удалением ничего не меняется.
duties-order-stays-but = Команда уже сработала, и с её удалением ничего не меняется. Изменить можно так: { $example }
duties-order-drop = !дело <фамилия> <роль>
duties-order-missed = !дело <фамилия> <роль>
duties-order-means = !дело есть <фамилия> машина нет
duties-order-excuse-end = !освободить <фамилия>
duties-order-open = !дела убрать <роль>
duties-order-remove = !дела <роль> <сколько мест>
duties-order-rota = !дежурство закончить
duties-command-edited = Правок в командах я не вижу. Напишите, пожалуйста, новым сообщением.
duties-no-title = Не понимаю роль «{ $text }». Например: чай 2
duties-title-too-long = «{ $text }…» — слишком длинно, можно не больше { $most } знаков.
duties-wrong-places = «{ $text }»: мест может быть от 1 до { $most }.
duties-wrong-weight = «{ $text }»: вес может быть от 1 до { $most }.
duties-wrong-clock = Нет такого времени: «{ $text }».
duties-too-many = Ролей может быть не больше { $most }. Объедините похожие.
duties-places-taken = «{ $duty }»: уже взяли { $taken }, меньше мест сделать нельзя. Сначала снимите кого-нибудь: !дело снять <фамилия> <роль>
duties-not-held-by = За этой семьёй этого нет: { $family } — { $duty }.
duties-not-yet = Это ещё впереди: { $duty }. Если семья не сможет: !дело снять <фамилия> <роль>
duties-not-exempt = Эта семья и так не освобождена.
duties-nothing-to-propose = Предлагать нечего: впереди ничего не открыто.
duties-all-filled = Все места заняты или предложены: { $sheet }.
duties-nobody = Предложить некому: { $sheet }. Все заняты, отказались или освобождены.
duties-nobody-else = Заменить некем: { $duty }.
duties-no-draft = Нет предложения, которое ждёт отправки. Новое: !дела предложить
duties-not-proposed = В предложении нет этой семьи: { $family }.
duties-has-it-already = Это уже за ней: { $family } — { $duty }.
duties-series-no-title = Как назвать дежурство? Например: { $example }
duties-series-empty = В этих днях нет ни одного дня для дежурства. Например: { $example }
duties-series-sure = «{ $text }» — это название дежурства на весь учебный год? Тогда добавьте дни: !дежурство { $text } пн–пт. Кто дежурит, покажет: !дежурство
duties-series-dated = «{ $text }» — в названии стоит день, поэтому ничего не открываю. С какого дня — со словом «с»: !дежурство по классу пн–пт с 7 декабря. Кто дежурит: !дежурство 7 декабря
duties-series-there = «{ $title }» уже открыто: { $days }. Закончить его: !дежурство закончить. Другое дежурство назовите иначе.
duties-series-there-already = Такое дежурство уже открыто. Другое назовите иначе.
duties-rota-nobody = { $days } — дежурства нет.
duties-series-long = Слишком длинно: частей может быть не больше { $most }.
duties-series-nothing-there = В эти дни ({ $days }) целиком не попадает ни одно дежурство.

## Выгрузка и удаление

duties-export = Дела и дежурства
duties-export-places = Что семья брала
duties-export-wishes = Желания, которые ещё не разобраны
duties-export-offers = Что семье предлагали
duties-export-swaps = Обмены
duties-export-exemptions = Освобождения от дел
duties-export-means = Что есть у семьи
duties-export-credit = Добавлено в счёт дел
duties-export-duty = Дело
duties-export-via = Как
duties-export-by = Кто
duties-export-at = Когда
duties-export-status = Состояние
duties-export-since = С
duties-export-until = До
duties-export-gave = Отдали
duties-export-got = Получили
duties-export-yes = да
duties-export-no = нет
duties-export-held = за семьёй
duties-export-via-reaction = реакцией
duties-export-via-desk = сообщением в личной комнате
duties-export-via-proxy = внёс учитель
duties-export-via-lots = по желанию
duties-export-via-proposal = по предложению
duties-export-via-swap = обменом
duties-export-ended-given-back = возвращено
duties-export-ended-by-teacher = снял учитель
duties-export-ended-swapped = обменяно
duties-export-ended-cancelled = отменено
duties-export-ended-missed = не пришли
duties-export-ended-left = семья ушла из класса
duties-export-swap-asked = ждёт ответа
duties-export-swap-done = состоялся
duties-export-swap-declined = отказ
duties-export-swap-expired = без ответа
duties-export-swap-void = не состоялся
