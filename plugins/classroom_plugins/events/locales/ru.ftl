events-title = События класса

## Команды

command-event = событие
    .aliases = мероприятие
    .help = открыть событие: когда, где, что взять, дела, места
    .example = !событие Каток в субботу 12:00; где: парк; взять: коньки; дела: чай 2, фото 1
    .text = название и дата
command-event-change = изменить
    .aliases = перенести, поправить
    .help = изменить дату, место и остальное; кто обещал прийти, тех спрошу ещё раз
    .example = !событие изменить №3 когда: воскресенье 13:00; где: школа
    .text = что изменить
command-event-cancel = отменить
    .aliases = отмена
    .help = отменить событие и сообщить всем, кто собирался
    .example = !событие отменить 3 нет льда
    .text = номер и причина
command-event-done = готово
    .aliases = прошло, завершить
    .help = событие прошло (само закрывается после окончания)
    .example = !событие готово 3
    .number = номер события
command-event-thanks = спасибо
    .help = поблагодарить за событие, можно своими словами
    .example = !событие спасибо 3 Было чудесно!
    .text = номер и слова
command-event-who = кто
    .aliases = кто придет, кто не ответил
    .help = кто придёт, кто нет и кто молчит (видят только учителя)
    .example = !событие кто 3
    .number = номер события
command-event-list = список
    .aliases = все
    .help = какие события впереди
    .example = !событие список
command-plan = план
    .help = записать план события заново; без текста — показать
    .example = !план №3 Сбор у входа в 11:45; Катаемся до двух; Чай в кафе
    .text = строки плана
    .important = важно
command-plan-add = добавить
    .help = добавить строку плана или идею по номеру
    .example = !план добавить 3
    .text = строка или номер идеи
    .important = важно
command-plan-line = строка
    .aliases = пункт
    .help = переписать одну строку плана
    .example = !план строка 2 Катаемся до трёх
    .text = номер строки и новый текст
    .important = важно
command-plan-remove = убрать
    .aliases = удалить
    .help = убрать строку плана
    .example = !план убрать 2
    .text = номер строки
command-plan-history = история
    .help = кто, когда и что менял в плане
    .example = !план история 3
    .number = номер события
command-discussion = обсуждение
    .help = до какого дня обсуждаем событие в ветке
    .example = !обсуждение до четверга
    .number = номер события
    .until = до
command-rsvp = придут
    .aliases = придет
    .help = записать ответ семьи (по телефону, на бумаге)
    .example = !придут Калинина 2 взрослых
    .family = фамилия или номер ученика
    .said = сколько взрослых, «нет» или «может быть»
    .event = №, #, событие
command-idea = идея
    .aliases = предложить
    .help = предложить что-то для события или новое событие
    .example = !идея взять с собой термосы
    .text = что предлагаете
command-ideas = идеи
    .aliases = предложения
    .help = какие идеи ждут решения
    .example = !идеи
command-ideas-accept = принять
    .help = принять идею: в план события или новым событием
    .example = !идеи принять 3
    .number = номер идеи
    .event = №, #, событие
command-ideas-decline = отклонить
    .help = отклонить идею; причину увидит только автор
    .example = !идеи отклонить 3 не успеем до зимы
    .number = номер идеи
    .reason = причина
command-ideas-poll = опрос
    .aliases = голосование
    .help = пусть семьи выберут из нескольких идей
    .example = !идеи опрос 3 5 до пятницы
    .numbers = номера идей
    .until = до

events-example = !событие Каток в субботу 12:00; где: парк; взять: коньки; дела: чай 2, фото 1

# С каких слов начинаются части события, через запятую, строчными, без «ё». С двоеточием — только если оно написано.
events-label-title = название, назвать:
events-label-when = когда, дата:, время:
events-label-place = где, место:
events-label-bring = взять, с собой, принести
events-label-cost = стоимость, цена, по сколько
events-label-capacity = мест, места:, не больше
events-label-answer-by = ответить, ответ до, ответы до, ответить до
events-label-duties = дела, обязанности, нужны:, нужно:
events-label-important = важно

