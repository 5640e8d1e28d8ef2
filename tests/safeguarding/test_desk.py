import uuid

import pytest

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import WORDS, make_passage
from tests.opportunities.conftest import counted
from tests.pages import Page, send
from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.extensions import db
from vrn_community.partnership.models import Area
from vrn_community.safeguarding import services
from vrn_community.safeguarding.kinds import AgeBand, Outcome, Source
from vrn_community.safeguarding.models import Concern, ConcernState, Urgency

DESK = "/desk/safeguarding"
NOTE = "He waits alone."
DECIDERS = (Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_DEPUTY)


@pytest.fixture
def lead(sign_in_as):
    return sign_in_as(Role.SAFEGUARDING_LEAD, email="elif@example.org", name="Elif Demir")


@pytest.fixture
def raised(arrange):
    """Return a function that stores a concern, which pages can then show."""

    def make(urgency=Urgency.TODAY, area=""):
        with arrange() as session:
            dana = make_account(Role.MODERATOR, email=f"{uuid.uuid4()}@example.org", name="Dana")
            areas = list(session.scalars(db.select(Area).where(Area.code == area)))
            passage = make_passage(make_opportunity(dana, areas=areas))
            return services.raise_concern(passage, urgency, NOTE, by=dana)

    return make


def at(concern, ending=""):
    return f"{DESK}/{concern.id}{ending}"


def state_of(app, concern):
    with app.app_context():
        return db.session.get_one(Concern, concern.id).state


def test_the_list_shows_what_is_open_and_no_words(lead, raised):
    concern = raised(Urgency.IMMEDIATE)

    page = Page.get(lead, DESK)

    assert at(concern) in page.links()
    assert page.has("Somebody may be in danger now")
    assert NOTE not in page.text
    assert Page.get(lead, f"{DESK}?state=closed").has("There is nothing here.")
    assert at(concern) in Page.get(lead, f"{DESK}?state=nonsense").links()


def test_the_list_takes_as_many_queries_for_ten_as_for_one(app, lead, raised):
    sent = []
    lead.get(DESK)
    for more in (1, 9):
        for _number in range(more):
            raised()
        with app.app_context(), counted() as statements:
            assert lead.get(DESK).status_code == 200
        sent.append(len(statements))

    assert sent[0] == sent[1]


def test_a_concern_shows_whom_to_ring_there(lead, partnership, raised):
    page = opened(lead, raised(area="E06000017"))

    assert "Dana" in page.words(page.all("main")[0])
    assert page.has("Rutland Children's Duty Team")
    assert not page.has("Leicester Children's Duty and Advice Service")
    assert "tel:999" in page.links()


def test_a_concern_from_everywhere_shows_every_front_door(lead, partnership, raised):
    page = opened(lead, raised())

    assert page.has("Rutland Children's Duty Team")
    assert page.has("Leicester Children's Duty and Advice Service")


def opened(lead, concern):
    return Page.post(lead, at(concern, "/reveal"), {"reveal-reason": "decide"})


def test_a_case_is_shown_for_a_reason_which_is_written_down(lead, raised, app):
    concern = raised()
    refused = Page.post(lead, at(concern, "/reveal"), {})
    assert refused.errors() == ["Choose a reason."]
    decide = Page.post(lead, at(concern, "/decide"), {})
    for page in (Page.get(lead, at(concern)), refused, decide):
        assert not {WORDS, NOTE} & set(filter(page.has, (WORDS, NOTE)))

    page = opened(lead, concern)
    assert page.has(WORDS)
    assert page.has(NOTE)

    with app.app_context():
        entries = db.session.scalars(db.select(AuditEntry).filter_by(action="concern:reveal"))
        assert [(e.actor_id, e.details) for e in entries] == [
            (lead.account_id, {"reason": "decide"})
        ]


DECISION = {
    "decide-outcome": "referred",
    "decide-reasons": "He is in danger.",
    "decide-told": "The duty team",
    "decide-reference": "R-77",
    "decide-shared": "What he wrote.",
    "decide-person_told": "no",
    "decide-not_told_why": "It could make it worse.",
}


