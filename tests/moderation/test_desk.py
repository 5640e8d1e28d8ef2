import uuid

import pytest
from sqlalchemy import delete

from tests.factories.passages import WORDS
from tests.moderation.conftest import DESK, at, read, reload
from tests.opportunities.conftest import counted
from tests.pages import Page, send
from vrn_community.accounts.roles import Role
from vrn_community.audit.models import AuditEntry
from vrn_community.contributions.models import PassageState
from vrn_community.extensions import db
from vrn_community.foundation.record_keys import RecordKey

S = PassageState
TICKED = {"redact-words": ["2", "5"], "redact-reason": "names-somebody"}
WITHOUT = "My cousin […] waits at […] Haymarket every night and nobody helps."


def tiles(page):
    return [i for i in page.all("input") if i.get("name") == "redact-words"]


def actions(page):
    return [form.get("action", "") for form in page.all("form")]


def test_the_list_shows_what_waits_without_the_words(moderator, stored):
    passage, gone = stored(), stored(state=S.CLEARED)

    page = Page.get(moderator, DESK)

    assert at(passage) in page.links()
    assert at(gone) not in page.links()
    assert "Ravi" not in page.text
    assert at(gone) in Page.get(moderator, f"{DESK}?state=cleared").links()


def test_the_list_can_show_one_opportunity(moderator, stored):
    passage = stored()
    one, none = passage.contribution.opportunity_id, uuid.uuid4()

    assert at(passage) in Page.get(moderator, f"{DESK}?opportunity={one}").links()
    assert Page.get(moderator, f"{DESK}?opportunity={none}").has("There is nothing here.")
    assert at(passage) in Page.get(moderator, f"{DESK}?opportunity=x&state=y&page=z").links()


def test_the_list_takes_as_many_queries_for_ten_as_for_one(app, moderator, stored):
    sent = []
    moderator.get(DESK)
    for more in (1, 9):
        for _number in range(more):
            stored()
        with app.app_context(), counted() as statements:
            assert moderator.get(DESK).status_code == 200
        sent.append(len(statements))

    assert sent[0] == sent[1]


def test_a_moderator_reads_the_words_and_nothing_about_the_person(moderator, stored):
    passage = stored()

    page = read(moderator, passage)

    assert page.has(WORDS)
    assert passage.contribution.receipt_hash not in page.text
    assert str(passage.contribution_id) not in page.text
    assert str(passage.contribution.received_on.year) not in page.words(page.all("main")[0])


def test_clearing_leads_to_the_next_one_and_then_to_the_list(moderator, stored, app):
    first, second = stored(), stored()
    read(moderator, first)

    answer = send(moderator, at(first, "/clear"), {})
    assert (answer.status_code, answer.location) == (303, at(second))
    assert send(moderator, at(second, "/clear"), {}).location == DESK

    assert Page.get(moderator, DESK).has("Nothing else waits for this opportunity.")
    assert reload(app, first).cleared_words == WORDS


def test_each_word_is_a_tile_and_the_ticked_ones_are_taken_out(moderator, stored, app):
    passage = stored()
    assert len(tiles(read(moderator, passage))) == len(WORDS.split())

    assert send(moderator, at(passage, "/redact"), TICKED).status_code == 303

    assert reload(app, passage).cleared_words == WITHOUT
    page = Page.get(moderator, at(passage))
    assert page.has("(words taken out)")
    assert page.has("It names a person")
    assert "Ravi" not in page.text


