command-ping = ping
    .help = answers with pong
    .example = !ping 1
    .number = number
