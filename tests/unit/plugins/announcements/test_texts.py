from __future__ import annotations

from classroom_matrix.i18n.check import differences


def test_both_languages_say_the_same_things():
    assert differences("classroom_plugins.announcements") == []
