command-letter = письмо
    .help = письмо всем
    .example = !письмо Здравствуйте
    .text = текст
letters-held = Будет доставлено { $when }
letters-sent = Отправлено
letters-heard = Вижу { $id }
