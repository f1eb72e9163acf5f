command-ping = пинг
    .help = отвечает pong
    .example = !ping 1
    .number = число
