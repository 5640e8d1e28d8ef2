"""A dump of the database does not show who chose what, and one member's vote counts once (C10)."""

import random
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import inspect, select, text

from tests import databases
from tests.conftest import make_account
from tests.databases import Database
from tests.faults import orders
from vrn_community import create_app
from vrn_community.accounts import services as accounts
from vrn_community.accounts.roles import Role
from vrn_community.contributions import jobs
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.foundation.record_keys import RecordKey
from vrn_community.oversight.ballots import box, queries, services, voting
from vrn_community.oversight.ballots.counting import Method
from vrn_community.oversight.ballots.models import Ballot, BallotBox

KINDS = ("sqlite", "postgresql")
MEMBERS, COPIES, AT_ONCE = 24, 50, 16
OPTIONS = ["Lights", "Bushes", "A very long option, so that its length would tell it apart"]
SQLITE = "vrn-community.sqlite"
Row = tuple[Any, ...]
#: The files of the tables of ballots on PostgreSQL, and of their long values.
LYING = """
    SELECT pg_read_binary_file(pg_relation_filepath(c.oid)) FROM pg_class c WHERE c.oid IN (
        SELECT unnest(ARRAY[oid, NULLIF(reltoastrelid, 0)]) FROM pg_class
        WHERE relname IN ('ballot', 'ballot_box', 'voter', 'record_key') AND relkind = 'r')"""


class Group:
    """A group that votes in secret, in a known order and with known choices."""

    def __init__(self, database: Database) -> None:
        """Store everybody, and open the ballot."""
        self.database, self.kind = database, database.kind
        self.app = create_app(database.settings)
        self.app.config["WTF_CSRF_ENABLED"] = False
        chance = random.Random(7)
        with self.app.test_request_context():
            chair = make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org")
            members = [
                make_account(Role.OVERSIGHT_MEMBER, email=f"m{number}@example.org")
                for number in range(MEMBERS)
            ]
            last_day = clock.today() + timedelta(days=1)
            days = {"opens_on": clock.today(), "closes_on": last_day, "options": OPTIONS}
            asked = services.Question("What?", Method.VOTE, is_secret=True, **days)
            ballot = services.begin(uuid.uuid4(), asked, by=chair)
            services.open_ballot(ballot, services.Rules(3), by=chair)
            self.tokens = [accounts.begin_session(who, is_proved=True) for who in members]
            self.forms = [voting.new_form(ballot, who) for who in members]
            self.trackers = [
                voting.tracker_of(form, ballot, who)
                for form, who in zip(self.forms, members, strict=True)
            ]
            self.ballot_id, self.chair_id = ballot.id, chair.id
            self.ids = [who.id for who in members]
            db.session.commit()
        self.choices = [str(chance.randint(1, 3)) for _member in members]
        self.reasons = [f"Quokka{number}fern" * (number % 9) for number in range(MEMBERS)]

    def press(self, number: int, form: str = "", choice: str = "") -> tuple[int, str]:
        """Let a member press *Send*, and return the status and the page."""
        client = self.app.test_client()
        client.set_cookie("desk", self.tokens[number], path="/desk")
        sent = {"choice": choice or self.choices[number], "reason": self.reasons[number]}
        sent["form"] = form or self.forms[number]
        answer = client.post(f"/desk/ballots/{self.ballot_id}/vote", data=sent)
        return answer.status_code, answer.text

    def close(self) -> None:
        """Close the ballot on its last day."""
        with self.app.test_request_context(method="POST"):
            ballot = db.session.get_one(Ballot, self.ballot_id)
            ballot.closes_on = clock.today()
            chair = ballot.author
            db.session.flush()
            services.close(ballot, by=chair)
            db.session.commit()

    def dump(self) -> dict[str, list[Row]]:
        """Return every row of every table, in the order in which the database gives them."""
        with self.app.app_context():
            names = inspect(db.engine).get_table_names()
            rows = {n: db.session.execute(text(f'SELECT * FROM "{n}"')).all() for n in names}
            return {name: [tuple(row) for row in found] for name, found in rows.items()}

    def files(self) -> bytes:
        """Return all that the files of the database hold, with the log of writes."""
        if self.kind == "sqlite":
            folder = self.database.settings.data_dir
            return b"".join(path.read_bytes() for path in sorted(folder.glob(f"{SQLITE}*")))
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            found = connection.execute(LYING).fetchall()
            return b"".join(bytes(content) for (content,) in found)

    @property
    def address(self) -> str:
        """The address of the database for psycopg."""
        return self.database.settings.database_url.replace("+psycopg", "")

    def hidden(self) -> list[tuple[str, Row]]:
        """Return what PostgreSQL says of the rows of voters besides their columns."""
        columns = ", ".join(f"{name}::text" for name in orders.HIDDEN_COLUMNS)
        with psycopg.connect(self.address) as connection:
            rows = connection.execute(f"SELECT account_id::text, {columns} FROM voter")
            return [(row[0], tuple(row[1:])) for row in rows]

    def sealed(self) -> tuple[bytes, bytes]:
        """Return the sealed box and its wrapped key."""
        with self.app.app_context():
            found = db.session.scalars(select(BallotBox)).one()
            key = db.session.get_one(RecordKey, self.ballot_id)
            return found.sealed_votes, key.wrapped_key