# По каким словам понятно, что время — восемь вечера, до какого срока, что места считают детьми или семьями, и на когда переносят.
events-words-evening = 20:00, 20.00, в 20, к 20, 20 ч, 8 веч, 8 ч
events-words-until = до, к
events-words-pupils = дет, учен, ребят, школьн
events-words-families = сем
events-words-onto = на, в, во

# Слова, по которым понятно, придёт ли семья. Через запятую, строчными, без «ё».
events-words-yes = придем, приду, придет, придут, прийдем, будем, буду, будут, пойдем, пойду, идем, идут, поедем, поеду, едем, участвуем, участвую, мы с вами, мы за, записывайте, запишите нас, приедем, приеду, подойдем, подойду, хотим прийти, хотим пойти, хотели бы прийти, хотели бы пойти
events-words-no = не придем, не приду, не придет, не придут, не прийдем, не будем, не буду, не будет, не сможем, не смогу, не сможет, не получится, не получается, не пойдем, не пойду, не поедем, не идем, не участвуем, пропустим, не приеду, не приедем, не успеем, не успею, не успеваем, не явимся, не попадем, не попадаем
events-words-maybe = может быть придем, возможно придем, наверное придем, если сможем, постараемся, пока под вопросом, под вопросом, вряд ли придем
events-words-plain-yes = да, конечно, ок, хорошо, обязательно, ага
events-words-plain-no = нет, увы, к сожалению нет, неа
events-words-plain-maybe = может быть, может, возможно, наверное, не знаю, не знаем, пока не знаем, пока не знаю, скорее всего
events-words-adults = взрослый, взрослых, взрослые, взрослая, взрослого, родитель, родителя, родителей, родители
events-words-one-adult = мама, мамой, папа, папой, бабушка, бабушкой, дедушка, дедушкой, няня, няней, тетя, тетей, дядя, дядей
events-words-two-adults = мы с мужем, мы с женой, с мужем, с женой, муж и жена, оба родителя, обоих родителей
events-words-people = человек, человека, нас
events-words-children = ребенок, ребенка, ребенком, детей, дети, детьми, ученик, ученика
events-words-everybody = всей семьей, все, всей толпой, в полном составе
events-words-no-adults = без взрослых, без родителей, сам, сама, сами
events-words-no-children = без детей, без ребенка, только взрослые
# Отказ от обещанного; ещё кто-то («ещё папа»), ещё кто-то к тем, кто уже придёт («папа тоже»), «плюс»: и «да», и «ещё»; «будет» при тех, кто придёт («будет папа»); что говорит о прошлом или об условии.
events-words-give-up = отмена, отменить, отменяем, отменяю, отмените, отмени, отказываемся, отказываюсь, вычеркните, передумали, передумала, передумал
events-words-more = еще, также, плюс еще
events-words-also = тоже
events-words-plus = +, плюс
events-words-be = будет
events-words-never = был, была, были, ходили, ездили, вчера, если, ли, когда
# Сегодня, завтра, послезавтра; дни недели с понедельника; месяцы; разные формы через косую черту.
events-words-near = сегодня, завтра, послезавтра
events-words-weekdays = понедельник/понедельника/понедельнику/пн, вторник/вторника/вторнику/вт, среда/среду/среды/среде/ср, четверг/четверга/четвергу/чт, пятница/пятницу/пятницы/пятнице/пт, суббота/субботу/субботы/субботе/сб, воскресенье/воскресенья/воскресенью/вс
events-words-months = январь/января, февраль/февраля, март/марта, апрель/апреля, май/мая, июнь/июня, июль/июля, август/августа, сентябрь/сентября, октябрь/октября, ноябрь/ноября, декабрь/декабря
# Что после числа говорит, что это день месяца: «21-го», «21 числа».
events-words-dates = го/е/числа/число
events-words-fillers = мы, я, и, с, со, на, в, во, к, а, но, наша, наш, наши, семья, семьей, спасибо, пожалуйста, к сожалению, точно, пока, добрый день, здравствуйте, всем, за приглашение, только, по, этот, раз, этот раз, события, событие, вас, до встречи, с удовольствием, с радостью, рады, конечно, извините, простите, просто, без нас, прийти, придти, быть, пойти, поехать, приехать, присоединиться, поучаствовать, участвовать, мероприятие, мероприятии, мероприятия, мероприятию, событии, событию, добрый, день, вечер, доброе утро, привет, здравствуй, видимо, похоже, было бы, уже, все таки, всё-таки, там
# Числа от одного, через запятую; разные формы через косую черту.
events-words-counts = один/одна/одного/одной/одним, два/две/двое/двух/двумя, три/трое/трех, четыре/четверо/четырех, пять/пятеро/пяти, шесть/шестеро
events-words-together = -, вдвоем, втроем, вчетвером, впятером, вшестером
events-words-idea = предлагаю, предлагаем, идея:, идею:, есть идея:, предложение:
events-words-named = с именем, можно назвать, можно с именем, назовите, можно назвать меня, можно назвать нас
# С каких слов название события не начинается без кавычек: это команды, написанные не так. Команды событий и слова, которые только в них и бывают.
events-words-commands = изменить, перенести, поправить, отменить, отмена, готово, прошло, завершить, спасибо, список, кто, придут, придет, не придут, добавить, строка, убрать, удалить, обсуждение, принять, отклонить, снять, напомнить, заменить, освободить, записать, закрыть, открыть, подтвердила, подтвердил, помощь
events-words-own-commands = событие, мероприятие, план, обсуждение, придут, придет, идея, предложить, идеи, предложения

