# Тексты команд в терминале. Каждая команда — свой раздел и своя приставка.

## homeserver
homeserver-written = Файл { $file } записан.
homeserver-next =
    Дальше: положите его туда, где Synapse читает его после homeserver.yaml, и перезапустите Synapse.
      пакет Debian: /etc/matrix-synapse/conf.d/classroom.yaml
      контейнер: run … --config-path /data/homeserver.yaml --config-path /data/conf.d
    В самом homeserver.yaml уберите `federation` из `resources` у всех `listeners`.
homeserver-module = Модуль: скопируйте classroom_gate.py в { $folder } на машине сервера и запускайте Synapse с PYTHONPATH={ $folder }. Подробнее: docs/howto/homeserver.md.
homeserver-no-module = Модуль не включён: любой, у кого есть аккаунт, может создавать комнаты и приглашать людей. Чтобы включить: --modules ПАПКА

## roster
roster-title = { $file } → { $name }
roster-row = строка
roster-who = кто
roster-what = что
roster-kind-new = Новое
roster-kind-moved = Из другого класса
roster-kind-changed = Изменится
roster-kind-left = Есть в классе, но не в этом списке. Импорт никого не удаляет.
roster-to-decide = Решить: { $count }. Исправьте список и импортируйте его снова — или оставьте так, как записано.
roster-to-know = К сведению: { $count }
roster-nothing-new = В классе всё так, как в списке; импортировать нечего.
roster-go-on = Импортировать? [д/Н]
roster-nobody = Ничего не импортировано: спросить некого. Чтобы импортировать без вопроса: --yes
roster-declined = Ничего не импортировано.
roster-imported = { $count ->
    [one] Импортировано. В классе { $count } ученик.
    [few] Импортировано. В классе { $count } ученика.
   *[many] Импортировано. В классе { $count } учеников.
}
roster-next = Дальше — учётные записи и листки для всех, кого ещё нет: classroom-matrix slips --class { $class }

## --class
class-unknown = класса «{ $id }» нет в config.yaml; есть: { $ids }
class-which = в config.yaml несколько классов; скажите, о каком речь: { $ids }

## slips
slips-needs-join = пропуска ведут на страницу входа, а она не настроена. Добавьте в config.yaml раздел «join» с адресом страницы (url)
slips-needs-accounts = пропуска нужны новым аккаунтам, а процесс, который их создаёт, не настроен. Добавьте в config.yaml раздел «accounts» и запустите: classroom-matrix accounts run
slips-archived = учебный год класса «{ $name }» закончен; новых пропусков в него нет
slips-nobody = в классе «{ $name }» пока никого нет. Сначала список: classroom-matrix roster import ФАЙЛ --class { $id }
slips-no-folder = папки { $folder } нет
slips-file-there = { $file } уже есть, и слова из него, возможно, ещё не напечатаны. Напечатайте и удалите этот файл или назовите другой: --output ФАЙЛ
slips-not-written = не удалось записать { $file } ({ $why }); прежние пропуска действуют
slips-accounts = Аккаунты
slips-words = Слова
slips-none = { $good ->
    [0] Все уже в чате; новые пропуска никому не нужны.
    [one] Новые пропуска не нужны: у { $good } человека пропуск ещё действует. Напечатать заново: --again
   *[other] Новые пропуска не нужны: у { $good } человек пропуск ещё действует. Напечатать заново: --again
 }
slips-made = { $count ->
    [one] { $count } пропуск в файле { $file }
    [few] { $count } пропуска в файле { $file }
   *[other] { $count } пропусков в файле { $file }
 }
slips-whose = кому
slips-count = сколько
slips-kind-guardian = родителям
slips-kind-relative = родственникам
slips-kind-pupil = ученикам
slips-kind-staff = сотрудникам
slips-good = { $count ->
    [one] Ещё у { $count } человека пропуск действует; заново он не напечатан (можно: --again).
   *[other] Ещё у { $count } человек пропуск действует; заново они не напечатаны (можно: --again).
 }
