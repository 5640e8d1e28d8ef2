"""Who opens cases, and that nobody else can: not with the database and every key of the service."""

import dataclasses
import json
import uuid
from contextlib import suppress

import pytest
from sqlalchemy import delete, text
from werkzeug.exceptions import TooManyRequests

from tests.conftest import PASSWORD, make_account
from tests.factories.keys import PASSPHRASE, make_key, texts_of
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import WORDS, make_passage
from vrn_community import config
from vrn_community.accounts import passwords
from vrn_community.accounts import services as accounts
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import crypto
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.record_keys import KeyGoneError, RecordKey
from vrn_community.safeguarding import entries, holding, jobs, keys, queries, services
from vrn_community.safeguarding.kinds import EntryKind, Outcome
from vrn_community.safeguarding.models import CaseEntry, KeyHolder, Urgency

NOTE = "He waits alone, and somebody hurts him."
OTHER = "nine old brass lanterns"


@pytest.fixture
def people(session):
    return (
        make_account(Role.SAFEGUARDING_LEAD, name="Elif Demir"),
        make_account(Role.SAFEGUARDING_DEPUTY, name="Femi Ade"),
    )


def case(by):
    passage = make_passage(make_opportunity(by))
    concern = services.raise_concern(passage, Urgency.TODAY, NOTE, by=by)
    services.decide(concern, Outcome.REFERRED, {"reasons": NOTE}, by=by)
    return concern


def everything_that_is_stored():
    """Return every text and every run of bytes in the database and in the settings."""
    names = db.inspect(db.engine).get_table_names()
    rows = [row for name in names for row in db.session.execute(text(f'SELECT * FROM "{name}"'))]
    settings = dataclasses.asdict(config.current()).values()
    values = [value for row in rows for value in row] + list(settings)
    texts = {value for value in values if isinstance(value, str) and len(value) > 7}
    return texts, {bytes(value) for value in values if isinstance(value, (bytes, memoryview))}


def opens_by_force():
    """Try to read every case with all that is stored and set, and no passphrase."""
    texts, blobs = everything_that_is_stored()
    candidates = {blob[at : at + 32] for blob in blobs for at in range(len(blob) - 31)}
    candidates |= {crypto.derive(purpose) for purpose in ("case-entry", "own-key", "team-key")}
    candidates |= {word.encode()[:32].ljust(32, b"\0") for word in texts}
    found = []
    for entry in db.session.scalars(db.select(CaseEntry)):
        place = ("case-entry", str(entry.concern_id), str(entry.id))
        inner = CaseEntry.locked.content(entry) or CaseEntry.text.content(entry)
        for key in candidates:
            with suppress(keys.DoesNotOpenError):
                found.append(keys.unseal(key, inner, *place))
        with suppress(ValueError):
            found.append(inner if json.loads(inner) else b"")
    return found


def test_nobody_opens_a_case_with_the_database_and_all_settings_alone(people):
    lead, _deputy = people
    lead.password_hash = passwords.hash_password(PASSWORD)
    make_key(lead)
    concern = case(lead)

    assert opens_by_force() == []
    locked = [row.locked_private for row in db.session.scalars(db.select(KeyHolder))]
    locked.append(queries.team_key().locked_private)
    settings = config.current()
    for phrase in (PASSWORD, settings.data_key, settings.pepper, settings.secret_key, ""):
        for sealed in locked:
            for place in (("own-key", str(lead.id)), ("recovery-key", "1")):
                with pytest.raises(keys.DoesNotOpenError):
                    keys.unlock(sealed, phrase, *place)
    assert texts_of(concern, lead)[0] == {"noticed": NOTE, "words": WORDS}


def test_without_the_key_of_an_entry_not_even_the_lead_opens_a_case(people, session):
    lead, _deputy = people
    make_key(lead)
    concern = case(lead)
    entry = queries.entries(concern.id)[0]
    outer = bytes(entry.locked_text)
    session.execute(delete(RecordKey).where(RecordKey.record_id == entry.id))
    session.expire_all()

    with pytest.raises(KeyGoneError):
        texts_of(concern, lead)
    place = ("case-entry", str(concern.id), str(entry.id))
    private = holding.opened(lead, PASSPHRASE)
    with pytest.raises(keys.DoesNotOpenError):
        keys.unseal(private, outer, *place)


def test_the_look_by_force_finds_what_can_be_found(people):
    lead, _deputy = people
    case(lead)

    assert {json.loads(found).get("noticed") for found in opens_by_force()} == {NOTE, None}


def test_what_was_written_before_there_was_a_key_is_locked_with_it(people):
    lead, _deputy = people
    concern = case(lead)
    assert texts_of(concern, lead)[0]["noticed"] == NOTE
    make_key(lead)

    assert opens_by_force() == []
    assert texts_of(concern, lead)[0]["noticed"] == NOTE


def test_the_job_locks_what_somebody_wrote_while_the_key_was_made(people, session):
    lead, _deputy = people
    concern = case(lead)
    make_key(lead)
    late = CaseEntry(id=uuid.uuid4(), concern_id=concern.id, kind=EntryKind.ADDED)
    late.text = '{"noticed": "Late."}'
    session.add(late)
    session.flush()

    jobs.lock_entries()

    assert late.sealed_text is None
    assert texts_of(concern, lead)[-1] == {"noticed": "Late."}