## Карточка

events-card-title = { $title } · событие №{ $number }
events-card-over = { $title } · событие №{ $number } прошло
events-card-cancelled = { $title } · событие №{ $number } отменено
events-card-when = Когда: { $said }
events-card-place = Где: { $said }
events-card-bring = Взять: { $said }
events-card-cost = Стоимость: { $said }
events-card-plan = План:
events-card-more = …и ещё { $count }: !план
events-card-version = Версия { $version }, изменено { $when }
events-card-duties = Дела: занято { $taken } из { $places } · карточка ниже
events-card-duties-over = Дела: занято было { $taken } из { $places }
events-card-poll = Сейчас выбираем: опрос №{ $number }
events-card-poll-over = Опрос №{ $number } решил: { $option }
events-card-yes = { $families ->
    [0] Пока никто не записался
    [one] Придёт { $families } семья
    [few] Придут { $families } семьи
   *[other] Придут { $families } семей
 }
events-card-people = { $adults } и { $pupils }
events-card-rest = Может быть: { $maybe }. Ответили { $answered } из { $families }.
events-card-places = Мест: { $places }, свободно { $free }.
events-card-waiting = { $count ->
    [one] Ждёт места { $count } семья.
    [few] Ждут места { $count } семьи.
   *[other] Ждут места { $count } семей.
 }
events-card-stale = { $count ->
    [one] { $count } семья ответила до изменения; мы её переспросим.
    [few] { $count } семьи ответили до изменения; мы их переспросим.
   *[other] { $count } семей ответили до изменения; мы их переспросим.
 }
events-card-answer-by = Ответьте до { $until }.
events-card-was = { $families ->
    [one] Была { $families } семья
    [few] Были { $families } семьи
   *[other] Было { $families } семей
 }
events-card-talk = Обсуждаем в ветке до { $until }.
events-card-how = ✅ придём · ❔ может быть · ❌ нет. Кнопкой здесь или словом в личной комнате: «придём, 2 взрослых». Считается последний ответ семьи.
events-card-how-plain = Поставьте ✅ придём, ❔ может быть или ❌ нет — или напишите в личной комнате: «придём, 2 взрослых». Считается последний ответ семьи.
events-card-ideas = Есть идея? Напишите в ветке или в личной комнате: «идея: …»
events-stage-idea = идея
events-stage-plan = план
events-stage-discussion = обсуждение
events-stage-duties = дела
events-stage-rsvp = участие
events-stage-done = прошло
events-stage-thanks = спасибо

events-adults = { $count ->
    [one] { $count } взрослый
   *[other] { $count } взрослых
 }
events-pupils = { $count ->
    [one] { $count } ученик
    [few] { $count } ученика
   *[other] { $count } учеников
 }