slips-without-app = { $count ->
    [one] Для { $count } семьи без приложения пропусков нет (можно: --pupil ФАМИЛИЯ).
   *[other] Для { $count } семей без приложения пропусков нет (можно: --pupil ФАМИЛИЯ).
 }
slips-print-and-delete = Слова есть только в этом файле. Напечатайте его, раздайте листки лично в руки и удалите файл: rm { $file }

## accounts login, accounts log
accounts-login-done = Вход выполнен. Токен записан в { $file }; прочесть файл может только его владелец.
accounts-login-wrong = { $user }: такого аккаунта нет или пароль неверен. Ничего не изменено.
accounts-login-refused = Сервер не пускает: { $reason }
accounts-login-no-admin = { $user } — не администратор сервера. Сеанс завершён, токен не сохранён.
accounts-login-bot = { $user } — аккаунт самого бота, он не должен быть администратором. Токен не сохранён.
accounts-login-no-name = Это не имя аккаунта; нужно имя или полный адрес вида @admin:{ $server }.
accounts-login-no-answer = { $url }: { $reason }
accounts-login-not-written = Не удаётся записать { $file }: { $reason }
accounts-log-empty = К службе аккаунтов ещё никто не обращался.
accounts-log-title = Последние обращения: { $count }
accounts-log-when = когда
accounts-log-verb = действие
accounts-log-about = о чём
accounts-log-result = итог
accounts-log-asked-by = кто просил
accounts-log-result-done = сделано
accounts-log-result-later = позже: сервер не ответил
accounts-log-result-begun = начато, не закончено
accounts-log-result-quota = отказано: дневная норма исчерпана

## arrivals
arrivals-never-opened-app = В комнатах, но приложение ещё не открывали: { $people }
arrivals-cannot-ask = Кто ещё не открывал приложение, узнать не удалось: процесс аккаунтов не отвечает.

## Кто имеется в виду (leave, erase, export)
whom-nobody = Не нахожу «{ $who }». Напишите имя и фамилию ученика, его номер в списке или имя взрослого. В другом классе? --class
whom-several = «{ $who }» — кто именно? Подходят:
whom-staff = { $who } — сотрудник. Сотрудников убирают в config.yaml (staff), после этого: classroom-matrix apply
whom-no-pupil = { $who } — не ученик. Нужен ученик: имя или номер в списке.
whom-name = кто
whom-role = кем приходится
whom-class = класс
whom-number = № в списке
whom-role-pupil = ученик
whom-role-guardian = родитель
whom-role-relative = родственник
whom-role-teacher = учитель
whom-role-substitute = замещает учителя
whom-role-specialist = специалист
ask-go-on = Продолжить? [д/Н]
ask-nobody = Ничего не сделано: спросить некого. Чтобы сделать без вопроса: --yes
ask-declined = Ничего не сделано.

## Начато и не закончено (check, doctor)
begun-erasure = Удаление { $id } (класс: { $classes }) начато и не закончено. Продолжить: classroom-matrix erase --resume
begun-leave = { $number ->
    [0] Выбытие { $id } из класса { $klass } начато и не закончено: доступ, возможно, ещё есть. Повторите команду leave с тем же именем.
   *[other] Выбытие из класса { $klass } начато и не закончено: доступ, возможно, ещё есть. Продолжить: classroom-matrix leave { $number } --class { $klass } (для одного взрослого — с его именем вместо номера)
 }
begun-rollover = Перевод { $old } → { $new } начат и не закончен. Продолжить: classroom-matrix rollover { $old } { $new }

## Процесс аккаунтов
accounts-silent = процесс аккаунтов не отвечает ({ $socket }: { $why }). Запустите его: classroom-matrix accounts run
accounts-no-answer = Процесс аккаунтов не отвечает. Запустите его (classroom-matrix accounts run) и повторите команду. Подробности: { $reason }

