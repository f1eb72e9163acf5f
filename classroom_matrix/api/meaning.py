"""What a plain word in a desk means: "2", "да", "готово", "болеет сегодня".

A guardian's message in the desk or in a private chat with the bot that is no command is shown to `Plugin.understand` of all
plugins of the class. What they make of it is settled by the runtime (`runtime.understanding`):

1. A reply to one of the service's messages, or a word in its thread, means that message's subject.
2. Of several meanings the one counts that the household was asked about last in its desk (`Meaning.asked`); letters of one
   moment count alike. Where its words give up something unnamed (`Meaning.gives_up`), what other plugins make of them counts,
   too.
3. Where that does not tell, the person is asked which is meant, by numbers; where a plugin is not `sure`, whether it is so.
4. Short words that do not name the thing ("да", "2", "не смогу", "нас трое") are confirmed first where staff have said
   something in the desk since it was asked, or where the last letter there was another plugin's: they may answer that.
5. An edit within minutes of a message that meant nothing, or that was asked back, is shown to them as that message, with its
   event ID, at the edit's time. Every other edit goes to the listeners: whoever took the message follows it there.

A message that means something is not shown to listeners to `MessageSent`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.facts import MessageSent
    from ..domain.people import Person
    from .context import Context, Subject, View


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a message could mean.

    Args:
        about: of the plugin; the subject of its messages (`Context.post(about=…)`, a card's kind and subject).
        answer: what `take` wants to know; opaque, kept while the person is asked.
        label: what it is, in the person's language, for "Did you mean … or …?" ("каток 5 декабря: придём").
        asked: when the household was asked about it in its desk, milliseconds since 1970; None if only in a shared room.
        sure: whether it can be taken as said; else `label` is shown and the person says yes or no.
        changes: False if something is only shown by it, which is never confirmed first.
        gives_up: the words give up something without a name ("отмена"), and are not what the letter asked for; they may as
            well be about what the household holds elsewhere.
    """

    about: Subject
    answer: str
    label: str
    asked: int | None = None
    sure: bool = True
    changes: bool = True
    gives_up: bool = False


Understand = Callable[["View", "Person", "MessageSent"], Sequence[Meaning]]
"""What a guardian's message could mean; nothing for most. Reads only. The view speaks the person's language.

To be judged by the message's own time (`MessageSent.at`) where things end."""

Take = Callable[["Context", Meaning], None]
"""Act on the meaning that was found, as a handler does, and tell the person what was understood (`Context.reply`)."""
