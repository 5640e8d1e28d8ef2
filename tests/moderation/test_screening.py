"""What screening noticed sorts the queue, covers words, and changes with the lists."""

import uuid

import pytest
from sqlalchemy import select

from tests.factories import deciding
from tests.factories.questionnaires import make_version
from tests.moderation.conftest import DESK, at, reload
from tests.pages import Page, csrf_token, send
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.contributions.services import Sending, receive, receive_all
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.moderation import jobs, queries, services
from vrn_community.moderation.models import Decision
from vrn_community.responses.models import Response
from vrn_community.screening import queries as screening
from vrn_community.screening import services as lists
from vrn_community.screening.phrases import Phrase
from vrn_community.screening.signals import Signal

S = PassageState
KNIFE = "He showed me a knife."
WORSE = "I want to kill myself"


def flagged(passage, words, **changes):
    made = passage(words, **changes)
    made.flag(screening.signals_of(words))
    db.session.flush()
    return made


def sending(number, words):
    return Sending(f"code-{number}", "en", may_quote=False, words={"why": words})


def test_words_are_looked_through_as_they_arrive_one_by_one_and_many_at_once(opportunity):
    receive(opportunity.id, sending(1, KNIFE))
    receive_all(opportunity.id, [sending(2, WORSE), sending(3, "More light")])

    found = {p.unseal(): (p.signals, p.urgency) for p in db.session.scalars(select(Passage))}

    assert found == {KNIFE: (" weapon ", 2), WORSE: (" self-harm ", 3), "More light": ("", 0)}


def test_the_queue_has_the_most_urgent_first_then_the_youngest(passage, opportunity):
    version = make_version(opportunity)
    made = {}
    for name, words, age in (
        ("calm", "Light", "13-15"), ("old", KNIFE, "65-74"), ("unsaid", KNIFE, None),
        ("young", KNIFE, "13-15"), ("worse", WORSE, "75-and-over"),
    ):  # fmt: skip
        made[name] = flagged(passage, words)
        profile = {"age-band": age} if age else {}
        key = made[name].contribution_id
        row = Response(contribution_id=key, version_id=version.id, answers={}, profile=profile)
        db.session.add(row)
    held = flagged(passage, WORSE, state=S.HELD)
    db.session.flush()

    order = [row.id for row in queries.queue(1)]

    names = ("worse", "young", "old", "unsaid", "calm")
    assert order == [*(made[name].id for name in names), held.id]
    only = queries.queue(1, signal=Signal.WEAPON)
    assert [row.id for row in only] == [made[name].id for name in names[1:4]]
    assert queries.next_waiting(made["young"], uuid.uuid4()) == made["old"].id
    assert queries.next_waiting(made["calm"], uuid.uuid4()) == made["worse"].id


def test_signs_go_when_somebody_has_decided_and_come_back_with_the_wait(passage, dana):
    found = flagged(passage, KNIFE)

    services.withhold(found, moderator=dana, reason="No.")
    assert (found.signals, found.urgency) == ("", 0)
    services.hold(found, moderator=dana)
    assert found.signal_names == [Signal.WEAPON]


def test_short_answers_that_say_the_same_are_cleared_at_once(passage, dana):
    same = [passage(words) for words in ("No.", "no", " NO! ")]
    others = [passage("Yes"), passage("no", question_id="q2"), flagged(passage, KNIFE)]
    others += [flagged(passage, KNIFE), passage("No", state=S.HELD)]
    others += [passage("x" * 41), passage("x" * 41)]

    (group,) = queries.alike(same[0].contribution.opportunity_id)
    assert {p.id for p in group.passages} == {p.id for p in same}
    assert deciding.clear_alike(others[0], moderator=dana) == 0
    assert deciding.clear_alike(same[0], moderator=dana) == 3
    assert deciding.clear_alike(same[0], moderator=dana) == 0

    assert all(p.state is S.CLEARED and p.cleared_words for p in same)
    assert all(p.state is not S.CLEARED for p in others)
    assert len(db.session.scalars(select(Decision)).all()) == 3
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action.like("%alike")))
    assert entry.details == {"count": 3}


def test_lists_can_be_changed_and_what_waits_is_looked_through_again(passage, dana):
    found, gone = flagged(passage, "He has a bananafoo"), flagged(passage, KNIFE, state=S.CLEARED)
    added = lists.add(Phrase(Signal.WEAPON, "bananafoo"), by=dana)
    lists.leave_out(Phrase(Signal.WEAPON, "knife"), by=dana)

    assert screening.signals_of("a bananafoo") == {Signal.WEAPON}
    assert screening.signals_of(KNIFE) == frozenset()
    list(jobs.each_batch())
    assert (found.signal_names, gone.signals) == ([Signal.WEAPON], " weapon ")
    assert lists.add(Phrase(Signal.WEAPON, "bananafoo"), by=dana) is added
    lists.take_back(added, by=dana)
    assert screening.signals_of("a bananafoo") == frozenset()
    for wrong in ("..", "", "a ..", "!!"):
        with pytest.raises(NotAllowed):
            lists.add(Phrase(Signal.WEAPON, wrong), by=dana)
    with pytest.raises(NotAllowed):
        lists.leave_out(Phrase(Signal.WEAPON, "nowhere"), by=dana)


def test_the_pages_show_signs_cover_the_words_and_clear_alike(app, stored, moderator, arrange):
    urgent = stored(WORSE)
    calm = [stored("Fine"), stored("fine")]
    with arrange() as session:
        session.get(Passage, urgent.id).flag(frozenset({Signal.SELF_HARM}))

    index = Page.get(moderator, f"{DESK}?signal=self-harm")
    assert "Self-harm or suicide" in index.text
    page = Page.get(moderator, at(urgent))
    assert "Show the words: they may be hard to read" in page.text
    assert "hard to read" not in Page.get(moderator, at(calm[0])).text
    url = f"{DESK}/alike/{urgent.contribution.opportunity_id}"
    assert "Clear all 2" not in Page.get(moderator, url).text
    send(moderator, f"{url}/open", {}, url)
    page = Page.get(moderator, url)
    assert "Clear all 2" in page.text
    press = next(f.get("action") for f in page.all("form") if "clear-alike" in f.get("action", ""))
    token = csrf_token(moderator, url)
    for _press in range(2):
        sent = moderator.post(press, data={"csrf_token": token})
        assert sent.status_code == 303
    assert reload(app, calm[1]).state is S.CLEARED
    assert reload(app, urgent).state is S.PENDING


def test_only_leads_change_the_lists(app, sign_in_as):
    lead = sign_in_as(Role.SAFEGUARDING_LEAD)
    url = "/desk/screening"
    assert sign_in_as(Role.MODERATOR).get(url).status_code == 403
    token = csrf_token(lead, url)
    data = {"csrf_token": token, "words": "pointy thing", "signal": "weapon", "act": "add"}
    assert lead.post(url, data=data).status_code == 303
    assert "pointy thing" in Page.get(lead, url).text
    refused = lead.post(url, data={**data, "words": ".."})
    assert refused.status_code == 200
    assert "cannot be looked for" in refused.text


def test_the_command_says_how_many_were_looked_through(app, stored, arrange):
    found = stored(KNIFE)

    result = app.test_cli_runner().invoke(args=["screening", "again"])

    assert "1 waiting texts were looked through." in result.output
    assert reload(app, found).urgency == 2