def test_a_lead_decides_adds_and_closes(lead, raised, app):
    concern = raised()
    assert Page.post(lead, at(concern, "/decide"), {}).errors() == [
        "Choose what you decided.", "Say why.", "Choose one."
    ]  # fmt: skip

    sent = {**DECISION, "decide-id": str(uuid.uuid4())}
    answers = [send(lead, at(concern, "/decide"), sent) for _press in range(2)]
    assert [answer.location for answer in answers] == [at(concern)] * 2
    closed, page = Page.get(lead, at(concern)), opened(lead, concern)
    told = [
        text for name, text in DECISION.items() if not name.endswith(("outcome", "person_told"))
    ]
    assert [text for text in told if closed.has(text)] == []
    assert [text for text in told if not page.has(text)] == []
    assert page.text.count("R-77") == 1
    assert page.has("Decided: Referred to the local authority")
    assert page.has("by Elif Demir")

    more = {"decide-outcome": "support", "decide-reasons": "He wants to talk.",
            "decide-person_told": "yes"}  # fmt: skip
    assert send(lead, at(concern, "/decide"), more).status_code == 303
    page = opened(lead, concern)
    assert page.has("R-77")
    assert page.has("Decided: Support offered")

    assert Page.post(lead, at(concern, "/close"), {}).errors() == ["Choose how it ended."]
    answer = send(lead, at(concern, "/close"), {"close-reason": "passed-on"})
    assert (answer.status_code, answer.location) == (303, DESK)
    assert state_of(app, concern) is ConcernState.CLOSED
    assert send(lead, at(concern, "/decide"), more).status_code == 409


@pytest.mark.parametrize(
    ("left_out", "message"),
    [
        ("told", "Say who was told."),
        ("shared", "Say what was passed on."),
        ("not_told_why", "Say why the person was not told."),
    ],
)
def test_telling_others_needs_whom_what_and_why_the_person_does_not_know(
    lead, raised, left_out, message
):
    sent = {name: text for name, text in DECISION.items() if name != f"decide-{left_out}"}

    assert Page.post(lead, at(raised(), "/decide"), sent).errors() == [message]


def test_that_nobody_can_be_found_is_a_decision_with_a_second_answer(lead, raised, app):
    concern = raised()
    sent = {"decide-outcome": "cannot-identify", "decide-reasons": "No name.",
            "decide-person_told": "not-known"}  # fmt: skip
    refused = Page.post(lead, at(concern, "/decide"), sent)
    assert refused.errors() == ["Say what was passed on, or that nothing was."]

    send(lead, at(concern, "/decide"), {**sent, "decide-pattern": "The Haymarket, at night."})

    page = opened(lead, concern)
    assert page.has("Decided: Cannot identify anybody")
    assert page.has("The Haymarket, at night.")


def test_the_duty_to_report_is_asked_only_where_it_is_switched_on(lead, raised, policy):
    concern = raised()
    assert not Page.get(lead, at(concern)).has("duty to report")
    policy(asks_duty_to_report=True)
    assert "Choose one." in Page.post(lead, at(concern, "/decide"), DECISION).errors()

    sent = {**DECISION, "decide-duty": "yes", "decide-duty_told": "Leicestershire Police",
            "decide-duty_when": "Monday", "decide-duty_delay": "To keep her safe."}  # fmt: skip
    assert send(lead, at(concern, "/decide"), sent).status_code == 303

    page = opened(lead, concern)
    for text in ("Yes, and it applies", "Leicestershire Police", "To keep her safe."):
        assert page.has(text)


