import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.exceptions import TooManyRequests

from vrn_community import config
from vrn_community.extensions import db
from vrn_community.foundation import clock, limits
from vrn_community.foundation.limits import RateLimit

ADDRESS = "10.20.30.40"


@pytest.fixture(autouse=True)
def later(session, policy, tmp_path, monkeypatch):
    """Begin at noon with an empty folder; return a function that lets time pass."""
    policy(data_dir=tmp_path)
    began = clock.now().replace(hour=12)

    def move(**time):
        monkeypatch.setattr(clock, "now", lambda: began + timedelta(**time))

    move()
    return move


def tries(most=3, subject=ADDRESS, purpose="sign-in"):
    limits.count(purpose, subject, most=most)


def salts():
    return sorted(config.current().data_dir.glob("limits-*.salt"))


def test_so_many_tries_are_free_and_no_more():
    for _ in range(3):
        tries()

    for _ in range(2):
        with pytest.raises(TooManyRequests):
            tries()


def test_subjects_and_purposes_are_counted_apart():
    for _ in range(3):
        tries()

    tries(subject="10.20.30.41")
    tries(purpose="something-else")


def test_the_count_begins_anew_after_a_quarter_of_an_hour(later):
    for _ in range(3):
        tries()

    later(minutes=14)
    with pytest.raises(TooManyRequests):
        tries()
    later(minutes=15)
    tries()


def test_trying_does_not_make_the_pause_longer(later):
    for minute in range(15):
        later(minutes=minute)
        try:
            tries()
        except TooManyRequests:
            assert minute >= 3

    later(minutes=15)
    tries()


def test_a_count_can_be_forgotten():
    for _ in range(3):
        tries()

    limits.forget("sign-in", ADDRESS)

    tries()


def test_what_is_stored_does_not_say_who_tried():
    tries()

    (row,) = db.session.scalars(select(RateLimit))
    assert ADDRESS not in row.key
    assert len(row.key) == 64


def test_the_key_of_a_count_is_another_one_tomorrow(later):
    tries()
    (before,) = salts()
    later(days=1)
    tries()

    (after,) = salts()
    keys = db.session.scalars(select(RateLimit.key)).all()
    assert before.name < after.name
    assert not before.exists()
    assert len(set(keys)) == 2


def test_only_we_can_read_the_key_of_the_day():
    tries()

    assert [stat.S_IMODE(salt.stat().st_mode) for salt in salts()] == [0o600]


def test_another_process_may_make_the_key_first():
    tries()
    (salt,) = salts()
    known = salt.read_text()

    assert limits._new_salt(salt) == known
    assert [path.name for path in salt.parent.glob("limits-*")] == [salt.name]


def test_old_counts_are_deleted(later):
    tries()
    tries(subject="other")
    assert limits.purge() == 0

    later(minutes=16)

    assert limits.purge() == 2
    assert not db.session.scalars(select(RateLimit)).all()


def test_threads_that_begin_a_day_together_agree_on_one_key(app):
    for salt in salts():
        salt.unlink()
    threads = 8
    together = threading.Barrier(threads)

    def salt_of_the_day(_number):
        with app.app_context():
            together.wait(10)
            return limits._salt_of_the_day()

    with ThreadPoolExecutor(threads) as pool:
        found = set(pool.map(salt_of_the_day, range(threads)))

    (salt,) = config.current().data_dir.iterdir()  # No draft of a key is left behind.
    assert found == {salt.read_text("ascii")}
    assert len(salt.read_text("ascii")) == 64
