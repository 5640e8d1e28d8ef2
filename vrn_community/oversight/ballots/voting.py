"""How a member votes: openly with a name, or into the sealed box; once, however often pressed."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import or_, update

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import crypto, sealed
from vrn_community.foundation.errors import NotAllowed
from vrn_community.oversight.ballots import box, queries, services
from vrn_community.oversight.ballots.counting import OBJECT
from vrn_community.oversight.ballots.lifecycle import Act
from vrn_community.oversight.ballots.models import Ballot, Vote, Voter


@dataclass(frozen=True)
class Cast:
    """What somebody chose, and why."""

    choice: str
    reason: str = ""


class InAlready(NotAllowed):
    """The member has voted before, with another form."""


def new_form(ballot: Ballot, by: Account) -> str:
    """Return the sealed token of one form for one member: nothing of it is stored."""
    return sealed.seal_state({"token": crypto.new_token()}, *_place(ballot, by))


def tracker_of(form: str, ballot: Ballot, by: Account) -> str:
    """Return the tracker that a form gives; StateRefused if it is another's, or older than a day.

    It is made of the token alone, and never of the member.
    """
    token = sealed.open_state(form, *_place(ballot, by))["token"]
    return crypto.derived_code("ballot-tracker", token, box.TRACKER_CHARACTERS)


def _place(ballot: Ballot, by: Account) -> tuple[str, str, str]:
    return ("ballot-form", str(ballot.id), str(by.id))


def vote(ballot: Ballot, cast: Cast, tracker: str, *, by: Account) -> None:
    """Count a member's vote; pressed twice with one form, it counts once.

    A second form raises InAlready. The tracker counts in a secret ballot alone.
    """
    ballot = queries.locked(ballot.id, by)
    services.refuse_step(ballot, Act.VOTE, by)
    voter = queries.voter(ballot.id, by)
    if voter is None:
        raise NotAllowed(_("You cannot vote in this ballot."))
    if not ballot.is_open:
        raise NotAllowed(_("One can vote from its first to its last day."))
    _refuse_choice(ballot, cast)
    (_cast_secretly if ballot.is_secret else _cast_openly)(ballot, voter, cast, tracker, by)


def _refuse_choice(ballot: Ballot, cast: Cast) -> None:
    if cast.choice not in ballot.choices:
        raise NotAllowed(_("Choose one of the answers."))
    if cast.choice == OBJECT and not cast.reason:
        raise NotAllowed(_("Say why you object."))


def _cast_openly(ballot: Ballot, voter: Voter, cast: Cast, _tracker: str, by: Account) -> None:
    if voter.has_voted:
        known = db.session.get(Vote, (ballot.id, by.id))
        if known and (known.choice, known.reason) == (cast.choice, cast.reason):
            return
        raise InAlready(_("Your vote is in already. It counts once."))
    db.session.add(Vote(ballot_id=ballot.id, account_id=by.id, **vars(cast)))
    _note(ballot, by)
    audit.record("ballot:vote", ballot, actor=by)


def _cast_secretly(ballot: Ballot, voter: Voter, cast: Cast, tracker: str, by: Account) -> None:
    found = queries.box(ballot.id)
    if found is None:
        raise NotAllowed(_("Its votes are lost. Withdraw it and begin a new one."))
    is_there = tracker in {known.tracker for known in box.unpacked(found.votes)}
    if voter.has_voted and is_there:
        return
    if voter.has_voted:
        raise InAlready(_("Your vote is in already. It counts once."))
    if is_there:  # Two forms in a million million: the next one has another.
        raise NotAllowed(_("Open the form again."))
    found.votes = box.added(found.votes, box.CastVote(tracker, cast.choice, cast.reason))
    _note(ballot, by)


def _note(ballot: Ballot, by: Account) -> None:
    """Note that a member voted. All rows are written, so that none is the one written last."""
    has_voted = or_(Voter.has_voted, Voter.account_id == by.id)
    change = update(Voter).where(Voter.ballot_id == ballot.id).values(has_voted=has_voted)
    db.session.execute(change, execution_options={"synchronize_session": False})
    db.session.flush()
