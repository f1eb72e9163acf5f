command-letter = letter
    .help = a letter to all
    .example = !letter Hello
    .text = text
letters-held = Will be delivered { $when }
letters-sent = Sent
letters-heard = I see { $id }
