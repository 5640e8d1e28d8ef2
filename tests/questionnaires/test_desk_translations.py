"""Pages on which the questions are translated."""

import io

import pytest

from tests.opportunities.conftest import at
from tests.pages import Page, csrf_token, send
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.questionnaires import po, queries, translating

URDU = "کیا آپ محفوظ ہیں؟"


def page_of(opportunity, part_id="first"):
    return at(opportunity, f"/questions/translations/ur/{part_id}")


def read_in_urdu(app, opportunity, place):
    with app.test_request_context():
        version = queries.draft(opportunity.id) or queries.published(opportunity.id)
        document = queries.document(version)
    return {row.place: row.text for row in translating.standing(document, "ur")}[place]


@pytest.mark.parametrize("published", [False, True])
def test_a_text_is_translated_also_when_its_version_is_in_use(
    publisher, stored, app, published
) -> None:
    opportunity, _version = stored(published=published)

    send(publisher, page_of(opportunity), {"safe.text": URDU})

    assert read_in_urdu(app, opportunity, "safe.text") == URDU


def test_the_overview_says_how_much_is_done(publisher, stored) -> None:
    opportunity, _version = stored()
    before = Page.get(publisher, at(opportunity, "/questions/translations"))
    send(publisher, page_of(opportunity), {"safe.text": URDU})
    after = Page.get(publisher, at(opportunity, "/questions/translations"))

    assert before.has("0 per cent done")
    assert not after.has("اردو 0 per cent done")


def test_a_text_that_is_too_long_is_kept_and_not_saved(publisher, stored, app) -> None:
    opportunity, _version = stored()

    page = Page.post(publisher, page_of(opportunity), {"safe.text": "م" * 1_001})

    assert page.errors()
    assert page.has("م" * 1_001)
    assert read_in_urdu(app, opportunity, "safe.text") == ""


@pytest.mark.parametrize("path", ["ur/nowhere", "xx/first"])
def test_what_is_not_there_cannot_be_translated(publisher, stored, path) -> None:
    opportunity, _version = stored()

    Page.get(publisher, at(opportunity, f"/questions/translations/{path}"), status=404)


def test_only_who_builds_questions_may_translate_them(approver, stored) -> None:
    opportunity, _version = stored()

    Page.get(approver, page_of(opportunity), status=403)


def upload(client, opportunity, content):
    path = at(opportunity, "/questions/translations/ur.po")
    sent = {"file": (io.BytesIO(content), "ur.po"), "csrf_token": csrf_token(client)}
    answer = client.post(path, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303
    return Page.get(client, answer.location)


def test_a_file_goes_to_a_translator_and_comes_back(publisher, stored, app) -> None:
    opportunity, _version = stored()
    file = publisher.get(at(opportunity, "/questions/translations/ur.po"))
    filled = file.data.replace(
        b'msgid "Question safe?"\nmsgstr ""', f'msgid "Question safe?"\nmsgstr "{URDU}"'.encode()
    )

    page = upload(publisher, opportunity, filled)

    assert "attachment" in file.headers["Content-Disposition"]
    assert page.has("1 text was taken over.")
    assert read_in_urdu(app, opportunity, "safe.text") == URDU


def test_a_file_made_from_other_words_changes_nothing(publisher, stored, app) -> None:
    opportunity, version = stored()
    with app.test_request_context():
        document = queries.document(version)
    file = po.write(translating.translated(document, "ur", {"safe.text": URDU}), "ur")

    page = upload(publisher, opportunity, file.replace(b"Question safe?", b"Another question?"))

    assert page.has("1 text was left")
    assert read_in_urdu(app, opportunity, "safe.text") == ""


@pytest.mark.parametrize("content", [b"\xff\xfe", b"no such file", b""])
def test_a_file_that_is_none_is_refused_with_words(publisher, stored, content) -> None:
    opportunity, _version = stored()

    page = upload(publisher, opportunity, content)

    assert page.heading == "Translations of the questions"


@pytest.mark.parametrize("state", ["submitted", "approved", "published", "paused", "closed"])
def test_words_that_two_people_sign_off_are_translated_by_nobody_alone(
    publisher, stored, app, state
) -> None:
    opportunity, version = stored(published=True, state=OpportunityState(state), min_age=13)
    with app.test_request_context():
        done = translating.translated(queries.document(version), "ur", {"safe.text": URDU})

    page = Page.get(publisher, page_of(opportunity))
    Page.post(publisher, page_of(opportunity), {"safe.text": URDU}, status=409)
    overview = Page.get(publisher, at(opportunity, "/questions/translations"))
    refused = send(
        publisher,
        at(opportunity, "/questions/translations/ur.po"),
        {
            "file": (io.BytesIO(po.write(done, "ur")), "ur.po"),
        },
    )

    assert page.has("Take the opportunity back first.")
    assert overview.has("Take the opportunity back first.")
    assert not overview.all("form input[type=file]")
    assert refused.status_code == 409
    assert read_in_urdu(app, opportunity, "safe.text") == ""


def test_what_grown_ups_are_asked_is_translated_while_they_answer(publisher, stored, app) -> None:
    published = OpportunityState.PUBLISHED
    opportunity, _version = stored(published=True, state=published, min_age=18)

    send(publisher, page_of(opportunity), {"safe.text": URDU})

    assert read_in_urdu(app, opportunity, "safe.text") == URDU


def test_whoever_translates_words_in_use_does_not_sign_them_off(publisher, stored, arrange) -> None:
    opportunity, _version = stored(published=True, min_age=13)

    send(publisher, page_of(opportunity), {"safe.text": URDU})

    with arrange() as session:
        found = session.get(type(opportunity), opportunity.id)
        assert len(found.writer_ids) == 1


def test_a_file_that_asks_for_a_crime_is_not_taken_over(publisher, stored, app) -> None:
    opportunity, version = stored(published=True)
    words = {"safe.text": "Have you ever carried a knife?", "first.title": URDU}
    with app.test_request_context():
        document = translating.translated(queries.document(version), "ur", words)

    page = upload(publisher, opportunity, po.write(document, "ur"))

    assert page.has("Nothing was taken over. At “Question safe?”")
    assert read_in_urdu(app, opportunity, "first.title") == ""
