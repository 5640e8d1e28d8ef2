"""Save and come back: only the words open a draft, and they are kept nowhere (decision 9)."""

import json
import re
import zlib
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import func, select, text

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import make_version
from tests.pages import Page
from tests.responses.walking import carried, code_on, go
from vrn_community import config
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.opportunities.models import Opportunity
from vrn_community.privacy import running
from vrn_community.responses import drafts, sessions
from vrn_community.responses.models import Draft, Response

SECRET = "My uncle waits by the canal"
#: What a try costs in the service.
COST = dict(drafts.COST)
FOUR_WORDS = re.compile(r'lang="en">([a-z]+ [a-z]+ [a-z]+ [a-z]+)<')


@pytest.fixture
def kept(app) -> Any:
    """Return a function that counts drafts."""

    def count() -> int:
        with app.app_context():
            return db.session.scalar(select(func.count()).select_from(Draft))

    return count


def half_way(client, url) -> Page:
    page = go(client, url, Page.get(client, url))
    return go(client, url, page, **{"age-band": "16-17"})


def save(client, url, page: Page | None = None) -> tuple[Page, str]:
    """Save on the first section, and return the page with the words, and the words."""
    page = go(client, url, page or half_way(client, url), "keep", feel="unsafe", why=SECRET)
    found = FOUR_WORDS.search(page.text)
    assert found, page.heading
    return page, found[1]


def come_back(client, url, words: str) -> Page:
    return Page.of(client.post(url, data={"go": "resume", "words": words}))


def test_somebody_saves_comes_back_goes_on_and_sends(client, url, kept, stored, app) -> None:
    _page, words = save(client, url)
    assert (kept(), stored()) == (1, (0, 0, 0))

    page = come_back(client, url, f"  {words.upper().replace(' ', ' - ')} ")

    assert page.heading == "Feeling safe"
    assert SECRET in page.text
    page = go(client, url, go(client, url, page, feel="unsafe", why=SECRET))
    page = go(client, url, go(client, url, page), "send")
    assert code_on(page)
    assert (kept(), stored()[0]) == (0, 1)
    with app.app_context():
        response = db.session.scalars(select(Response)).one()
        assert (response.minutes, response.flags) == (None, [])


def test_going_on_at_once_deletes_the_draft_when_it_is_sent(client, url, kept) -> None:
    page, words = save(client, url)

    page = go(client, url, page, "again")
    assert SECRET in page.text
    go(client, url, go(client, url, page, "finish", feel="safe"), "send")

    assert kept() == 0
    assert come_back(client, url, words).heading == "These words open nothing"


def test_saving_again_gives_new_words_and_the_old_ones_open_nothing(client, url, kept) -> None:
    page, first = save(client, url)
    _page, second = save(client, url, go(client, url, page, "again"))

    assert first != second
    assert kept() == 1
    assert come_back(client, url, first).heading == "These words open nothing"
    assert come_back(client, url, second).heading == "Feeling safe"


WRONG = ["", "x", "acorn acorn acorn acorn", "a" * 5_000, "\x00", "🔥 🔥", "' OR 1=1"]


def test_wrong_old_and_foreign_words_look_the_same(client, url, arrange, world) -> None:
    _page, words = save(client, url)
    with arrange() as session:
        author = session.get(Opportunity, world["opportunity"].id).author
        other = make_opportunity(author, is_public=True)
        make_version(other)
    elsewhere = come_back(client, f"/o/{other.code}/answer", words).text.replace(other.code, "")
    with arrange() as session:
        session.scalars(select(Draft)).one().kept_on = clock.today() - timedelta(days=8)
    code = world["opportunity"].code

    pages = {come_back(client, url, said).text.replace(code, "") for said in [*WRONG, words]}

    assert pages == {elsewhere}
    assert "These words open nothing" in elsewhere