def test_the_result_is_shown_before_it_is_saved(moderator, stored, app):
    passage = stored("Ravi came. Nobody knows ravi.")

    page = Page.post(moderator, at(passage, "/redact"), {"redact-words": "0", "step": "preview"})

    assert page.has("If you save, others will read this:")
    assert page.has("These still stand elsewhere: ravi")
    assert [i.get("value") for i in tiles(page) if "checked" in i.attrib] == ["0"]
    assert not page.title.startswith("Error:")
    assert reload(app, passage).state is S.PENDING


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"redact-reason": "place"}, "Tick at least one word."),
        ({"redact-words": "2"}, "Choose the main reason."),
        ({"redact-words": "2", "redact-reason": "other"}, "Say what the reason is."),
        ({**TICKED, "redact-words": [str(n) for n in range(12)]}, "If every word has to go"),
        ({**TICKED, "redact-words": "99"}, "99"),
        ({**TICKED, "redact-words": "two"}, ""),
        ({"step": "preview"}, "Tick at least one word."),
    ],
)
def test_a_redaction_that_makes_no_sense_changes_nothing(moderator, stored, app, sent, error):
    passage = stored()

    page = Page.post(moderator, at(passage, "/redact"), sent)

    assert error in page.errors()[0]
    assert page.title.startswith("Error:")
    assert reload(app, passage).state is S.PENDING


def test_a_reason_in_ones_own_words_is_kept(moderator, stored):
    passage = stored()
    own = {"redact-words": "2", "redact-reason": "other", "redact-other": "A court case"}
    read(moderator, passage)

    send(moderator, at(passage, "/redact"), own)

    assert Page.get(moderator, at(passage)).has("A court case")


def test_withholding_needs_a_reason_and_hides_the_words(moderator, stored, app):
    passage = stored()
    read(moderator, passage)

    assert Page.post(moderator, at(passage, "/withhold"), {}).errors() == [
        "Choose the main reason."
    ]
    send(moderator, at(passage, "/withhold"), {"withhold-reason": "accuses"})

    page = Page.get(moderator, at(passage))
    assert page.has("Nobody can read these words now.")
    assert page.has("It accuses somebody of something")
    assert "Ravi" not in page.text
    assert reload(app, passage).cleared_words is None


def test_what_was_withheld_can_be_brought_back(moderator, stored):
    passage = stored(state=S.WITHHELD)

    assert send(moderator, at(passage, "/hold"), {}).status_code == 303

    assert read(moderator, passage).has(WORDS)


def test_a_long_text_is_still_one_page(moderator, stored, app):
    passage = stored("o " * 1_999 + "Ravi")
    page = read(moderator, passage)
    assert len(tiles(page)) == 2_000
    assert len(page.text) < 500_000

    every_other = {**TICKED, "redact-words": [str(n) for n in range(1, 2_000, 2)]}
    assert send(moderator, at(passage, "/redact"), every_other).status_code == 303

    assert "Ravi" not in (reload(app, passage).cleared_words or "Ravi")


def test_words_are_never_read_as_markup(moderator, stored):
    passage = stored("<script>alert(1)</script> <b>{{ 7*7 }}</b>\n\n“quoted” & 'so'")

    page = read(moderator, passage)

    assert "<script>alert" not in page.text
    assert page.has("<script>alert(1)</script> <b>{{ 7*7 }}</b>")


@pytest.mark.parametrize("state", [S.REDACTED, S.WITHHELD])
def test_the_original_is_read_only_with_a_reason_which_is_written_down(
    moderator, stored, app, state
):
    passage = stored(state=state)
    with app.app_context():
        db.session.merge(passage).cleared_words = "My cousin […]" if state is S.REDACTED else None
        db.session.commit()
    refused = Page.post(moderator, at(passage, "/reveal"), {})
    assert refused.errors() == ["Choose a reason."]
    assert "Ravi" not in refused.text

    page = Page.post(moderator, at(passage, "/reveal"), {"reveal-reason": "check"})

    assert page.has(WORDS)
    assert bool(tiles(page)) == (state is S.REDACTED)
    assert reveals(app) == [{"reason": "check"}]


def reveals(app):
    with app.app_context():
        found = db.session.scalars(db.select(AuditEntry).filter_by(action="passage:reveal"))
        return [entry.details for entry in found]


