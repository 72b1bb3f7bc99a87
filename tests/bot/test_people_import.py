"""``import-people``: which rows are read, who they are about, and who turns out to have been a guest until now."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from board.ids import PersonId
from board.people import Person, Role
from board.ports import Account, Rules
from bot.calendar import NorwegianCalendar
from bot.people_import import Imported, import_people, read_people
from bot.people_known import Places
from bot.settings import Problems
from storage.engine import Store, open_store
from tests.board.support import mandate
from tests.fakes.clock import CountedIds, SetClock
from tests.storage.databases import migrated_file, sqlite_url

__all__ = ["migrated_file", "sqlite_url"]

TODAY = date(2026, 3, 2)
PLACES = Places("tenant", "T1")
HEAD = "name;email;aad_object_id;slack_user_id;role"


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    async with await open_store(sqlite_url) as opened:
        yield opened


@pytest.fixture
def rules() -> Rules:
    return Rules(mandate(), SetClock(), CountedIds("p"), NorwegianCalendar())


class Town:
    """A register that is imported again and again."""

    def __init__(self, store: Store, rules: Rules, folder: Path) -> None:
        self.store, self.rules, self.file = store, rules, folder / "people.csv"

    async def imported(self, *lines: str, head: str = HEAD) -> Imported:
        self.file.write_text("\n".join((head, *lines)), encoding="utf-8")
        return await import_people(self.store.work, read_people(self.file, TODAY), PLACES, self.rules)

    async def whose(self, channel: str, user: str) -> str:
        async with self.store.work.read() as work:
            found = await work.people.actor(Account(channel, "tenant" if channel == "teams" else "T1", user), TODAY)
        return f"{found.person.name} {'+'.join(sorted(found.roles))}".strip() if found else ""

    async def guest(self, name: str, user: str, email: str = "") -> PersonId:
        async with self.store.work.write() as work:
            person = PersonId(f"guest-{user}")
            await work.people.add(Person(person, name, email), Account("slack", "T1", user))
            await work.commit()
        return person


@pytest.fixture
def town(store: Store, rules: Rules, tmp_path: Path) -> Town:
    return Town(store, rules, tmp_path)


async def test_people_in_teams_in_slack_and_with_email_only_make_one_board(town: Town) -> None:
    done = await town.imported(
        "Kari;kari@example.org;AAD-1;;member",
        "Ola;ola@example.org;;u7;member",
        "Lise;lise@example.org;;;office",
        "Per;per@example.org;aad-2;U8;chair",
        "Per;per@example.org;aad-2;U8;member",
    )
    assert done == Imported(added=4, joined=0)
    assert await town.whose("teams", "aad-1") == "Kari member"
    assert await town.whose("slack", "U7") == "Ola member"
    assert await town.whose("slack", "U8") == await town.whose("teams", "aad-2") == "Per chair+member"
    async with town.store.work.read() as work:
        (lise,) = await work.people.named("lise@example.org", 5)
        assert (await work.people.holders([Role.OFFICE], TODAY))[Role.OFFICE] == [lise.id]


async def test_a_second_import_adds_nobody_twice_and_brings_new_accounts(town: Town) -> None:
    await town.imported("Ola;ola@example.org;;;member", "Kari;kari@example.org;aad-1;;member")
    done = await town.imported(
        "Ola;OLA@example.org;;U7;member", "Kari;kari@example.org;aad-1;U1;member", "Kari;;aad-1;;office"
    )
    assert done == Imported(added=0, joined=0)
    assert await town.whose("slack", "U7") == "Ola member"
    assert await town.whose("slack", "U1") == "Kari member+office"
    assert await town.imported("Ola;;aad-9;U7;member") == Imported(added=0, joined=0)
    assert await town.whose("teams", "aad-9") == "Ola member"


async def test_an_email_of_two_is_two_people_where_their_accounts_differ(town: Town) -> None:
    done = await town.imported("Kari;post@example.org;aad-1;;member", "Ola;post@example.org;aad-2;;member")
    assert done.added == 2
    assert await town.whose("teams", "aad-1") == "Kari member"
    assert await town.whose("teams", "aad-2") == "Ola member"


async def test_the_file_of_before_without_the_new_column_is_read(town: Town) -> None:
    done = await town.imported(
        "Kari,kari@example.org,aad-1,member,", "Vara,v@example.org,aad-2,deputy,kari@example.org",
        head="name,email,aad_object_id,role,deputy_for",
    )  # fmt: skip
    assert done == Imported(added=2, joined=0)
    async with town.store.work.read() as work:
        assert await work.people.deputies(TODAY) == {"aad-1": ["aad-2"]}


async def test_guests_whose_account_or_email_comes_into_the_register_are_that_person(town: Town) -> None:
    by_account, by_email = await town.guest("K", "U1"), await town.guest("O", "U2", "Ola@example.org")
    await town.guest("P", "U3", "other@example.org")
    done = await town.imported("Kari;;aad-1;U1;member", "Ola;ola@example.org;aad-2;;member")
    assert done == Imported(added=2, joined=2)
    assert await town.whose("slack", "U1") == await town.whose("teams", "aad-1") == "Kari member"
    assert await town.whose("slack", "U2") == "Ola member"
    assert await town.whose("slack", "U3") == "P"
    async with town.store.work.read() as work:
        joined = [e for who in ("aad-1", "aad-2") for e in await work.history.of(who)]
        assert [(e.what, e.details["guest"], e.details["way"]) for e in joined] == [
            ("person.joined", by_account, "register"),
            ("person.joined", by_email, "register"),
        ]
    assert (await town.imported("Kari;;aad-1;U1;member", "Ola;ola@example.org;aad-2;;member")).joined == 0


async def test_a_row_that_says_two_people_is_named_and_nothing_is_imported(town: Town) -> None:
    await town.imported("Kari;;aad-1;;member", "Ola;;;U7;member")
    with pytest.raises(Problems, match="line 3: the directory id and the Slack id belong to two different people"):
        await town.imported("Ny;ny@example.org;;;office", "Kari;;aad-1;U7;member")
    async with town.store.work.read() as work:
        assert await work.people.named("ny@example.org", 5) == []


def test_a_row_that_says_nobody_is_named(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"{HEAD}\nKari;;;;member\nOla;;aad-1;;member\n;;aad-2;;member", encoding="utf-8")
    with pytest.raises(Problems) as found:
        read_people(path, TODAY)
    said = ("nothing says who it is: fill in one of aad_object_id, slack_user_id, email", "«name» is empty")
    assert found.value.sentences == (f"people.csv, line 2: {said[0]}", f"people.csv, line 4: {said[1]}")


@pytest.mark.parametrize(("head", "lacks"), [("name;role", "one of"), ("email;role", "name"), ("name;email", "role")])
def test_a_file_without_a_column_that_is_needed_is_refused(head: str, lacks: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"{head}\nKari;x", encoding="utf-8")
    with pytest.raises(Problems, match=lacks):
        read_people(path, TODAY)
