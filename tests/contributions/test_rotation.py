"""A data key is changed by command, and everything opens with the new one alone."""

import pytest
from sqlalchemy import select, text

from tests.conftest import make_account
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.privacy import canaries
from vrn_community.accounts import proving
from vrn_community.accounts.roles import Role
from vrn_community.audit import services as audit
from vrn_community.contributions.models import Passage
from vrn_community.extensions import db
from vrn_community.foundation import crypto, rotation
from vrn_community.foundation.record_keys import RecordKey

OLD, NEW = "o" * 32, "n" * 32
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def author(session, policy):
    """Return somebody with an app: it and ten keys of others are sealed under the old key."""
    policy(data_key=OLD)
    made = make_account(Role.PUBLISHER)
    opportunity = make_opportunity(made)
    for number in range(5):
        make_passage(opportunity, f"Words {number}")
    proving.set_up(made, SECRET)
    db.session.commit()
    return made


@pytest.fixture
def run(app, author):
    def command(*words: str):
        return app.test_cli_runner().invoke(args=["keys", *words])

    return command


def opened(author) -> list[str]:
    db.session.expire_all()
    words = sorted(passage.unseal() for passage in db.session.scalars(select(Passage)))
    return [*words, author.app.secret]


def test_after_the_command_the_new_key_alone_opens_everything(run, author, policy) -> None:
    before = opened(author)
    words = db.session.scalars(select(Passage.sealed_words).order_by(Passage.id)).all()
    policy(data_key=f"{NEW},{OLD}")

    result = run("rotate")

    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "11 values were sealed anew.")
    policy(data_key=NEW)
    assert opened(author) == before
    # Only their keys are wrapped anew: the words themselves stay as they are.
    assert db.session.scalars(select(Passage.sealed_words).order_by(Passage.id)).all() == words
    assert audit.check_chain().is_sound


def test_status_says_which_keys_are_needed(run, policy) -> None:
    new, old = crypto.mark_of(NEW).hex(), crypto.mark_of(OLD).hex()
    policy(data_key=f"{NEW},{OLD}")
    before = run("status")
    run("rotate")
    after = run("status")

    assert f"Key {new} seals: 0 values." in before.output
    assert f"Key {old} opens: 11 values. Run `keys rotate`." in before.output
    assert f"Key {new} seals: 11 values." in after.output
    assert f"Key {old} opens: 0 values. Nothing stored needs it." in after.output
    assert (before.exit_code, after.exit_code) == (0, 0)


def test_status_warns_of_a_key_that_was_taken_out_too_early(run, policy) -> None:
    policy(data_key=NEW)

    result = run("status")

    assert result.exit_code == 1
    assert f"11 values need key {crypto.mark_of(OLD).hex()}, which is not here." in result.output


def test_stopped_in_the_middle_it_goes_on_where_it_was(run, author, policy, monkeypatch) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 2)
    before = opened(author)
    policy(data_key=f"{NEW},{OLD}")

    steps = rotation.rotate()
    assert [next(steps), next(steps)] == [1, 2]
    steps.close()
    assert rotation.left() == 8
    assert opened(author) == before

    assert "8 values were sealed anew." in run("rotate").output
    assert "0 values were sealed anew." in run("rotate").output
    policy(data_key=NEW)
    assert opened(author) == before


def test_a_damaged_value_stops_no_other_and_is_still_counted(run, author, policy) -> None:
    damaged = db.session.scalars(select(RecordKey)).first()
    damaged.wrapped_key = damaged.wrapped_key[:-1] + b"?"
    db.session.commit()
    policy(data_key=f"{NEW},{OLD}")

    result = run("rotate")

    assert result.exit_code == 1
    assert "1 values are as before" in result.output
    assert rotation.left() == 1


def test_what_somebody_changes_meanwhile_stays_as_they_left_it(author, policy) -> None:
    policy(data_key=f"{NEW},{OLD}")
    column = type(author.app).secret
    rows = db.session.execute(text("SELECT id, account_id, sealed_secret FROM authenticator_app"))
    stale = [(author.app.id, author.id, bytes(row.sealed_secret)) for row in rows]
    author.app.secret = "OTHERSECRETOTHER"
    db.session.commit()

    rotation.change(column, stale)

    assert opened(author)[-1] == "OTHERSECRETOTHER"


def test_every_kind_of_record_opens_with_the_new_key_alone(session, partnership, policy) -> None:
    policy(data_key=OLD)
    planted = canaries.plant()
    before, texts = planted.read(), canaries.sealed_texts()
    policy(data_key=f"{NEW},{OLD}")

    assert sum(rotation.rotate()) > len(before) / 2

    policy(data_key=NEW)
    assert planted.read() == before
    assert canaries.sealed_texts() == texts
