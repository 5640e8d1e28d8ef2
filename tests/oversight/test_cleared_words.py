"""Short words that everybody reads are asked about names too: titles, and why a text ended."""

import uuid

import pytest

from tests.factories.meetings import make_item
from tests.oversight.meetings.conftest import group
from tests.oversight.publishing.conftest import make_statement, publish
from tests.pages import Page, send
from vrn_community.oversight.clearing import NamesSomebody
from vrn_community.oversight.meetings import services as meetings
from vrn_community.oversight.publishing import services as statements
from vrn_community.oversight.scrutiny import services as scrutiny

__all__ = ["group"]
NAMING = "Ring 07700 900123"
TICK = 'name="is_checked"'


@pytest.fixture
def kept(group):
    """Return the addresses of a draft and of a published text."""
    with group.arrange() as session:
        cleo = session.merge(group.cleo)
        draft, public = make_statement(cleo), make_statement(cleo)
        publish(public, cleo)
        return {"keep": f"/desk/statements/{draft.id}", "withdraw": f"/desk/statements/{public.id}"}


def asked_first(client, url, form):
    """Send words that name somebody, once without and once with the tick."""
    page = Page.post(client, url, form)
    assert page.has(NAMING)
    assert page.errors()
    assert TICK in page.response.text
    assert TICK not in Page.get(client, url).response.text
    return send(client, url, {**form, "is_checked": "y"})


def test_the_titles_of_items_are_looked_at_before_everybody_reads_them(group, client):
    kai = group.client(group.kai)
    form = {"id": str(uuid.uuid4()), "title": NAMING, "purpose": "Ask Kim on 07700 900456."}

    new = asked_first(kai, f"/desk/meetings/{group.meeting.id}/items/new", form)
    edited = asked_first(kai, f"/desk/agenda/{group.item.id}/edit", form)

    assert (new.status_code, edited.status_code) == (303, 303)
    inside = {**form, "id": str(uuid.uuid4()), "title": "Bins"}  # Only the group reads the purpose.
    assert send(kai, f"/desk/agenda/{group.item.id}/edit", inside).status_code == 303


def test_the_titles_of_topics_are_looked_at(group):
    form = {"id": str(uuid.uuid4()), "title": NAMING, "reasons": "They wait."}

    assert asked_first(group.client(group.cleo), "/desk/scrutiny/new", form).status_code == 303


@pytest.mark.parametrize("act", ["keep", "withdraw"])
def test_why_a_text_is_not_public_is_looked_at(group, kept, act):
    cleo = group.client(group.cleo)

    assert asked_first(cleo, f"{kept[act]}/{act}", {"reason": NAMING}).status_code == 303


def test_no_other_way_leads_around_it(group):
    with group.arrange() as session:
        cleo, kai = session.merge(group.cleo), session.merge(group.kai)
        meeting, draft = group.fresh(group.meeting), make_statement(cleo)
        with pytest.raises(NamesSomebody):
            meetings.add_item(uuid.uuid4(), meeting, NAMING, "", by=kai)
        with pytest.raises(NamesSomebody):
            meetings.edit_item(make_item(meeting, kai), NAMING, "", by=kai)
        with pytest.raises(NamesSomebody):
            scrutiny.begin_topic(uuid.uuid4(), NAMING, "They wait.", by=cleo)
        with pytest.raises(NamesSomebody):
            statements.keep(draft, NAMING, by=cleo)
