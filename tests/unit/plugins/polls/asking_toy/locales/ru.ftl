command-rivals = rivals
    .help = a poll between two ideas
    .example = !rivals Where?
    .question = question
asking-opened = poll { $number }
asking-ended = { $origin } { $number } { $outcome }
