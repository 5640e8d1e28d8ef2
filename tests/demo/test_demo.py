"""The demonstration shows every stage, and goes without a trace, or not at all."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import make_account
from tests.factories import deciding
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from vrn_community import demo
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Contribution, Passage, PassageState
from vrn_community.demo import removal
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.db import Base
from vrn_community.insights.evidence import services as evidence
from vrn_community.insights.evidence.models import Certainty, Insight, InsightState, Routing, Use
from vrn_community.insights.models import Release
from vrn_community.insights.words import services as words
from vrn_community.moderation.models import Appeal, Proposal
from vrn_community.opportunities.models import Opportunity, SignOffKind
from vrn_community.outcomes.followers.models import Follower
from vrn_community.partnership import loader
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.responses.models import Response
from vrn_community.rights.models import PrivacyRequest, RawDataRequest, RequestKind

PATH = "The path behind the leisure centre"
SCHOOL = "Safe on the way home from school"


def counts(session):
    return {
        table.name: session.scalar(select(func.count()).select_from(table))
        for table in Base.metadata.sorted_tables
        if table.name != "audit_entry"
    }


def code_words(by):
    """Code words of the demonstration, as somebody does who tries it."""
    path = db.session.scalars(select(Opportunity).where(Opportunity.title == PATH)).one()
    frame = words.frame_of(path.id, "anything")
    theme = words.add_theme(frame, "Thanks", "", key=uuid.uuid4(), by=by)
    passage = make_passage(path, "Thank you.", PassageState.CLEARED, "anything")
    words.code(frame, {passage.id: {theme.id}}, coder=by)
    words.ask(frame, by=by)


@pytest.fixture
def loaded(session):
    """Load the demonstration, once the place is there, and say what there was before."""
    loader.load()
    before = counts(session)
    demo.load()
    return before


def by_role(role):
    mailbox = f"{role}@demo.example"
    return db.session.scalars(select(Account).where(Account.email == mailbox)).one()


def test_the_demonstration_shows_every_stage_and_goes_without_a_trace(session, loaded):
    states = set(session.scalars(select(Insight.state)))
    assert states == {InsightState.DRAFT, InsightState.PUBLISHED, InsightState.WITHDRAWN}
    assert session.scalar(select(func.count()).where(Routing.received_way.is_not(None))) == 1
    assert session.scalar(select(func.count()).select_from(Use)) == 1
    assert session.scalar(select(func.count()).where(Response.minutes.is_(None))) == 0
    kinds = set(session.scalars(select(PrivacyRequest.kind)))
    assert kinds == {RequestKind.COMPLAINT, RequestKind.ERASURE}
    assert session.scalar(select(func.count()).select_from(RawDataRequest)) == 1
    assert session.scalars(select(Response.minutes).distinct()).all() != []
    assert {flag for flags in session.scalars(select(Response.flags)) for flag in flags} == {
        "too-fast",
        "hidden-field",
    }
    everything = counts(session)
    assert demo.load()
    assert counts(session) == everything
    code_words(make_account(Role.ANALYST))

    assert removal.remove() > 0

    left = counts(session)
    assert {name for name in left if left[name] != loaded[name]} == {
        "account",
        "account_role",
    }


def test_sensitive_questions_are_there_with_words_that_wait(session, loaded):
    title = "Questions about daily life"
    asked = session.scalars(select(Opportunity).where(Opportunity.title == title)).one()
    assert asked.is_sensitive
    assert {sign_off.kind for sign_off in asked.sign_offs} == set(SignOffKind)
    document = questionnaires.document(questionnaires.published(asked.id))
    assert [section.id for section in document.sections if section.content_note] == ["close"]
    of_this = select(Passage).join(Passage.contribution)
    passages = session.scalars(of_this.where(Contribution.opportunity_id == asked.id)).all()
    readable = [passage for passage in passages if passage.cleared_words]

    assert len(readable) == 4
    assert session.scalar(select(func.count()).select_from(Proposal)) == 4
    assert len(passages) > 8
    assert session.scalar(select(func.count()).select_from(Appeal)) > 0
    assert session.scalar(select(func.count()).select_from(Follower)) == 15


def test_who_may_answer_is_asked_how_old_they_are(session, loaded):
    for opportunity in session.scalars(select(Opportunity).where(Opportunity.min_age.is_not(None))):
        version = questionnaires.published(opportunity.id)
        if version:
            assert questionnaires.document(version).asks_age_band, opportunity.title


def test_one_questionnaire_can_be_read_in_urdu_and_in_easy_words(session, loaded):
    school = session.scalars(select(Opportunity).where(Opportunity.title == SCHOOL)).one()
    version = questionnaires.published(school.id)
    plain = questionnaires.document(version)

    for language in ("ur", "en-easy"):
        other = questionnaires.document(version, language)
        assert other.introduction != plain.introduction
        assert other.sections[0].questions[0].text != plain.sections[0].questions[0].text


# What is in the way


def an_insight(by):
    release = db.session.scalars(select(Release)).first()
    said = {
        "statement": "Dark paths are avoided.",
        "certainty": Certainty.ONE_SOURCE,
        "from_whom": "Online.",
        "who_is_missing": "Many.",
        "expires_on": clock.today() + timedelta(days=9),
    }
    made = evidence.begin(uuid.uuid4(), said, by=by)
    if release:
        evidence.cite(made, release, [f"table:{release.shown[0].key}"], by=by)
    return made


def real_insight():
    an_insight(make_account(Role.ANALYST, name="Ana Real"))


def real_decision():
    passage = make_passage(make_opportunity(make_account(Role.PUBLISHER)), "Words")
    deciding.clear(passage, moderator=by_role(Role.MODERATOR))


def real_approval():
    real = make_opportunity(make_account(Role.PUBLISHER))
    real.approver_id = by_role(Role.APPROVER).id


@pytest.mark.parametrize(
    ("arranged", "said"),
    [
        (real_insight, "by Ana Real rests on its results."),
        (real_decision, "1 of decision name an account of it as moderator."),
        (real_approval, "1 of opportunity name an account of it as approver."),
    ],
)
def test_what_others_rely_on_keeps_the_whole_demonstration(session, loaded, arranged, said):
    arranged()
    session.flush()
    before = counts(session)

    with pytest.raises(removal.StillInUse) as refused:
        removal.remove()

    assert len(refused.value.rows) == 1
    assert refused.value.rows[0].endswith(said)
    assert counts(session) == before


def test_real_rows_beside_the_demonstration_stay(session, loaded):
    mine = make_account(Role.ANALYST)
    own = make_opportunity(make_account(Role.PUBLISHER))
    made = an_insight(mine)
    made.evidence = []
    session.flush()

    removal.remove()

    assert session.scalars(select(Insight.id)).all() == [made.id]
    assert session.scalars(select(Opportunity.id)).all() == [own.id]
    assert session.scalars(select(Contribution.id)).all() == []
