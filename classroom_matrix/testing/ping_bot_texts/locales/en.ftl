command-ping = ping
    .help = answers with pong
    .example = !ping 1
    .number = number
command-count = count
    .help = answers with pong 1, pong 2, …
    .example = !count 2
    .number = number
