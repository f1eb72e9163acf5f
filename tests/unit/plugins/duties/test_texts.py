from __future__ import annotations

import re
from pathlib import Path

import classroom_plugins.duties
from classroom_matrix.i18n import LANGUAGES, Catalogue
from classroom_matrix.i18n.check import differences
from classroom_plugins.duties.domain import Ended, OfferState, Outcome, SwapState, Via
from classroom_plugins.duties.orders import Ordered
from classroom_plugins.duties.slips import Slip

PACKAGE = Path(classroom_plugins.duties.__file__).parent
COMPOSED = {
    *(f"duties-month-{month}" for month in range(1, 13)),
    *(f"duties-state-{state}" for state in OfferState),
    *(f"duties-{outcome}" for outcome in Outcome if outcome is not Outcome.VOID),
    *(f"duties-entered-{outcome}" for outcome in (Outcome.TAKEN, Outcome.HELD, Outcome.WISHED)),
    *(f"duties-family-entered-{outcome}" for outcome in (Outcome.TAKEN, Outcome.WISHED)),
    *(f"duties-staff-{state}" for state in (OfferState.DECLINED, OfferState.SILENT)),
    *(f"duties-swap-{state}" for state in SwapState if state is not SwapState.ASKED),
    *(f"duties-swap-other-{state}" for state in SwapState),
    *(f"duties-swap-{kind}-{whose}" for kind in ("none", "which") for whose in ("own", "their")),
    *(f"duties-label-{kind}-{word}" for kind in ("offer", "swap", "means") for word in ("yes", "no")),
    *(f"duties-order-{what}" for what in Ordered if what not in (Ordered.TAKE, Ordered.EXCUSE, Ordered.ENDED)),
    *(f"duties-slip-{kind}-{slip}" for kind in ("role", "rota") for slip in Slip),
    *(f"duties-export-via-{via}" for via in Via),
    *(f"duties-export-ended-{ended}" for ended in Ended),
    *(f"duties-export-swap-{state}" for state in SwapState),
    *(f"duties-export-{key}" for key in re.findall(r'word\("([a-z-]+)"\)', (PACKAGE / "personal.py").read_text("utf-8"))),
}


def test_both_languages_say_the_same_things():
    assert differences("classroom_plugins.duties") == []


def test_every_text_that_the_code_names_exists_and_no_other():
    source = "".join(file.read_text("utf-8") for file in PACKAGE.glob("*.py"))
    used = set(re.findall(r'"(duties-[a-z0-9-]+)"', source)) | COMPOSED | {"duties-title", "duties-export"}
    texts = Catalogue.of_package("classroom_plugins.duties", strict=True)
    assert [key for key in sorted(used) for language in LANGUAGES if not texts.has(key, language)] == []
    defined = set(re.findall(r"^(duties-[a-z0-9-]+) =", (PACKAGE / "locales" / "ru.ftl").read_text("utf-8"), re.MULTILINE))
    assert defined - used == set()
