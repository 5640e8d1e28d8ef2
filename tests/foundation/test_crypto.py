from hypothesis import given
from hypothesis import strategies as st

from vrn_community.foundation import crypto

KEY = "k" * 32


def test_codes_have_letters_that_survive_handwriting():
    code = crypto.new_code(1_000)

    assert len(code) == 1_000
    assert set(code) == set(crypto.ALPHABET)
    assert not set("ILOU") & set(crypto.ALPHABET)


def test_codes_do_not_repeat():
    assert len({crypto.new_code(7) for _ in range(1_000)}) == 1_000


@given(st.text(alphabet=crypto.ALPHABET, min_size=1))
def test_a_code_is_read_as_it_was_made(code):
    typed = "-".join(code.lower()).replace("0", "o").replace("1", "l")

    assert crypto.read_code(f" {typed} ") == code
    assert crypto.read_code(code) == code


@given(st.text())
def test_anything_typed_can_be_read(typed):
    assert isinstance(crypto.read_code(typed), str)


def test_tokens_are_long_and_never_the_same():
    tokens = {crypto.new_token() for _ in range(1_000)}

    assert len(tokens) == 1_000
    assert all(len(token) == 43 for token in tokens)


def test_the_hash_of_a_token_is_not_the_token():
    token = crypto.new_token()

    assert crypto.token_hash(token) == crypto.token_hash(token)
    assert token not in crypto.token_hash(token)
    assert len(crypto.token_hash(token)) == 64


def test_a_keyed_hash_depends_on_purpose_value_and_key():
    hashes = {
        crypto.keyed_hash("a", "b", key=KEY),
        crypto.keyed_hash("a", "c", key=KEY),
        crypto.keyed_hash("b", "b", key=KEY),
        crypto.keyed_hash("a", "b", key=KEY.upper()),
        crypto.keyed_hash("ab", "", key=KEY),
        crypto.keyed_hash("", "ab", key=KEY),
    }

    assert len(hashes) == 6


def test_hashes_are_compared_whole():
    one = crypto.token_hash("x")

    assert crypto.is_same(one, crypto.token_hash("x"))
    assert not crypto.is_same(one, one[:-1] + "!")


def test_the_pepper_of_the_settings_is_used_where_no_key_is_named(app, policy):
    with app.test_request_context():
        before = crypto.keyed_hash("a", "b")
        policy(pepper="another one")
        assert crypto.keyed_hash("a", "b") != before
