command-take = беру
    .help = takes a role
    .example = !беру 1
    .number = a role's number
toy_duties-taken = ok
toy_duties-freed = free