def test_a_wrong_passphrase_opens_nothing_and_guesses_are_counted(people, policy):
    lead, deputy = people
    policy(second_factor_tries=3)
    make_key(lead)
    concern = case(lead)

    with pytest.raises(NotAllowed, match="do not hold the key"):
        texts_of(concern, deputy)
    for _try in range(3):
        with pytest.raises(holding.WrongPassphrase):
            texts_of(concern, lead, "another one")
    with pytest.raises(TooManyRequests):
        texts_of(concern, lead)


def test_a_holder_lets_another_in_who_chose_a_passphrase_of_their_own(people):
    lead, deputy = people
    with pytest.raises(NotAllowed, match="Nobody could let you in"):
        holding.ask_in(deputy, OTHER)
    make_key(lead)
    concern = case(lead)
    waits = holding.ask_in(deputy, OTHER)
    with pytest.raises(NotAllowed):
        texts_of(concern, deputy, OTHER)
    with pytest.raises(holding.WrongPassphrase):
        holding.let_in(waits, OTHER, by=lead)

    holding.let_in(waits, PASSPHRASE, by=lead)

    assert texts_of(concern, deputy, OTHER)[0]["noticed"] == NOTE
    assert len(queries.who_opens()) == 2


def test_nobody_who_may_not_decide_is_let_in(people):
    lead, deputy = people
    make_key(lead)
    waits = holding.ask_in(deputy, OTHER)
    accounts.give_roles(deputy, [Role.MODERATOR], by=lead)

    with pytest.raises(NotAllowed, match="cannot decide"):
        holding.let_in(waits, PASSPHRASE, by=lead)


def test_the_paper_lets_in_whoever_forgot_the_passphrase(people):
    lead, _deputy = people
    paper = make_key(lead)
    concern = case(lead)
    with pytest.raises(holding.WrongPassphrase):
        holding.recover(lead, "0" * 24, OTHER)

    holding.recover(lead, paper.lower().replace("0", "o"), OTHER)

    assert texts_of(concern, lead, OTHER)[0]["noticed"] == NOTE
    with pytest.raises(holding.WrongPassphrase):
        texts_of(concern, lead)


def test_the_only_holder_does_not_throw_the_key_away(people):
    lead, _deputy = people
    make_key(lead)

    with pytest.raises(NotAllowed, match="Use the recovery key"):
        holding.ask_in(lead, OTHER)


def test_a_passphrase_is_changed_with_the_one_before(people):
    lead, _deputy = people
    make_key(lead)
    concern = case(lead)
    with pytest.raises(holding.WrongPassphrase):
        holding.change_passphrase(lead, OTHER, OTHER)

    holding.change_passphrase(lead, PASSPHRASE, OTHER)

    assert texts_of(concern, lead, OTHER)
    with pytest.raises(holding.WrongPassphrase):
        texts_of(concern, lead)


def test_the_password_for_signing_in_is_no_passphrase(people):
    lead, _deputy = people
    lead.password_hash = passwords.hash_password(PASSWORD)

    with pytest.raises(NotAllowed, match="another passphrase"):
        holding.set_up(lead, PASSWORD)


def test_a_new_password_by_invitation_changes_nothing_about_the_key(people):
    lead, _deputy = people
    make_key(lead)
    concern = case(lead)

    lead.password_hash = passwords.hash_password("somebody else chose this")

    assert texts_of(concern, lead)


def test_after_a_change_of_the_key_whoever_left_opens_nothing(people, session):
    lead, deputy = people
    paper = make_key(lead)
    holding.let_in(holding.ask_in(deputy, OTHER), PASSPHRASE, by=lead)
    concern = case(lead)
    left = queries.holder(deputy.id)
    old_own = keys.unlock(left.locked_private, OTHER, "own-key", str(deputy.id))
    place = ("team-key", str(deputy.id))
    old_private = keys.unseal(old_own, left.sealed_team_key, *place)
    accounts.disable(deputy, by=lead)

    new_paper = holding.renew(PASSPHRASE, by=lead)

    assert queries.holder(deputy.id) is None
    assert texts_of(concern, lead)[0]["noticed"] == NOTE
    for entry in queries.entries(concern.id):
        locked = CaseEntry.locked.content(entry)
        with pytest.raises(keys.DoesNotOpenError):
            keys.unseal(old_private, locked, "case-entry", str(concern.id), str(entry.id))
    with pytest.raises(holding.WrongPassphrase):
        holding.recover(lead, paper, OTHER)
    holding.recover(lead, new_paper, OTHER)
    assert entries.read(concern, holding.opened(lead, OTHER))


def test_others_who_open_cases_go_on_after_a_change(people):
    lead, deputy = people
    make_key(lead)
    holding.let_in(holding.ask_in(deputy, OTHER), PASSPHRASE, by=lead)
    concern = case(lead)

    holding.renew(PASSPHRASE, by=lead)
    services.decide(concern, Outcome.SUPPORT, {"reasons": "Later."}, by=lead)

    assert texts_of(concern, deputy, OTHER)[-1] == {"reasons": "Later."}
