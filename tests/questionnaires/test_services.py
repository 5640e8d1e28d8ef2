import pytest

from tests.conftest import make_account
from tests.questionnaires.conftest import TWO_PAGES, section, single
from vrn_community.accounts.roles import Role
from vrn_community.audit import queries as audit
from vrn_community.foundation.errors import NotAllowed
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.questionnaires import editing, equality, queries, services
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import VersionState

V = VersionState


@pytest.fixture
def draft(opportunity, author):
    version = services.begin(opportunity, by=author)
    services.edit(version, TWO_PAGES, by=author)
    return version


def actions(version):
    return [entry.action.split(":")[1] for entry in audit.of_subject(version.id)]


def test_the_first_draft_is_empty_and_ends_with_the_equality_questions(opportunity, author):
    version = services.begin(opportunity, by=author)

    document = queries.document(version)
    assert (version.number, version.state) == (1, V.DRAFT)
    assert (document.sections, document.equality_block) == ((), equality.LATEST)
    assert actions(version) == ["begin"]


def test_a_draft_is_begun_once(opportunity, author):
    once = services.begin(opportunity, by=author)

    assert services.begin(opportunity, by=author) is once
    assert actions(once) == ["begin"]


def test_a_draft_is_edited_and_saving_it_unchanged_writes_nothing(draft, author):
    revision = draft.revision

    services.edit(draft, TWO_PAGES, by=author)

    assert draft.revision == revision
    assert queries.document(draft) == TWO_PAGES
    assert actions(draft) == ["begin", "edit"]


def test_the_audit_trail_holds_no_words_of_the_questions(draft, author):
    services.publish(draft, by=author)

    details = [str(entry.details) for entry in audit.of_subject(draft.id)]
    assert not any("Why" in text or "Question" in text for text in details)


def test_publishing_puts_a_version_into_use_once(draft, author):
    services.publish(draft, by=author)
    since = draft.published_at
    services.publish(draft, by=author)

    assert queries.published(draft.opportunity_id) is draft
    assert (draft.state, draft.published_at) == (V.PUBLISHED, since)
    assert actions(draft) == ["begin", "edit", "publish"]


def test_a_version_in_use_is_never_changed(draft, author):
    services.publish(draft, by=author)

    with pytest.raises(NotAllowed, match="Begin a new version"):
        services.edit(draft, Questionnaire(), by=author)


def test_the_next_version_begins_with_what_is_in_use_and_replaces_it(draft, opportunity, author):
    services.publish(draft, by=author)
    second = services.begin(opportunity, by=author)
    assert (second.number, queries.document(second)) == (2, TWO_PAGES)

    services.edit(second, editing.remove_question(TWO_PAGES, "why"), by=author)
    assert queries.published(opportunity.id) is draft
    services.publish(second, by=author)

    assert (draft.state, second.state) == (V.RETIRED, V.PUBLISHED)
    assert queries.published(opportunity.id) is second
    assert queries.document(queries.version(draft.id)) == TWO_PAGES
    with pytest.raises(NotAllowed, match="was replaced"):
        services.publish(draft, by=author)


@pytest.mark.parametrize(
    "broken", [Questionnaire(), Questionnaire(sections=(section("a", single("q", text="")),))]
)
def test_what_cannot_be_answered_is_not_published(draft, author, broken):
    services.edit(draft, broken, by=author)

    with pytest.raises(NotAllowed):
        services.publish(draft, by=author)
    assert draft.state is V.DRAFT


@pytest.mark.parametrize("state", sorted(set(OpportunityState) - {"draft", "returned"}))
def test_questions_do_not_change_behind_an_approval(draft, opportunity, author, state):
    opportunity.state = state

    with pytest.raises(NotAllowed, match="has been submitted"):
        services.publish(draft, by=author)
    assert queries.published(opportunity.id) is None


def test_questions_of_what_was_sent_back_can_be_published(draft, opportunity, author):
    opportunity.state = OpportunityState.RETURNED

    services.publish(draft, by=author)

    assert draft.state is V.PUBLISHED


@pytest.mark.parametrize("role", [Role.APPROVER, Role.ANALYST, Role.ADMINISTRATOR])
def test_only_those_who_build_questionnaires_do(draft, opportunity, role):
    other = make_account(role)

    for act in (
        lambda: services.begin(opportunity, by=other),
        lambda: services.edit(draft, Questionnaire(), by=other),
        lambda: services.publish(draft, by=other),
    ):
        with pytest.raises(NotAllowed, match="roles"):
            act()


def test_changes_are_taken_back_one_by_one(draft, author):
    for title in ("One", "Two"):
        services.edit(draft, editing.change_section(TWO_PAGES, "first", title=title), by=author)

    titles = []
    while services.undo(draft, by=author):
        sections = queries.document(draft).sections
        titles.append(sections[0].title if sections else "")

    assert titles == ["One", "Section first", ""]
    assert actions(draft)[-3:] == ["undo"] * 3


def test_only_the_last_changes_are_kept_and_none_after_publishing(draft, author):
    for number in range(25):
        changed = editing.change_section(TWO_PAGES, "first", title=str(number))
        services.edit(draft, changed, by=author)

    kept = queries.steps(draft.id)
    assert len(kept) == queries.count_steps(draft.id) == services.MOST_STEPS
    assert kept[0].document["sections"][0]["title"] == "23"
    services.publish(draft, by=author)
    assert queries.steps(draft.id) == []
    with pytest.raises(NotAllowed):
        services.undo(draft, by=author)


def test_taken_back_and_changed_again_it_can_be_taken_back_again(draft, author):
    services.edit(draft, editing.change_section(TWO_PAGES, "first", title="One"), by=author)
    services.undo(draft, by=author)
    services.edit(draft, editing.change_section(TWO_PAGES, "first", title="Two"), by=author)
    services.undo(draft, by=author)

    assert queries.document(draft) == TWO_PAGES
