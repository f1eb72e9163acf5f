# ── Every page ──────────────────────────────────────────────────────────────────────────────────────────────────────
join-title = Join your class
join-language = Language
join-language-ru = Русский
join-language-en = English
join-step = Step { $now } of { $all }
join-next = Continue
join-back = Back
join-no-slip = No slip, or the words do not work? The teacher will give you a new one.

# ── Which slip ──────────────────────────────────────────────────────────────────────────────────────────────────────
join-start = The school gives everybody a slip with a code and words. Let us begin with the code.
join-code = Code on the slip
join-code-hint = The letters and digits after /j/ in the address
join-code-wrong = There are no such codes. Compare it with the slip, sign by sign. If you were given a newer slip, use that one.
join-session-over = The door has closed: time is up, or somebody joined with this slip on another device. Please start again from the slip.

# ── Its words ───────────────────────────────────────────────────────────────────────────────────────────────────────
join-words-title = Welcome
join-words-intro = The school invites you to the closed group of the class. The words on your slip confirm that the invitation is yours.
join-words = Five words on the slip
join-words-hint = In this order, with spaces between them. Capitals do not matter.
join-words-empty = Type the five words that are printed on the slip.
join-your-code = Code of the slip:
join-other-code = Not your code? Type another
join-words-wrong = These five words and the code do not fit together. Compare both the words and the code above them with the slip, letter by letter. If you were given a newer slip, use that one.
join-words-count = It takes the five words on the slip, with spaces between them. Compare the words and the code above them with the slip. If you were given a newer slip, use that one.
join-words-wait = There were several wrong tries in a row. Please try again in { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 }.
join-words-expired = This slip has expired. Ask the teacher for a new one.
join-words-used = This slip has been used already. If that was not you, tell the teacher.
join-busy = Very many people are joining right now. Press “Continue” once more in half a minute.

# ── Welcome ─────────────────────────────────────────────────────────────────────────────────────────────────────────
join-hello = Hello, { $name }!
join-classes = { $count ->
    [one] Your class:
   *[other] Your classes:
 }
join-speaks = The bot of the class will speak English with you. Choose another language at the top of the page.
join-notice-title = Good to know
join-notice-kept = What is kept
join-notice-kept-what = Your name and language, what you are to the class, and all that you write, send and tick in the group. No e-mail address. Instead of phone numbers and birth dates a fingerprint is kept (a keyed hash), by which you and your child are recognised in the next list.
join-notice-read = Who reads it
join-notice-read-rooms = Shared rooms: the families and teachers of the class. They also see your full name.
join-notice-read-desk = Your family’s private room: its adults, the teacher, and those to whom the teacher has handed it over.
join-notice-read-server = The bot of the class and those who look after the school’s server can see everything too. Nobody else.
join-notice-until = How long
join-notice-until-when = Until the school deletes it. When you leave the class, your access ends at once.
join-notice-ask = Whom to ask
join-notice-ask-teacher = The teacher of the class.
join-notice-ask-office = Whoever gave you the slip.
join-notice-ask-what = You may ask for a copy of your data, for corrections, or to have them deleted.
join-notice-missing = Please read what is good to know, and tick the box.
join-understood = I have read and understood this

# ── The password ────────────────────────────────────────────────────────────────────────────────────────────────────
join-password-title = A password of your own
join-name = Your name for logging in
join-password = Choose a password
join-password-hint = At least { $shortest } characters. Three or four words that nobody would put together are easy to remember. The words on the slip are not needed any more.
join-password-short = This password is too short: it needs at least { $shortest } characters. Add another word.
join-password-long = The server does not take a password as long as this: 256 characters at most. Choose a shorter one.
join-password-spaces = The password begins or ends with a space. Type it without that space.
join-password-name = A password with your name for logging in is easy to guess. Choose one without it.
join-password-own-name = Many people know your name and your child’s. Choose another password, or add more words.
join-password-common = This is one of the first that others would try. Choose another, such as three words.
join-password-slip = These are the words on the slip, which somebody else may have seen. Choose your own.
join-enter = Enter the group
join-later = It did not work just now: the server is busy. Type the password again in a minute.
join-refused = The server did not accept the password. Try another one; if that does not help, tell the teacher.
join-again = The app does not accept the password? Choose it again
join-again-title = Choose the password again
join-again-save = Save the password

# ── The ways in ─────────────────────────────────────────────────────────────────────────────────────────────────────
join-done-title = You are in
join-done = The rooms of the class open by themselves. Choose where to read; both is fine.
join-done-app = The rooms of the class open by themselves. All that is left is to open them in the app.
join-phone = On a phone
join-install = Install the app Element X:
join-open-app-hint = Come back here and press the button.
join-scan = Point the phone’s camera at this code.
join-open-app = Open in the app
join-open-app-password = The app will ask for the password that you have just chosen.
join-computer = In the browser
join-open-browser-hint = The group opens right here, without typing the password. Best on a computer.
join-open-browser-login = Your name is filled in already; only the password is missing. Best on a computer.
join-open-browser = Open in the browser
join-your-name = Your name for logging in:
join-any-computer = On a computer
join-any-client = Any program for Matrix will do. It asks for the server’s address, your name and the password.
join-homeserver = Address of the server:
join-homeserver-others = Address of the server, for other Matrix programs:
join-finish = Finished on this device
join-finish-hint = If the device is not yours alone. After five minutes it happens by itself.
join-finished-title = This device has forgotten you
join-finished = Your password stays good.
join-finished-browser = If you have opened the group in the browser here, log out there too.
join-finished-next = Next slip
join-arrived-title = Welcome back
join-arrived-password = The password is the one that you chose. If it is forgotten, the teacher will give you a new slip.
join-opening = Opening the group…
join-opening-otherwise = Nothing happens? Log in with the password

# ── What goes wrong ─────────────────────────────────────────────────────────────────────────────────────────────────
join-problem-title = That did not work
join-problem-start = Start again
join-other-tab = The way in was opened again on this device, in another tab. Go on there; this one can be closed. What you typed here was not saved.
join-other-tab-here = Go on here
join-foreign = This page was opened from another site. Please type the address on the slip yourself.
join-nothing-here = There is no such page here. Check the address on the slip.
join-too-large = Too much was sent. Please start again.
join-unreadable = What was sent cannot be read. Please start again.
join-trouble = Something broke on our side. Try again in a minute; if that does not help, tell the teacher.
