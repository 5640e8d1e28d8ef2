"""A canary in every sealed text whose time ends, and what finds it."""

import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from tests.conftest import make_account
from tests.factories.keys import PASSPHRASE, make_key
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.factories.questionnaires import make_version
from tests.outcomes.conftest import make_outcome
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import PassageState
from vrn_community.exchange.models import Export, ExportContent, ExportState
from vrn_community.extensions import db
from vrn_community.foundation import clock, sealed_columns
from vrn_community.foundation.record_keys import KeyGoneError, RecordKey
from vrn_community.moderation import appeals
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.followers import services as followers
from vrn_community.oversight.members.models import Member
from vrn_community.responses import drafts
from vrn_community.responses.flow import CHECK, Walk
from vrn_community.responses.models import Draft
from vrn_community.rights import raw_data
from vrn_community.rights import services as rights
from vrn_community.rights.models import (
    Breach,
    BreachEntry,
    BreachEntryKind,
    LegalBasis,
    RawDataDecision,
    RequestKind,
    Result,
)
from vrn_community.safeguarding import asking, holding, keys
from vrn_community.safeguarding import services as safeguarding
from vrn_community.safeguarding.kinds import EntryKind, Outcome, Source
from vrn_community.safeguarding.models import CaseEntry, Concern, Urgency
from vrn_community.safeguarding.reasons import CloseReason


@dataclass
class Aviary:
    """All canaries; each is a word that stands nowhere else."""

    #: The private key of the team: what locks cases keeps no secret from whoever has it.
    team_key: bytes = b""
    words: list[str] = field(default_factory=list)

    def word(self, name: str) -> str:
        """Return a new canary."""
        self.words.append(f"zanzibarquail{name}")
        return self.words[-1]

    def read(self) -> set[str]:
        """Return the canaries that somebody reads who has the database and all keys there are."""
        db.session.expire_all()
        texts = b"\n".join(_texts(self.team_key)).decode(errors="replace")
        return {word for word in self.words if word in texts}


def _texts(team_key: bytes) -> Iterator[bytes]:
    """Go through all that keys of records open."""
    for column, row in _sealed_rows():
        with suppress(KeyGoneError):
            content = column.content(row)
            if column is CaseEntry.locked and content:
                place = ("case-entry", str(row.concern_id), str(row.id))
                content = keys.unseal(team_key, content, *place)
            yield content


def _sealed_rows() -> Iterator[tuple[Any, Any]]:
    for column in sealed_columns.every():
        if not column.is_of_data_key:
            yield from ((column, row) for row in db.session.scalars(select(column.model)))


def sealed_texts() -> list[bytes]:
    """Return every text that a key of a record seals, as it is stored."""
    texts = (getattr(row, column.column) for column, row in _sealed_rows())
    return [bytes(one) for one in texts if one]


def sealed() -> list[bytes]:
    """Return the same, with drafts and the keys."""
    others = select(Draft.sealed), select(RecordKey.wrapped_key)
    stored = (db.session.scalars(query) for query in others)
    return sealed_texts() + [bytes(one) for found in stored for one in found]


def plant() -> Aviary:
    """Let people, and staff who write about them, leave a canary in each kind of text."""
    found = Aviary()
    by = make_account(Role.PUBLISHER, Role.SAFEGUARDING_LEAD)
    make_key(by)
    found.team_key = holding.opened(by, PASSPHRASE)
    activity = make_opportunity(by, is_public=True)
    _answer(found, activity)
    _ask_about_rights(found, by)
    _worry(found, by)
    _work(found, activity, by)
    db.session.flush()
    return found


def _answer(found: Aviary, activity: Opportunity) -> None:
    """Send words, keep a draft, ask to look again, and ask to be told; then it is answered."""
    make_passage(activity, found.word("passage"))
    withheld = make_passage(activity, found.word("withheld"), PassageState.WITHHELD)
    appeals.ask(withheld, found.word("appeal"))
    walk = Walk(uuid.uuid4().hex, CHECK, {}, {"why": found.word("draft")})
    drafts.keep(activity, str(make_version(activity).id), walk)
    followers.follow(activity, f"{found.word('contact')}@example.org")
    make_outcome(activity)


def _ask_about_rights(found: Aviary, by: Account) -> None:
    wanted = rights.Asking("token", RequestKind.ERASURE, found.word("asked"), found.word("reach"))
    asked = rights.receive(wanted)
    rights.extend(asked, found.word("extension"), by=by)
    rights.note(uuid.uuid4(), asked, found.word("note"), by=by)
    rights.answer(asked, Result.GRANTED, found.word("answer"), by=by)
    wish = raw_data.Wish(found.word("wanted"), found.word("purpose"), LegalBasis.CRIME, "A paper")
    raw = raw_data.ask(uuid.uuid4(), wish, by=by)
    raw_data.decide(raw, RawDataDecision.REFUSED, found.word("reasons"), by=by)
    # By its own clock the database lets no younger breach be deleted.
    long_ago = raw.created_at = clock.months_after(clock.now(), -80)
    breach = Breach(id=uuid.uuid4(), noticed_at=long_ago, created_at=long_ago)
    db.session.add(breach)
    db.session.flush()
    line = BreachEntry(id=uuid.uuid4(), breach_id=breach.id, kind=BreachEntryKind.MEASURE)
    line.by_id, line.created_at, line.words = by.id, long_ago, found.word("breach")
    db.session.add(line)


def _worry(found: Aviary, by: Account) -> None:
    """Write about a worry, and ask for help; both are decided and closed."""
    told = safeguarding.Report(Source.PHONE, Urgency.TODAY, {"words": found.word("case")})
    concern = safeguarding.report(told, by=by, key=uuid.uuid4())
    early = CaseEntry(id=uuid.uuid4(), concern_id=concern.id, kind=EntryKind.ADDED)
    early.text = f'{{"noticed": "{found.word("early")}"}}'
    db.session.add(early)
    help_id = uuid.uuid4()
    asking.ask_for_help(help_id, {"reach": found.word("help")}, area_id=None)
    for one, name in ((concern, "decided"), (db.session.get_one(Concern, help_id), "rang")):
        safeguarding.decide(one, Outcome.NO_ACTION, {"reasons": found.word(name)}, by=by)
        safeguarding.close(one, list(CloseReason)[0], by=by)


def _work(found: Aviary, activity: Opportunity, by: Account) -> None:
    """Make a member whose term ends, and a file of answers that nobody fetches."""
    member = Member(id=uuid.uuid4(), account_id=by.id, starts_on=clock.today())
    member.ends_on = clock.today()
    member.interests, member.access_needs = found.word("interest"), found.word("need")
    export = Export(
        id=uuid.uuid4(), opportunity_id=activity.id, content=ExportContent.WORDS, reason="Why",
        state=ExportState.READY, asked_by_id=by.id, ready_at=clock.now(),
    )  # fmt: skip
    Export.file.keep(export, found.word("file").encode())
    db.session.add_all([member, export])