events-places-people = { $count }
events-places-pupils = { $count } (учеников)
events-called = №{ $number } «{ $title }»
events-dated = «{ $title }» ({ $when })
events-undated = «{ $title }»

## Что изменилось

events-change = { $what }: было — { $was }, стало — { $now }
events-nothing = не указано
events-field-title = Название
events-field-when = Когда
events-field-place = Где
events-field-bring = Взять
events-field-cost = Стоимость
events-field-capacity = Мест
events-field-answer-by = Ответить до
events-line-gone = Убрано: { $line }
events-line-new = Добавлено: { $line }
events-history = Как менялся план: { $event }
events-history-version = Версия { $version } — { $when }, { $who }{ $important ->
    [1] , важно
   *[0] {""}
 }
events-by-families = семьи в опросе
events-plan-is = План события { $event }, версия { $version }:

## Семьям

events-said-yes = придёте: { $party }
events-said-yes-bare = придёте
events-said-maybe = может быть, придёте
events-said-no = не придёте
events-echo-yes = Записали: { $event } — { $answer }. Изменится — просто напишите.
events-echo-maybe = Записали: { $event } — { $answer }. Когда решите, напишите «придём» или «не придём».
events-echo-no = Записали: { $event } — { $answer }. Спасибо, что сказали!
events-echo-no-duty = Записали: { $event } — { $answer }. За вами осталось дело. Если не получится и оно, напишите «не смогу» и что именно, например «не смогу чай».
events-echo-waiting = { $event }: { $answer }. { $has ->
    [0] Свободных мест сейчас нет, вы в очереди{ $ahead ->
        [0] {""} первые
        [one] {""}; перед вами { $ahead } семья
        [few] {""}; перед вами { $ahead } семьи
       *[other] {""}; перед вами { $ahead } семей
     }. Освободится место — сразу напишем.
   *[other] Мест за вами: { $has }, ещё { $waits } — в очереди. Освободится — сразу напишем.
 }
events-waiting = { $event }: свободных мест сейчас нет, вы в очереди{ $ahead ->
    [0] {""} первые
    [one] {""}; перед вами { $ahead } семья
    [few] {""}; перед вами { $ahead } семьи
   *[other] {""}; перед вами { $ahead } семей
 }. Освободится место — сразу напишем.
events-fewer-places = { $event }: мест стало меньше, и, к сожалению, на вашу семью их пока не хватает{ $has ->
    [0] {""}
   *[other] {""} (за вами { $has })
 }. Вы в очереди{ $ahead ->
    [0] {""} первые
    [one] {""}; перед вами { $ahead } семья
    [few] {""}; перед вами { $ahead } семьи
   *[other] {""}; перед вами { $ahead } семей
 }. Освободится место — сразу напишем.
events-too-many-of-you = { $event }: мест всего { $places }, на всех вас столько не найдётся.{ $has ->
    [0] {""} Поэтому вы пока не записаны.
   *[other] {""} За вами остаётся мест: { $has }.
 } Напишите, сколько вас придёт, например: «придём, 1 взрослый».
events-echo-too-many = { $event }: { $answer }. Но мест всего { $places }, на всех вас столько не найдётся.{ $has ->
    [0] {""}
   *[other] {""} За вами остаётся мест: { $has }.
 } Напишите, сколько вас придёт, например: «придём, 1 взрослый».
