from tests.conftest import make_account
from tests.factories import deciding
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from vrn_community.contributions.models import PassageState
from vrn_community.moderation import queries, services
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState
from vrn_community.responses.models import Response

S = PassageState


def test_the_queue_holds_what_waits_new_before_held_and_in_random_order(passage):
    for state in (*S, S.PENDING, S.HELD, S.PENDING):
        passage(state=state)

    found = list(queries.queue(1))

    states = [row.state for row in found]
    new = [row.id for row in found if row.state is S.PENDING]
    assert states == [S.PENDING] * 3 + [S.HELD] * 2
    assert new == sorted(new)


def test_the_queue_can_show_one_opportunity_or_one_state(passage, dana):
    mine = passage()
    gone = passage(state=S.WITHHELD)
    other = make_passage(make_opportunity(dana))
    first = mine.contribution.opportunity_id

    assert {row.id for row in queries.queue(1)} == {mine.id, other.id}
    assert [row.id for row in queries.queue(1, opportunity_id=first)] == [mine.id]
    assert [row.id for row in queries.queue(1, state=S.WITHHELD)] == [gone.id]


def test_the_number_waiting_is_counted_for_each_opportunity(passage, opportunity):
    for state in (S.PENDING, S.PENDING, S.HELD, S.CLEARED, S.WITHHELD):
        passage(state=state)
    make_opportunity(make_account(email="other@example.org"))

    (row,) = queries.waiting()

    assert (row.opportunity_id, row.title) == (opportunity.id, opportunity.title)
    assert (row.new, row.held) == (2, 1)


def test_the_next_one_goes_round_and_ends(passage, dana):
    found = sorted((passage() for _number in range(3)), key=lambda row: row.id)
    make_passage(make_opportunity(dana))
    first, second, third = found

    assert [queries.next_waiting(row, dana.id) for row in found] == [second.id, third.id, first.id]
    services.hold(second, moderator=dana)
    assert queries.next_waiting(first, dana.id) == third.id
    deciding.clear(third, moderator=dana)
    assert queries.next_waiting(first, dana.id) == second.id
    deciding.clear(second, moderator=dana)
    assert queries.next_waiting(first, dana.id) is None


def test_only_the_last_twenty_decisions_are_read(passage, dana):
    found = passage()
    for number in range(25):
        services.hold(found, moderator=dana, reason=str(number))

    decisions = queries.decisions(found)

    assert [decision.reason for decision in decisions][:2] == ["24", "23"]
    assert len(decisions) == queries.MOST_DECISIONS


def make_version(session, opportunity, number, text, state):
    question = {"kind": "long-text", "id": "q1", "text": text}
    document = {"sections": [{"id": "s1", "title": "One", "questions": [question]}]}
    version = QuestionnaireVersion(
        opportunity_id=opportunity.id, number=number, state=state, document=document
    )
    session.add(version)
    session.flush()
    return version


def test_a_passage_stands_beside_the_question_as_it_was_put(passage, opportunity, session):
    old = make_version(session, opportunity, 1, "What is wrong?", VersionState.RETIRED)
    make_version(session, opportunity, 2, "What would help?", VersionState.PUBLISHED)
    answered, elsewhere = passage(), passage()
    answered_id = answered.contribution_id
    response = Response(contribution_id=answered_id, version_id=old.id, answers={}, profile={})
    session.add(response)
    session.flush()

    assert queries.question_text(answered) == "What is wrong?"
    assert queries.question_text(elsewhere) == "What would help?"
    elsewhere.question_id = "q1.other"
    assert queries.question_text(elsewhere) == "What would help?"
    elsewhere.question_id = "q9"
    assert queries.question_text(elsewhere) == ""


def test_a_passage_of_no_questionnaire_has_no_question(passage):
    assert queries.question_text(passage()) == ""
