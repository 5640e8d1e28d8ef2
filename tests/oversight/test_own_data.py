"""What members take along: all that they wrote or took on, and no word of anybody else."""

import json
from datetime import timedelta

from tests.conftest import make_account
from tests.factories.meetings import make_item, make_member
from tests.oversight.meetings.conftest import group
from tests.pages import send
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.oversight.ballots.counting import Method
from vrn_community.oversight.ballots.models import Ballot, MinorityView, Vote
from vrn_community.oversight.meetings import items
from vrn_community.oversight.meetings.models import Attendance, MeetingAction, Presence
from vrn_community.oversight.proposals.models import ActivityProposal, SuggestedWording
from vrn_community.oversight.scrutiny.models import Colour, Rating

__all__ = ["group"]


def test_members_take_along_all_that_they_wrote_and_no_word_of_others(group):
    imo = group.client(group.imo)
    with group.arrange() as session:
        cleo, kai = session.merge(group.cleo), session.merge(group.kai)
        ada = make_account(Role.OVERSIGHT_MEMBER, email="ada@example.org", name="Ada")
        make_member(ada, kai)
        both = (ada, session.merge(group.imo))
        item, other = group.fresh(group.item), group.fresh(group.other)
        items.declare(other, "Imos interest", by=both[1])
        items.declare_for(item, both[1], "Cleos note of it", by=cleo)
        for who in both:
            wrote(who, f"{who.display_name}s", make_item(group.fresh(group.meeting), kai), other)

    answer = send(imo, "/desk/membership/export", {})

    found = json.loads(answer.text)
    for section in ("ratings", "actions", "attendance", "votes with your name"):
        assert found[section], section
    assert found["ratings"][0]["reasons"] == "Imos rating"
    assert [row["words"] for row in found["declared interests"]] == ["Imos interest", None]
    assert [row["text"] for row in found["actions"]] == ["Imos action", None]
    assert found["attendance"][0]["presence"] == "came"
    assert found["votes with your name"][0]["reason"] == "Imos vote"
    assert found["minority views with your name"][0]["words"] == "Imos view"
    assert found["proposals"][0]["why"] == "Imos proposal"
    assert found["suggested wording"][0]["comment"] == "Imos comment"
    for words in ("Ada", "Cleos note", "Imos secret", "kept out of"):
        assert words not in answer.text, words


def wrote(who, mark, item, other):
    """Store one thing of each kind that somebody wrote or took on."""
    day, key = clock.today(), {"author_id": who.id}
    ballot = Ballot(question="What comes first?", author_id=who.id, method=Method.CONSENT)
    ballot.opens_on = ballot.closes_on = day
    proposal = ActivityProposal(title="Ask", why=f"{mark} proposal", audience="All", due_on=day)
    proposal.level, proposal.author_id = ParticipationLevel.CONSULT, who.id
    db.session.add_all([ballot, proposal])
    db.session.flush()
    rated = Rating(item_id=item.id, colour=Colour.GREEN, reasons=f"{mark} rating", **key)
    view = MinorityView(ballot_id=ballot.id, words=f"{mark} view", **key)
    nameless = MinorityView(ballot_id=ballot.id, words=f"{mark} secret")
    vote = Vote(ballot_id=ballot.id, account_id=who.id, choice="agree", reason=f"{mark} vote")
    came = Attendance(meeting_id=item.meeting_id, account_id=who.id, presence=Presence.CAME)
    wording = SuggestedWording(proposal_id=proposal.id, comment=f"{mark} comment", **key)
    texts = ((item, f"{mark} action", day), (other, "kept out of", day + timedelta(days=1)))
    actions = [
        MeetingAction(item_id=about.id, owner_id=who.id, text=text, due_on=due)
        for about, text, due in texts
    ]
    db.session.add_all([rated, view, nameless, vote, came, wording, *actions])