events-withdrawn = { $event }: вы удалили ответ, теперь вы не записаны. Решите — просто напишите.
events-withdrawn-now = { $event }: вы удалили ответ. Теперь считается: { $answer }.
events-edit-unclear = { $event }: не понимаю, что вы исправили, поэтому пока считается прежний ответ: { $answer }. Напишите заново, например: «придём, 2 взрослых» или «не придём».
events-moved-up = { $event }: место освободилось, теперь оно ваше. Ждём! Если планы изменились, напишите «не придём».
events-too-late = { $event }: уже позади, поэтому ответ не записываю. Спасибо!
events-too-late-cancelled = { $event }: отменено, поэтому приходить не нужно. Спасибо, что ответили!
events-family-differs = { $event }: в вашей семье ответили по-разному. Считается последний ответ: { $answer }.
events-family-by-teacher = { $event }: учитель записал ответ вашей семьи — { $answer }. Если это не так, просто напишите.
events-again = Изменилось: «{ $event }»
events-again-question = Теперь: { $now }. Вы по-прежнему придёте? Ответьте «да», «нет» или «может быть».
events-reminder = «{ $title }» — { $where }. Вы придёте? Ответьте до { $until }: «да», «нет» или «может быть»; если взрослых больше одного — «да, 2 взрослых».
events-cancelled-letter = { $event } — отменено. Приходить не нужно, всё, что вы обещали, снято.
events-cancelled-letter-because = { $event } — отменено: { $reason }. Приходить не нужно, всё, что вы обещали, снято.
events-cancelled-line = Отменено: { $event }.
events-cancelled-line-because = Отменено: { $event }. { $reason }
events-thanks = Спасибо всем, кто был на «{ $title }»!
events-thanks-names = Спасибо всем, кто был на «{ $title }», и особенно: { $names }!
events-thanks-said = «{ $title }»: { $said }

events-agenda = «{ $title }» — { $where }. Придёте? Ответьте на карточке или здесь: «придём» или «не придём».
events-agenda-until = «{ $title }» — { $where }. Придёте? Ответьте до { $until } на карточке или здесь: «придём» или «не придём».
events-agenda-again = «{ $title }» — изменилось: { $where }. Вы по-прежнему придёте?
events-coming = { $has ->
    [1] «{ $title }»: { $where }.
   *[0] «{ $title }».
 }
events-coming-bring = Взять: { $bring }.
events-coming-silent = Вы ещё не ответили, придёте ли.

events-label = «{ $title }»: { $answer }
events-label-idea = идея для «{ $title }»: { $text }
events-label-idea-new = идея: { $text }
events-label-named = можно назвать вас автором идеи «{ $text }»

## Идеи

events-idea-new = новое событие
events-idea-line = Идея №{ $number }, { $about }: { $text }
events-idea-line-by = Идея №{ $number }, { $about }: { $text } — { $who }
events-idea-by = { $text } (идея: { $who })
events-idea-how = ✅ — в план; или !идеи отклонить { $number } <причина>
events-idea-how-new = ✅ — открыть событие; или !идеи отклонить { $number } <причина>
events-idea-accepted = Принято.
events-idea-declined = Отклонено: { $reason }
events-idea-poll = Семьи выбирают: опрос №{ $poll }.
events-idea-outvoted = В опросе №{ $poll } выбрали другое.
events-idea-closed = Снято.
events-idea-open = Ждёт решения.
events-idea-thanks = Спасибо! Идея №{ $number } для события { $about } передана: «{ $text }».{ $named ->
    [1] {""}
   *[0] {""} Вашего имени другие не увидят; если можно назвать, напишите «с именем».
 }
events-idea-thanks-new = Спасибо! Идея №{ $number } передана: «{ $text }».{ $named ->
    [1] {""}
   *[0] {""} Вашего имени другие не увидят; если можно назвать, напишите «с именем».
 }
events-idea-named = Хорошо, если идею примут, скажем, что она ваша: «{ $text }».
events-idea-accepted-letter = Ваша идея пригодилась! «{ $text }» теперь в плане: «{ $event }».
events-idea-opened-letter = Ваша идея пригодилась! По ней открыто событие: «{ $event }».
events-idea-declined-letter = Спасибо за идею «{ $text }»! В этот раз не получится: { $reason }. Предлагайте ещё!
events-idea-declined-done = Идея №{ $number } отклонена, автору написали.
events-idea-why = Почему отклоняем идею №{ $number }? Напишите: !идеи отклонить { $number } <причина>
events-idea-merged = Идея №{ $number } принята: { $event }.
events-idea-unknown = Идеи №{ $number } нет. Все идеи: !идеи
events-idea-decided = По идее №{ $number } уже решили.
events-idea-in-poll = Идею №{ $number } сейчас выбирают в опросе №{ $poll }.
events-idea-too-many = От вашей семьи уже ждут решения { $most } идей. Давайте дождёмся ответа на них.
events-ideas = { $count ->
    [one] Ждёт решения { $count } идея:
    [few] Ждут решения { $count } идеи:
   *[other] Ждут решения { $count } идей:
 }