## leave
leave-who = { $name } выбывает из класса «{ $klass }»:
leave-again = { $name } в классе «{ $klass }» уже не числится, но закрыть доступ до конца не успели. Продолжаю:
leave-already = { $name } в классе «{ $klass }» уже не числится: всё сделано раньше. На всякий случай проверяю комнаты и аккаунты.
leave-export = сначала выгрузка для передачи семье, в папку { $folder }
leave-sibling = в классе остаётся: { $names }; поэтому взрослые, их доступ и личная комната остаются
leave-adult = { $name }: доступ ко всем комнатам класса закрывается сразу
leave-adult-closed = { $name }: доступ закрывается сразу, аккаунт блокируется (если вернётся — разблокируется)
leave-adult-no-account = { $name }: аккаунта нет, новый пропуск не понадобится
leave-elsewhere = семья остаётся в других классах: { $classes }; там всё по-прежнему
leave-desk = личная комната семьи закрывается для семьи; у школы история остаётся, пока семью не удалят (erase)
leave-desk-stays = личная комната остаётся; в ней по-прежнему: { $names }
leave-no-accounts = процесс аккаунтов не настроен: сами аккаунты останутся, их закрывает администратор сервера
leave-kept = сообщения в общих комнатах остаются; стереть их — classroom-matrix erase
leave-busy = Сервис сейчас приводит комнаты в порядок; жду, пока закончит …
leave-done = { $name }: доступа больше нет. Комнат: { $rooms }, заблокировано аккаунтов: { $locked }.
leave-half = { $name }: в комнатах доступа больше нет (комнат: { $rooms }), но закрыты ещё не все аккаунты (заблокировано: { $locked }).
leave-foreign = аккаунт { $account } заведён не через нас; закрыть или удалить его должен администратор сервера
leave-unlocked = аккаунт { $account } пока не заблокирован: процесс аккаунтов не отвечает. Запустите его (classroom-matrix accounts run) и повторите эту команду.
leave-refused = сервер отказал: { $what }

## export
export-either = Либо --family, либо --pupil: вместе они не работают.
export-written = Выгружено в { $folder }: { $messages ->
    [one] { $messages } сообщение
    [few] { $messages } сообщения
   *[other] { $messages } сообщений
 }, { $files ->
    [one] { $files } файл
    [few] { $files } файла
   *[other] { $files } файлов
 }. Открыть: index.html; проверить: sha256sum -c SHA256SUMS
export-gone = { $count ->
    [one] { $count } файла на сервере уже нет
   *[other] { $count } файлов на сервере уже нет
 }
export-unseen = { $count ->
    [one] в { $count } комнату сервис заглянуть не может
   *[other] в { $count } комнаты сервис заглянуть не может
 }
export-unread = { $count ->
    [one] { $count } зашифрованное сообщение прочитать нечем: ключа к нему у сервиса нет
    [few] { $count } зашифрованных сообщения прочитать нечем: ключей к ним у сервиса нет
   *[other] { $count } зашифрованных сообщений прочитать нечем: ключей к ним у сервиса нет
 }
export-households = У семьи два дома: каждую папку household-… отдайте только тому дому, чья она.

## rollover
rollover-unknown = Класса { $klass } нет в config.yaml.
rollover-no-successor = Класса { $klass } нет в config.yaml. Добавьте его с «continues: { $old }». Если класс выпускается и продолжения не будет: выгрузите его (classroom-matrix export --class { $old }), затем закройте доступ (leave) или удалите данные (erase).
rollover-continues = У класса { $klass } в config.yaml нет «continues: { $old }». Добавьте, чтобы было ясно, кто кого продолжает.
rollover-done-otherwise = Класс { $old } уже продолжен классом { $klass }.
rollover-erasure = В этом классе начато и не закончено удаление { $id }. Сначала закончите его (classroom-matrix erase --resume), потом переводите.
rollover-empty = В классе { $old } нет учеников: переводить некого.
rollover-imported-before = В класс { $klass } уже импортирован список, и семьи заведены заново. Перевод надо делать до импорта: уберите из класса { $klass } импортированное (восстановите базу из копии) и начните с rollover.
rollover-what = { $old } → { $new }:
rollover-again = { $old } → { $new }: уже сделано. Проверяю, что всё на месте:
rollover-going = { $count ->
    [one] { $count } ученик переходит
    [few] { $count } ученика переходят
   *[other] { $count } учеников переходят
 } в «{ $new }» вместе с семьями и согласиями; кто уже вошёл, окажется в новых комнатах без единого нажатия
