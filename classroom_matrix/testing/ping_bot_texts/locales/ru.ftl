command-ping = пинг
    .help = отвечает pong
    .example = !ping 1
    .number = число
command-count = счёт
    .help = отвечает pong 1, pong 2, …
    .example = !count 2
    .number = число