def test_words_taken_out_before_are_ticked_when_they_are_chosen_anew(moderator, stored, app):
    passage = stored()
    read(moderator, passage)
    send(moderator, at(passage, "/redact"), TICKED)
    assert not tiles(Page.get(moderator, at(passage)))

    page = Page.post(moderator, at(passage, "/reveal"), {"reveal-reason": "redact"})
    assert [i.get("value") for i in tiles(page) if "checked" in i.attrib] == ["2", "5"]

    again = Page.post(moderator, at(passage, "/redact"), {**TICKED, "step": "preview"})
    assert again.has("If you save, others will read this: My cousin […]")
    assert reveals(app) == [{"reason": "redact"}] * 2


def test_a_form_for_a_withheld_passage_does_not_bring_its_words(moderator, stored, app):
    passage = stored(state=S.WITHHELD)

    page = Page.post(moderator, at(passage, "/redact"), {"step": "preview"}, status=409)

    assert "Ravi" not in page.text
    assert reveals(app) == []


def test_a_decision_that_was_overtaken_is_refused(moderator, stored, app):
    passage = stored(state=S.WITHHELD)

    page = Page.post(moderator, at(passage, "/clear"), {}, status=409)

    assert page.has("That cannot be done now: things have moved on.")
    assert reload(app, passage).cleared_words is None


@pytest.mark.parametrize("act", ["clear", "hold", "redact", "withhold"])
def test_pressing_twice_is_deciding_once(moderator, stored, act):
    passage = stored()
    sent = {**TICKED, "withhold-reason": "accuses"}
    read(moderator, passage)

    answers = [send(moderator, at(passage, f"/{act}"), sent) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Page.get(moderator, at(passage)).text.count("by Dana Nowak") == 1


def test_a_concern_holds_the_passage_until_the_lead_has_decided(moderator, stored, app):
    passage = stored()
    refused = Page.post(moderator, at(passage, "/concern"), {"concern-urgency": "immediate"})
    assert refused.errors() == ["Say what you noticed."]

    noticed = {"concern-urgency": "immediate", "concern-note": "Somebody may be hurt tonight."}
    assert send(moderator, at(passage, "/concern"), noticed).status_code == 303

    page = Page.get(moderator, at(passage))
    assert page.has("Only the safeguarding lead reads them until it is decided.")
    assert "hurt tonight" not in page.text
    assert WORDS not in page.text
    assert at(passage) not in Page.get(moderator, DESK).links()
    assert at(passage) not in Page.get(moderator, f"{DESK}?state=held").links()
    assert at(passage, "/clear") not in actions(page)
    assert not tiles(page)
    Page.post(moderator, at(passage, "/clear"), {}, status=409)
    for asked in ({"reveal-reason": "check"}, {"reveal-reason": "asked"}):
        assert WORDS not in Page.post(moderator, at(passage, "/reveal"), asked, status=409).text
    assert WORDS not in Page.post(moderator, at(passage, "/open"), {}).text
    assert reload(app, passage).state is S.HELD


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MODERATOR])
def test_pending_words_are_for_moderators_alone(sign_in_as, stored, role):
    client, passage = sign_in_as(role), stored()

    for url in (DESK, at(passage)):
        Page.get(client, url, status=403)
    for act in ("clear", "hold", "withhold", "redact", "reveal", "concern"):
        answer = send(client, at(passage, f"/{act}"), {"reveal-reason": "check"})
        assert answer.status_code == 403
        assert "Ravi" not in answer.text


def test_an_unknown_passage_is_not_found(moderator, stored):
    stored()

    assert moderator.get(f"{DESK}/{uuid.uuid4()}").status_code == 404
    assert send(moderator, f"{DESK}/{uuid.uuid4()}/clear", {}).status_code == 404


def test_a_form_without_its_token_is_refused(moderator, stored, app):
    passage = stored()

    assert moderator.post(at(passage, "/clear")).status_code in (400, 403)
    assert reload(app, passage).state is S.PENDING


def test_words_that_nobody_can_open_any_more_are_no_fault_of_the_page(moderator, stored, arrange):
    passage, other = stored(), stored("Something else.")
    with arrange() as session:
        session.execute(delete(RecordKey).where(RecordKey.record_id == passage.id))

    assert Page.of(moderator.get(at(passage)), status=409).has("This has changed in the meantime")
    assert "Something else." in read(moderator, other).text