rollover-desks = { $count ->
    [one] { $count } личная комната переходит
    [few] { $count } личные комнаты переходят
   *[other] { $count } личных комнат переходят
 } как есть, со всем написанным
rollover-archive = комнаты «{ $old }» остаются для чтения, писать в них больше нельзя
rollover-new = { $count ->
    [one] { $count } новый ученик
    [few] { $count } новых ученика
   *[other] { $count } новых учеников
 }: { $names }
rollover-leaving = { $count ->
    [one] { $count } ученика
   *[other] { $count } учеников
 } нет в новом списке, доступ закрывается: { $names }. Выгрузки — в папку { $folder }
rollover-no-list = своего списка у «{ $new }» нет: переходят все
rollover-dropped = { $count ->
    [one] { $count } напоминание или срок
    [few] { $count } напоминания или срока
   *[other] { $count } напоминаний или сроков
 } класса «{ $old }» отменяется; открытые опросы остаются без итога
rollover-done = { $old } → { $new }: готово. Создано комнат: { $made }, впущено людей: { $people }.
rollover-waiting = { $count ->
    [one] { $count } человека впустит сервис, когда сервер ответит
   *[other] { $count } человек впустит сервис, когда сервер ответит
 }

## erase
erase-needs-accounts = Чтобы удалить аккаунты, файлы и личные комнаты, нужен процесс аккаунтов. Добавьте в config.yaml раздел «accounts» и запустите: classroom-matrix accounts run
erase-proof-there = { $file } уже есть. Назовите другой файл: --proof ФАЙЛ
erase-unfinished = Удаление { $id } (класс: { $classes }) было прервано; продолжаю.
erase-nothing-begun = Прерванных удалений нет.
erase-in-the-way = Здесь начато и не закончено удаление { $id }: данные этой семьи нельзя выносить наружу. Сначала закончите: classroom-matrix erase --resume
erase-not-through = Удаление не закончено. Повторите: classroom-matrix erase --resume
erase-family = Удалить всё о семье: { $name }
erase-adult = Удалить всё об одном взрослом: { $name }
erase-classes = семья есть в { $count } классах: { $classes }. Удаляется во всех.
erase-accounts = { $count ->
    [0] аккаунтов нет
    [one] { $count } аккаунт удаляется навсегда, вместе с файлами, которые с него присланы
    [few] { $count } аккаунта удаляются навсегда, вместе с файлами, которые с них присланы
   *[other] { $count } аккаунтов удаляются навсегда, вместе с файлами, которые с них присланы
 }
erase-messages = сообщения, реакции и голоса этих людей удаляются во всех комнатах ({ $rooms }), и сообщения помощника, где названы их имена
erase-desks = { $count ->
    [one] { $count } личная комната удаляется
    [few] { $count } личные комнаты удаляются
   *[other] { $count } личных комнат удаляются
 } целиком, со словами учителя
erase-adult-stays = ученики, остальные взрослые и личная комната остаются; голоса, отданные за семью, остаются за семьёй
erase-kept = { $count ->
    [one] { $count } взрослый
   *[other] { $count } взрослых
 } этой семьи в школе ещё и в другой роли (другая семья, сотрудник): эти аккаунты остаются
erase-rows = из базы удаляются имена, роли, согласия, голоса по именам; итоги опросов остаются числами
erase-not-exported = выгрузка не делается; если её надо отдать семье, сначала: classroom-matrix export --family
erase-final = Отменить это нельзя. Справка о сделанном: { $proof }
erase-step-doors = закрываю доступ …
erase-step-messages = удаляю сообщения …
erase-step-desks = удаляю личные комнаты …
erase-step-accounts = удаляю аккаунты и файлы …
erase-step-traces = проверяю комнаты ещё раз …
erase-step-rows = удаляю из базы …
erase-step-check = проверяю, что ничего не осталось …
erase-done = Удалено
erase-what = что
erase-count = сколько
erase-row-messages = сообщений, реакций, голосов
erase-row-desks = личных комнат
erase-row-accounts = аккаунтов
erase-row-files = файлов
erase-row-rows = строк базы
erase-row-left = осталось
erase-left-in = осталось в { $place }: { $count }
erase-unread = в { $place } зашифрованы и не прочитать: { $count }. Названы ли там имена, проверить нельзя; эти сообщения остаются.
erase-file-busy = файл базы сейчас занят: место удалённого в нём будет перезаписано позже
erase-duties = Справка: { $proof }. За школой остаются: выгрузки на дисках, резервные копии и то, что другие люди сохранили у себя.