@contextmanager
def group(kind: str, worker: str) -> Iterator[Group]:
    with databases.of_kind(kind, f"ballot_{worker}") as database:
        made = Group(database)
        yield made
        with made.app.app_context():
            db.engine.dispose()


@pytest.mark.parametrize("kind", KINDS)
def test_a_dump_does_not_show_who_chose_what(kind: str, worker: str) -> None:
    with group(kind, worker) as voting_group:
        before = voting_group.dump()
        half = MEMBERS // 2
        boxes = [voting_group.sealed()[0]]
        for number in range(half):
            assert voting_group.press(number)[0] == 200
            boxes.append(voting_group.sealed()[0])
        middle = voting_group.dump()
        nothing_but_that_somebody_voted_has_changed(voting_group, before, middle, half)
        the_box_has_one_size_whatever_lies_in_it(boxes)
        the_database_says_nothing_of_the_order_of_voting(voting_group, half)
        backup = voting_group.sealed()
        keyless_backups_open_nothing(voting_group, boxes)
        for number in range(half, MEMBERS):
            assert voting_group.press(number)[0] == 200
        the_box_itself_holds_no_order(voting_group)
        everything_ever = voting_group.files()
        voting_group.close()
        after = voting_group.dump()
        what_is_counted_is_right_and_names_nobody(voting_group, after)
        the_end_takes_the_box_and_its_key(voting_group, after, backup, everything_ever)


def nothing_but_that_somebody_voted_has_changed(
    group: Group, before: dict[str, list[Row]], after: dict[str, list[Row]], voted: int
) -> None:
    changed = {
        name for name in after if sorted(map(repr, after[name])) != sorted(map(repr, before[name]))
    }
    # The session of whoever is signed in says when they were last seen, to five minutes.
    assert changed - {"desk_session"} == {"voter", "ballot_box"}
    # All that differs between two voters is who they are.
    rows = {repr(row[2:]) for row in after["voter"]}
    assert len(rows) == 2
    assert sum(bool(row[-1]) for row in after["voter"]) == voted
    readable = repr([row for name in after for row in after[name]])
    assert "Quokka" not in readable
    assert not [tracker for tracker in group.trackers if tracker in readable]


def the_box_has_one_size_whatever_lies_in_it(boxes: list[bytes]) -> None:
    assert len({len(sealed) for sealed in boxes}) == 1
    assert len(set(boxes)) == len(boxes)
    # Nothing stays the same from one to the next, so that no place of the box tells a change.
    for former, later in zip(boxes, boxes[1:], strict=False):
        same = sum(a == b for a, b in zip(former, later, strict=True))
        assert same < len(later) * 0.01


def the_database_says_nothing_of_the_order_of_voting(group: Group, voted: int) -> None:
    arrival = {str(key): number for number, key in enumerate(group.ids[:voted])}
    with group.app.app_context():
        keys = [
            str(uuid.UUID(str(key)))
            for key in db.session.scalars(text("SELECT account_id FROM voter"))
        ]
    if group.kind == "sqlite":
        assert keys == sorted(keys)
        return
    rows = group.hidden()
    # One transaction wrote all rows, as it seems; they lie as they lay before anybody came.
    assert len({row[1:] for _key, row in rows}) == 1
    found = [number for key in keys if (number := arrival.get(key)) is not None]
    chance = abs(orders.spearman(list(enumerate(found))))
    told = [(row[0], arrival[key]) for key, row in rows if key in arrival]
    places = [(orders._numbers(place), number) for place, number in told]
    assert abs(orders.spearman(places)) == pytest.approx(chance)