events-ideas-how = Принять: !идеи принять { $number }. Отклонить: !идеи отклонить { $number } <причина>. Выбрать всем классом: !идеи опрос 3 5 до пятницы
events-ideas-none = Новых идей нет.
events-poll-question = «{ $title }»: что выбираем?
events-poll-question-new = Какое событие проведём?
events-poll-opened = Опрос №{ $number } открыт; итог сам попадёт в план.
events-poll-undecided = Опрос №{ $number } между идеями ничего не решил (поровну или без кворума). Идеи снова ждут: { $ideas }. Принять одну: !идеи принять <номер>; спросить ещё раз: !идеи опрос { $numbers }
events-poll-corrected = Итог опроса №{ $number } уточнён: { $outcome }. Проверьте план.
events-poll-which = Напишите номера хотя бы двух идей (не больше { $most }). Например: !идеи опрос 3 5 до пятницы
events-poll-mixed = Эти идеи к разным событиям. Выбирать можно только между идеями к одному.
events-no-polls = Опросы в этом классе не включены. Принять идею: !идеи принять <номер>
events-close-poll = Опрос №{ $number } больше не нужен ({ $event }). Его можно закрыть: !опрос отменить { $number }

## Ответы учителю и комитету

events-opened = Событие №{ $number } «{ $title }» открыто, карточка в комнате событий.
events-changed = { $event }: версия { $version } на карточке.
events-changed-asking = { $event }: версия { $version } на карточке. { $minutes ->
    [0] Тех, кто обещал прийти или помочь, спрашиваю ещё раз
   *[other] Через { $minutes } мин ещё раз спрошу тех, кто обещал прийти или помочь
 }: { $families ->
    [one] { $families } семья
    [few] { $families } семьи
   *[other] { $families } семей
 }.
events-held = Сейчас тихие часы: письма дойдут { $when }.
events-unchanged = { $event }: ничего не изменилось.
events-talk-set = { $event }: обсуждение до { $until }.
events-done = { $event }: прошло.
events-cancelled = { $event }: отменено. { $families ->
    [0] Предупреждать никого не нужно.
    [one] Предупреждаем { $families } семью.
    [few] Предупреждаем { $families } семьи.
   *[other] Предупреждаем { $families } семей.
 }
events-proxy-yes = Записано: { $family } — { $event }: { $party }.
events-proxy-waiting = Записано: { $family } — { $event }: { $party }. Мест нет, семья в очереди (перед ней: { $ahead }).
events-proxy-too-many = Записано: { $family } — { $event }: { $party }. Но мест всего { $places }, на всю семью не хватит: ждать места бесполезно. Спросите, кто придёт, и запишите заново.
events-proxy-maybe = Записано: { $family } — { $event }: может быть.
events-proxy-no = Записано: { $family } — { $event }: не придут.
events-late-yes = После срока: { $family } — { $event }: придут ({ $party }).
events-late-maybe = После срока: { $family } — { $event }: может быть.
events-late-no = После срока: { $family } — { $event }: не придут.
events-late-none = После срока: { $family } — { $event }: ответ снят.
events-withdrawn-staff = Запись снята: { $family } — { $event }: ответа теперь нет.
events-withdrawn-now-staff = Запись снята: { $family } — { $event }: теперь считается «{ $answer }».
events-command-edited = Правки команд я не читаю: считается то, что было написано сначала. Изменить событие: !событие изменить №3 когда: воскресенье 13:00; остальные команды напишите заново.
events-duty-left = { $family } — { $event }: не придут, а за семьёй записано дело. Найдите, кто заменит.
events-staff-waiting = { $family } — { $event }: мест не хватает, семья в очереди. Она без приложения, сообщите сами.
events-staff-moved-up = { $family } — { $event }: место освободилось. Семья без приложения, сообщите сами.
events-again-staff = Изменилось: { $event }. Эти семьи без приложения, спросите сами: { $families }. Записать ответ: !придут <фамилия> <ответ>
events-reminder-staff = { $event }: до { $until } ещё не ответили семьи без приложения: { $families }. Записать: !придут <фамилия> <сколько взрослых>
events-cancelled-staff = { $event } отменено. Эти семьи без приложения, предупредите сами: { $families }.
events-who = { $event }:
events-who-yes = Придут: { $count }
events-who-maybe = Может быть: { $count }
events-who-no = Не придут: { $count }
events-who-silent = Не ответили: { $count }
events-who-stale = до изменения
events-who-proxy = записал(а) { $person }, { $when }
events-who-waiting = { $has ->
    [0] в очереди
   *[other] есть мест: { $has }, в очереди: { $waits }
 }
