"""What is sealed opens in its own place, with the key that sealed it, and nowhere else."""

import pytest

from vrn_community.foundation import crypto, sealed

OLD, NEW = "o" * 32, "n" * 32
PLACE = ("table", "row", "column")


@pytest.fixture
def with_keys(app, policy):
    """Return a function that sets the data keys."""
    with app.test_request_context():
        yield lambda *keys: policy(data_key=",".join(keys))


def test_no_nonce_comes_twice(with_keys):
    with_keys(OLD)
    begin, end = crypto.MARK_BYTES, crypto.MARK_BYTES + crypto.NONCE_BYTES

    nonces = {crypto.seal_bytes(b"same", *PLACE)[begin:end] for _ in range(10_000)}

    assert len(nonces) == 10_000


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("other", "row", "column"),
        ("table", "other", "column"),
        ("table", "row", "other"),
        ("table", "row"),
    ],
)
def test_what_is_sealed_opens_in_no_other_place(with_keys, elsewhere):
    with_keys(OLD)
    content = crypto.seal_bytes(b"words", *PLACE)

    with pytest.raises(crypto.SealBrokenError):
        crypto.unseal_bytes(content, *elsewhere)
    assert crypto.unseal_bytes(content, *PLACE) == b"words"


def test_the_first_key_seals_and_all_open(with_keys):
    with_keys(OLD)
    before = crypto.seal_bytes(b"before", *PLACE)
    with_keys(NEW, OLD)
    after = crypto.seal_bytes(b"after", *PLACE)

    assert crypto.unseal_bytes(before, *PLACE) == b"before"
    assert after.startswith(crypto.mark_of(NEW))
    with_keys(NEW)
    assert crypto.unseal_bytes(after, *PLACE) == b"after"
    with pytest.raises(crypto.SealBrokenError):
        crypto.unseal_bytes(before, *PLACE)


@pytest.mark.parametrize("broken", [b"", b"x", b"x" * 40])
def test_what_was_never_sealed_is_refused(with_keys, broken):
    with_keys(OLD)

    for content in (broken, crypto.mark_of(OLD) + broken):
        with pytest.raises(crypto.SealBrokenError):
            crypto.unseal_bytes(content, *PLACE)


def test_a_mark_that_was_changed_opens_nothing(with_keys):
    with_keys(OLD, NEW)
    content = crypto.seal_bytes(b"words", *PLACE)

    with pytest.raises(crypto.SealBrokenError):
        crypto.unseal_bytes(crypto.mark_of(NEW) + content[crypto.MARK_BYTES :], *PLACE)


def test_a_form_in_a_browser_opens_after_the_key_was_changed(with_keys):
    with_keys(OLD)
    state = sealed.seal_state({"feel": "safe"}, "answer", "ABC")

    with_keys(NEW, OLD)
    assert sealed.open_state(state, "answer", "ABC")["feel"] == "safe"
    with_keys(NEW)
    with pytest.raises(sealed.StateRefused):
        sealed.open_state(state, "answer", "ABC")


def test_what_is_derived_stays_when_the_data_key_is_changed(with_keys, policy):
    with_keys(OLD)
    before = crypto.derive("receipt", salt=b"token")
    with_keys(NEW)

    assert crypto.derive("receipt", salt=b"token") == before
    policy(pepper="another one")
    assert crypto.derive("receipt", salt=b"token") != before
