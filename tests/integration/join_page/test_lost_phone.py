"""Somebody who was in comes in again with a new slip, after their devices were logged out."""

from __future__ import annotations

from classroom_matrix.roster.lost_phone import log_out_everywhere
from classroom_matrix.storage import invitations
from classroom_matrix.testing.fake_accounts import FakeAccounts

from ..join_stage import WORDS, JoinOnStage
from .plain_browser import PASSWORD, Browser


async def test_a_new_slip_opens_what_the_old_phone_lost(join: JoinOnStage, accounts: FakeAccounts, browser: Browser) -> None:
    user = await join.person()
    await browser.settle()
    await join.database.call(invitations.admitted, join.database, "p1", join.clock.seconds())
    accounts.log_in(user, PASSWORD)

    await log_out_everywhere(accounts, [user])
    await join.database.call(lambda: join.issue(1, again="b"))
    assert (accounts.accounts[user].sessions, accounts.passwords[user] == PASSWORD) == (0, False)

    async with Browser(join.address) as later:
        await later.get("/j/slip0001b")
        await later.post("/j/slip0001b", words=WORDS)
        await later.get("/j/welcome")
        await later.post("/j/welcome", **later.form(), understood="yes", password="весна 8 ручьёв")
        assert (later.status, later.place) == (303, "/j/done")
    accounts.log_in(user, "весна 8 ручьёв")
    assert (await join.invitation()).arrived_at is not None