## audit
audit-what = что
audit-who = кто
audit-where = где
audit-kind-stranger = посторонний
audit-kind-name = имя
audit-kind-missing = не на месте
audit-kind-waiting = ещё не вошёл
audit-kind-without-account = без аккаунта
audit-kind-unseen = не заглянуть

## keys
keys-title = Ключи { $user }
keys-what = что
keys-how = как есть
keys-row-fingerprint = отпечаток личности
keys-row-device = устройство и его ключ
keys-row-published = личность, которую показывает сервер
keys-row-signed = личность подписала устройство
keys-row-one-time = одноразовых ключей на сервере
keys-row-fallback = запасной ключ на сервере
keys-row-unread = сообщений, которые пока не прочитать
keys-row-told = людей, которым об этом сказано
keys-none = нет
keys-ours = наша
keys-another = чужая: { $fingerprint }
keys-yes = да
keys-no = НЕТ
keys-fallback-unused = ещё не использован
keys-fallback-used = использован; сервис положит новый
keys-fallback-unknown = сервер не говорит
keys-fine = Всё в порядке.
keys-doctor = личность бота не подписала его устройство, и некоторые приложения с ним не говорят; почему, скажет: classroom-matrix keys status
keys-doctor-odd-rooms = зашифрованы способом, которого служба не знает; то, что она должна там сказать, ждёт: { $rooms }
encrypted-read-only = { $class }: зашифрованы, и пишут там только учителя: { $rooms }. Голос в опросе самих приложений сервер принимает там за сообщение и отклоняет, поэтому голосуют нажатием под карточкой бота; см. docs/howto/encryption.md
keys-no-device = У сервиса ещё нет ключей: он делает их при запуске. Запустите его один раз: classroom-matrix run
keys-wrong-homeserver = Что показывает сервер, неизвестно: { $reason }
keys-wrong-device-key = База восстановлена из копии, или пропал её device.key. При запуске сервис сделает новое устройство, подписанное той же личностью: classroom-matrix run
keys-wrong-secrets = Файла secrets.key нет, или он не подходит к базе, и личность не прочитать. Верните файл из резервной копии и перезапустите сервис. Если копии нет, остаётся только новая личность: classroom-matrix keys rotate
keys-wrong-unpublished = Сервер не показывает никакой личности. Перезапустите сервис: он отправит свою.
keys-wrong-lost = Сервер показывает личность, но её закрытых ключей здесь нет. Верните базу и secrets.key из резервной копии или сделайте новую личность: classroom-matrix keys rotate
keys-wrong-replaced = Сервер показывает чужую личность. Её сделал тот, кто вошёл под именем бота, или администратор сервера. Выясните, кто это был, и затем: classroom-matrix keys rotate
keys-wrong-unfinished = Новая личность сделана, но команду прервали. Перезапустите сервис или повторите: classroom-matrix keys rotate
keys-wrong-unknown-device = Сервер не знает ключей устройства. Перезапустите сервис: он их отправит.
keys-wrong-unsigned = Личность не подписала устройство. Перезапустите сервис: он отправит подпись. Если не поможет, в его журнале написано, что не устроило сервер.
keys-wrong-dry = На сервере не осталось ключей, с которыми боту мог бы написать кто-то новый. Сервис делает новые сам; работает ли он?
keys-verified-title = Что сервер показывает о { $user }
keys-link-master = главный ключ — тот, закрытая часть которого здесь
keys-link-self-signing = ключ для своих устройств наш, подписан главным
keys-link-user-signing = ключ для людей наш, подписан главным
keys-link-device-keys = ключи устройства — с этой машины
keys-link-device-itself = устройство само подписало свои ключи
keys-link-device = ключ для своих устройств подписал устройство
keys-link-master-by-device = устройство подписало главный ключ
keys-fingerprint = Отпечаток: { $fingerprint }
keys-others = Личность подписала ещё: { $devices }. Это должны быть прежние устройства бота, сервис их удаляет. Если какого-то из них вы не знаете, закрытые ключи есть у кого-то ещё; тогда: classroom-matrix keys rotate
keys-verdict-good = Всё сходится: кто видит этот отпечаток в приложении, говорит с этим ботом.
keys-verdict-bad = Не сходится. Что делать, скажет: classroom-matrix keys status
keys-rotate-means =
    Бот получит новую личность. Приложения всех, кто переписывался с ним с шифрованием, скажут, что личность бота изменилась; кто её подтверждал, подтвердит заново. Всё написанное по-прежнему читается, комнаты остаются как есть.
    Это нужно, если secrets.key мог попасть в чужие руки или личность потеряна. Предупредите людей и дайте им новый отпечаток.