events-reach-phone = по телефону
events-reach-paper = на бумаге
events-reach-none = ещё не в приложении
events-list = Впереди:
events-no-date = пока без даты

## Если что-то не так

events-no-title = Как назовём событие? Например: { $example }
events-unclear-when = Не понимаю, когда это: «{ $text }». Например: когда: суббота 12:00 или 5 декабря с 12 до 14
events-unclear-capacity = Не понимаю, сколько мест: «{ $text }». Нужно число от 1 до { $most }. Например: мест: 40 или мест: 20 детей
events-unclear-duty = Не понимаю дело «{ $text }». Например: дела: чай 2, машина 3 к 11:30, фото 1
events-unclear-answer = Не понимаю ответ «{ $text }». Например: !придут Калинина 2 взрослых, !придут Калинина нет
events-unclear-change = Не понимаю, что изменить: «{ $text }». Например: !событие изменить «{ $title }» когда: воскресенье 13:00; где: школа. Строку плана добавляет !план добавить
events-slip-command = Похоже на команду, а не на название: «{ $word }…», поэтому ничего не опубликовано. Например: !событие готово 3, !событие изменить №3 где: школа, !придут Калинина 2. Если событие так называется, возьмите название в кавычки.
events-slip-family = Начинается с фамилии, поэтому ничего не опубликовано. Ответ семьи: !придут Калинина 2. Если событие так называется, возьмите название в кавычки.
events-still-ahead = { $event } ещё впереди. Когда начнётся: !событие готово { $number }. Если его не будет: !событие отменить { $number }
events-late-deadline = Ответить просим раньше, чем «{ $title }» начнётся. Проверьте дату и «ответить до».
events-too-long = Слишком длинно: «{ $text }». Можно не больше { $most } знаков.
events-too-many-lines = В плане можно не больше { $most } строк. Объедините похожие.
events-too-many-duties = За раз можно не больше { $most } дел. Добавьте остальные следующим сообщением.
events-no-duties = Дела в этом классе не включены, поэтому их никто не запишет: { $duties }. Можно добавить их в план: !план добавить
events-no-line = Нет строки «{ $text }». Строк в плане: { $count }. Например: !план строка 2 Катаемся до трёх
events-no-plan = { $event }: плана ещё нет. Записать: !план <строки>
events-unknown = В этом классе нет события №{ $number }. Все события: !событие список
events-none = Событий впереди пока нет.
events-which = Событий несколько: { $events }. Добавьте номер, например: №{ $number }, или напишите команду ответом на карточку.
events-already-over = Событие №{ $number } «{ $title }» уже прошло.
events-already-cancelled = Событие №{ $number } «{ $title }» отменено.
events-already-open = Событие №{ $number } «{ $title }» ещё открыто.

## Выгрузка и удаление

events-export = События класса
events-export-answers = Ответы на приглашения
events-export-ideas = Идеи
events-export-talk = Сообщения в ветках событий
events-export-event = Событие
events-export-answer = Ответ
events-export-via = Как
events-export-via-reaction = реакцией
events-export-via-desk = сообщением в личной комнате
events-export-via-proxy = внёс учитель
events-export-by = Кто
events-export-at = Когда
events-export-status = Учёт
events-export-counts = учтён
events-export-replaced = заменён или отозван
events-export-idea = Идея
events-export-text = Текст