def keyless_backups_open_nothing(group: Group, boxes: list[bytes]) -> None:
    """Try the data key, and keys made of all that is known, on every copy of the box."""
    place = (BallotBox.__tablename__, str(group.ballot_id), "sealed_votes")
    with group.app.app_context():
        key = crypto.derive("ballot-tracker", length=32, salt=str(group.ballot_id).encode())
        for sealed in boxes:
            with pytest.raises(crypto.SealBrokenError):
                crypto.unseal_bytes(sealed, *place)
            for guess in (key, bytes(32), group.ballot_id.bytes * 2):
                with pytest.raises((crypto.SealBrokenError, InvalidTag)):
                    crypto.unseal_with(guess, sealed, *place)
        # Trackers are not made of the people, even for somebody who has the pepper.
        known = [str(key) for key in group.ids] + [f"m{n}@example.org" for n in range(MEMBERS)]
        made = {crypto.derived_code("ballot-tracker", each, 8) for each in known}
        assert not made & set(group.trackers)


def the_box_itself_holds_no_order(group: Group) -> None:
    """Open the box as the service can: even then nothing in it tells who came when."""
    with group.app.test_request_context(method="POST"):
        found = queries.box(group.ballot_id)
        assert found
        votes = box.unpacked(found.votes)
    assert [vote.tracker for vote in votes] == sorted(group.trackers)
    assert not [key for key in map(str, group.ids) if key in repr(votes)]


def what_is_counted_is_right_and_names_nobody(group: Group, after: dict[str, list[Row]]) -> None:
    with group.app.app_context():
        counted = db.session.get_one(Ballot, group.ballot_id).counted
    cast = zip(group.trackers, group.choices, group.reasons, strict=True)
    assert counted == sorted(map(list, cast))
    assert after["vote"] == []
    acts = [row for row in after["audit_entry"] if "'ballot:" in repr(row)]
    assert len(acts) == 3
    assert not [key for key in group.ids if str(key) in repr(acts) or key.hex in repr(acts)]


def the_end_takes_the_box_and_its_key(
    group: Group, after: dict[str, list[Row]], backup: tuple[bytes, bytes], ever: bytes
) -> None:
    """Look for the box and its key in all that is left; a copy of the box alone opens nothing."""
    sealed, wrapped = backup
    assert after["ballot_box"] == []
    assert after["record_key"] == []
    # The look is not blind: while the ballot was open, the key lay in the files.
    assert wrapped in ever
    assert sealed[:32] in ever
    with group.app.app_context():
        jobs.shuffle()
    left = group.files()
    assert wrapped not in left
    assert sealed[:32] not in left


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("has_one_form", [True, False])
def test_of_fifty_votes_of_one_member_at_once_one_counts(
    kind: str, has_one_form: bool, worker: str
) -> None:
    with group(kind, worker) as one:
        with one.app.test_request_context():
            ballot = db.session.get_one(Ballot, one.ballot_id)
            voters = queries.members()
            who = next(voter for voter in voters if voter.id == one.ids[0])
            forms = [voting.new_form(ballot, who) for _copy in range(COPIES)]
        gate = threading.Barrier(AT_ONCE)

        def press(number: int) -> int:
            if number < AT_ONCE:
                gate.wait()
            form = "" if has_one_form else forms[number]
            return one.press(0, form, choice=str(number % 3 + 1))[0]

        with ThreadPoolExecutor(AT_ONCE) as pool:
            statuses = Counter(pool.map(press, range(COPIES)))

        assert statuses == ({200: COPIES} if has_one_form else {200: 1, 409: COPIES - 1})
        assert len(votes_in(one)) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_of_many_members_at_once_every_vote_counts(kind: str, worker: str) -> None:
    with group(kind, worker) as many:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            statuses = Counter(status for status, _page in pool.map(many.press, range(MEMBERS)))

        assert statuses == {200: MEMBERS}
        found = [tuple(vote) for vote in votes_in(many)]
        assert found == sorted(zip(many.trackers, many.choices, many.reasons, strict=True))


def votes_in(group: Group) -> list[box.CastVote]:
    with group.app.test_request_context(method="POST"):
        found = queries.box(group.ballot_id)
        assert found
        turnout = queries.turnout(group.ballot_id)
        votes = box.unpacked(found.votes)
        assert turnout.did == len(votes)
        return votes


def test_the_files_of_sqlite_are_those_that_are_looked_through(worker: str) -> None:
    with group("sqlite", worker) as found:
        names = {path.name for path in Path(found.database.settings.data_dir).iterdir()}
        assert SQLITE in names
        assert names - {SQLITE, f"{SQLITE}-wal", f"{SQLITE}-shm"} <= {
            "jobs.sqlite",
            "migrations.lock",
        }