keys-rotate-go-on = Сделать новую личность? [д/Н]
keys-rotate-nobody = Ничего не изменено: спросить некого. Чтобы продолжить без вопроса: --yes
keys-rotate-declined = Ничего не изменено.
keys-rotate-password = Сервер спрашивает пароль бота. Запишите его в файл, который можете читать только вы, и повторите с --password-file ФАЙЛ. До тех пор действует прежняя личность.
keys-rotate-wrong-password = Сервер не принял этот пароль. Действует прежняя личность.
keys-rotate-elsewhere = Сервер спрашивает здесь не пароль ({ $flows }). Разрешите сброс личности в настройках аккаунта на сервере и повторите команду. До тех пор действует прежняя личность.
keys-rotated = У бота новая личность, и она подписала его устройство.
keys-rotated-old = Прежний отпечаток: { $fingerprint }
keys-rotated-new = Новый отпечаток: { $fingerprint }

## backup
backup-step-copy = копирую базу …
backup-step-pack = собираю файл …
backup-written = Файл { $file } записан ({ $size } МБ), читать его можете только вы. Он открывает личные комнаты и чаты: храните его как классный журнал, и не только на этой машине.
backup-missing = Не вошло, потому что этого нет: { $files }
backup-refused = Не вошло, потому что принадлежит другому пользователю: { $files }. Копию делает тот, кто запускает процесс аккаунтов.
backup-token = Ключа доступа (access token) в копии нет: после восстановления боту надо войти заново.

## restore
restore-title = { $file }, копия от { $made }
restore-what = что
restore-where = где
restore-outcome = что сделано
restore-put = возвращено
restore-same = на месте
restore-kept = уже есть и отличается; оставлено как есть
restore-absent = нет в копии
restore-occupied = Ничего не сделано, потому что это уже есть и пришлось бы заменить: { $places }. Если это и нужно: --force
restore-in-use = Ничего не сделано: с { $database } работает сервис. Сначала остановите его.
restore-config = config.yaml взят из копии. Если на этой машине другие адреса или пути, исправьте его и повторите команду.
restore-by-hand = Что ещё сделать:
restore-old-machine = Если раньше сервис работал на другой машине, больше никогда не запускайте его там: вдвоём они ответили бы на всё дважды, а устройство старого новый удалит.
restore-registration = Пусть сервер прочитает { $file }, и пусть адрес в нём ведёт на эту машину (`url`; изменить: classroom-matrix registration --url АДРЕС). Перезапустите сервер.
restore-token = Войдите заново как { $user } и запишите новый ключ доступа (access token) в { $file }. Старый принадлежит устройству, ключей которого больше нет.
restore-accounts = { $files }: передайте их пользователю, который запускает процесс аккаунтов (chown), или верните из его собственной копии.
restore-start = Запустите сервис: classroom-matrix run. Он сделает новое устройство, подпишет его личностью бота и удалит старое. Потом проверьте: classroom-matrix keys status
restore-people = Люди ничего не заметят. Написанное после создания копии бот прочитает заново; ещё раз он может ответить только на то, чему больше суток.
