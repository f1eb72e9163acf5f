command-greet = greet
    .help = greets somebody
    .example = !greet Anna
    .name = name
greeter-hello = Hello, { $name }{ $mark } { $count ->
    [one] The first time
   *[other] { $count } times
}
