command-greet = привет
    .help = приветствует
    .example = !привет Анна
    .name = имя
greeter-hello = Здравствуйте, { $name }{ $mark } { $count ->
    [one] { $count } раз
    [few] { $count } раза
   *[other] { $count } раз
}