def test_a_week_later_a_draft_is_deleted_by_itself(client, url, arrange, kept) -> None:
    save(client, url)
    with arrange() as session:
        session.scalars(select(Draft)).one().kept_on = clock.today() - timedelta(days=7)
        list(running.run())
    assert kept() == 1
    with arrange() as session:
        session.scalars(select(Draft)).one().kept_on = clock.today() - timedelta(days=8)
        list(running.run())

    assert kept() == 0


def test_nothing_can_be_saved_where_the_questions_are_sensitive(
    client, url, arrange, world, kept
) -> None:
    with arrange() as session:
        session.get(Opportunity, world["opportunity"].id).is_sensitive = True
    page = half_way(client, url)
    assert "Save and come back" not in page.text
    assert "I saved my answers" not in Page.get(client, url).text

    go(client, url, page, "keep", feel="unsafe", why=SECRET)

    assert kept() == 0


def test_guessing_words_is_slowed_down(client, url, policy) -> None:
    policy(draft_tries=2)

    tries = [client.post(url, data={"go": "resume", "words": "a b c d"}) for _try in range(3)]

    assert [answer.status_code for answer in tries] == [200, 200, 429]


def test_words_are_plain_distinct_and_enough() -> None:
    words = drafts._words()

    assert len(set(words)) == len(words) >= 1_024
    assert all(re.fullmatch(r"[a-z]{3,9}", word) for word in words)


def test_a_try_costs_what_makes_all_words_too_many() -> None:
    # 64 MiB and about a tenth of a second, for each of more than 10^12 codes.
    assert (COST["memory_cost"], COST["time_cost"]) == (65_536, 3)
    assert len(drafts._words()) ** drafts.NUMBER_OF_WORDS > 10**12


def test_the_database_and_all_settings_do_not_open_a_draft(client, url, app, world) -> None:
    """Whoever has a dump and every key still has to try the words."""
    page, words = save(client, url)
    with app.app_context():
        rows = db.session.execute(text("SELECT * FROM draft")).all()
        settings = config.current()
        row = db.session.scalars(select(Draft)).one()
        row_hash, sealed = row.key_hash, row.sealed
    dump = repr(rows).encode() + sealed

    for told in (SECRET, "unsafe", "16-17", words, *words.split()):
        assert told.encode() not in dump
    # Every key that the settings lead to, tried on the row.
    keys = {f"{value}" for value in asdict(settings).values()} | {row_hash}
    known = [*(key.encode() for key in keys), carried(page)["state"].encode()]
    with app.app_context():
        secrets = [settings.pepper, *settings.data_keys]
        purposes = ("draft", "seal:draft", "seal:answer")
        derived = [crypto._derived(secret, p, 32) for secret in secrets for p in purposes]
        for key in [*derived, *(crypto.token_hash(k.decode()).encode()[:32] for k in known)]:
            with pytest.raises(InvalidTag):
                open_with(key, sealed, world["opportunity"].code)
        # The same look opens it with the words: so it would have seen a key that is kept.
        key = drafts._derived(words)[1]
        assert SECRET in json.dumps(open_with(key, sealed, world["opportunity"].code))


def open_with(key: bytes, sealed: bytes, code: str) -> Any:
    packed = AESGCM(key).decrypt(sealed[:12], sealed[12:], code.encode())
    return json.loads(zlib.decompress(packed))


def test_a_facilitators_device_saves_nothing(client, world, arrange, kept) -> None:
    with arrange() as session:
        opportunity = session.get(Opportunity, world["opportunity"].id)
        by = make_account(Role.FACILITATOR)
        plan = sessions.Plan(opportunity, "A club", "Teacher", 3, timedelta(hours=1))
        code = sessions.code_of(sessions.open_session(opportunity.id, plan, by=by))
    url = f"/o/{opportunity.code}/answer"
    page = go(client, url, Page.of(client.post("/session", data={"code": code})))
    page = go(client, url, page, **{"age-band": "16-17"})

    assert "Save and come back" not in page.text
    go(client, url, page, "keep", feel="unsafe")
    assert kept() == 0
