command-nothing = nothing
    .help = nothing
    .example = !nothing
dates-said = Вот