def test_what_became_known_is_added_and_leads_to_the_right_door(lead, partnership, raised, app):
    concern = raised()
    with app.app_context():
        rutland = db.session.scalars(db.select(Area).where(Area.code == "E06000017")).one()
    assert Page.post(lead, at(concern, "/facts"), {}).errors() == ["Say what became known."]

    sent = {"facts-area": str(rutland.id), "facts-age_band": "adult", "facts-identity": "Mrs Fay."}
    send(lead, at(concern, "/facts"), sent)

    page = opened(lead, concern)
    assert page.has("Rutland Prevention and Safeguarding Team")
    assert not page.has("Leicester Adult Social Care")
    assert not Page.get(lead, at(concern)).has("Mrs Fay.")
    assert not page.has("Rutland Children's Duty Team")
    assert opened(lead, concern).has("Mrs Fay.")


def test_nothing_is_closed_before_it_is_decided(lead, raised, app):
    concern = raised()

    page = Page.post(lead, at(concern, "/close"), {"close-reason": "no-risk"}, status=409)

    assert page.has("Write down the decision before you close the concern.")
    assert state_of(app, concern) is ConcernState.OPEN


@pytest.mark.parametrize("role", [role for role in Role if role not in DECIDERS])
def test_concerns_are_for_the_lead_and_deputies_alone(sign_in_as, raised, app, role):
    client, concern = sign_in_as(role), raised()

    for url in (DESK, at(concern)):
        Page.get(client, url, status=403)
    for act in ("decide", "close", "reveal"):
        sent = {**DECISION, "close-reason": "no-risk", "reveal-reason": "decide"}
        answer = send(client, at(concern, f"/{act}"), sent)
        assert answer.status_code == 403
        assert WORDS not in answer.text
    assert state_of(app, concern) is ConcernState.OPEN


def test_an_unknown_concern_is_not_found(lead):
    assert lead.get(f"{DESK}/{uuid.uuid4()}").status_code == 404
    assert send(lead, f"{DESK}/{uuid.uuid4()}/decide", {}).status_code == 404


def test_before_it_is_opened_a_concern_shows_no_more_than_to_choose(
    sign_in_as, arrange, app, partnership
):
    lead = sign_in_as(Role.SAFEGUARDING_LEAD, name="Elif Demir")
    accused = sign_in_as(Role.FACILITATOR, name="Max Quillfeather")
    with arrange() as session:
        area = session.scalars(db.select(Area).where(Area.code == "E06000016")).one()
        told = services.Report(
            Source.LETTER,
            Urgency.TODAY,
            {"noticed": "He hits."},
            area_id=area.id,
            age_band=AgeBand.FROM_13_TO_15,
            accused_id=accused.account_id,
        )
        by = make_account(Role.MODERATOR, name="Dana Nowak")
        concern = services.report(told, by=by, key=uuid.uuid4())
        services.decide(
            concern, Outcome.NO_ACTION, {"reasons": "x"}, by=session.get(Account, lead.account_id)
        )
    telling = ("It is about Max Quillfeather", "This is an allegation", "Came as", "A letter",
               "Raised by", "0116 454 2440", "by Elif Demir")  # fmt: skip
    for url in (DESK, f"{DESK}?state=decided", at(concern)):
        page = Page.get(lead, url)
        assert [words for words in telling if page.has(words)] == [], url
    page = Page.get(lead, at(concern))
    assert page.has("Somebody should act today")
    assert page.has("To be decided by")

    shown = Page.post(lead, at(concern, "/reveal"), {"reveal-reason": "review"})

    assert [words for words in telling if not shown.has(words)] == []
    officer = sign_in_as(Role.DATA_PROTECTION_OFFICER)
    trail = Page.get(officer, "/desk/audit?action=concern:reveal")
    assert trail.has("To check a decision")


def test_the_trail_shows_no_reason_that_was_typed(sign_in_as, arrange):
    officer = sign_in_as(Role.DATA_PROTECTION_OFFICER)
    with arrange() as session:
        by = session.get(Account, officer.account_id)
        audit.record("concern:reveal", by, actor=by, reason="Ravi said so")
        audit.record("questionnaire:mend", by, actor=by, reason="decide")

    page = Page.get(officer, "/desk/audit")

    assert not page.has("Ravi")
    assert not page.has("To decide about the concern")
