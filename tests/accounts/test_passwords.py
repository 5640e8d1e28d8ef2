import pytest

from vrn_community.accounts import passwords

#: What makes hashes in the service: those of tests are cheap.
HASHER = passwords._hasher


def test_a_hash_is_argon2id_and_never_the_same_twice():
    one, other = (passwords.hash_password("four quiet green tractors") for _ in range(2))

    assert one.startswith("$argon2id$")
    assert one != other
    assert "tractors" not in one


def test_only_the_right_password_fits():
    stored = passwords.hash_password("four quiet green tractors")

    assert passwords.is_right("four quiet green tractors", stored)
    assert not passwords.is_right("four quiet green tractor", stored)
    assert not passwords.is_right("", stored)


def test_trying_passwords_is_as_hard_as_the_standard_asks():
    assert HASHER.hash("four quiet green tractors").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize("stored", [None, "", "not a hash", "$argon2id$v=19$broken"])
def test_nothing_fits_where_no_password_is_set(stored):
    assert not passwords.is_right("nobody has this password", stored)


def test_a_very_long_guess_is_cut_before_it_is_hashed():
    assert not passwords.is_right("x" * 1_000_000, passwords.hash_password("x" * 12))


def test_a_password_counts_exactly_as_it_was_chosen():
    chosen = " Mixed CASE and  two blanks " + "x" * (passwords.LONGEST - 28)
    stored = passwords.hash_password(chosen)

    assert len(chosen) == passwords.LONGEST
    assert passwords.is_right(chosen, stored)
    for other in (chosen.lower(), chosen.strip(), chosen.replace("  ", " "), chosen + "x"):
        assert not passwords.is_right(other, stored)


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("short words", "short"),
        ("long " * 41, "long"),
        ("aaaaaaaaaaaa", "easy"),
        ("abababababab", "easy"),
        ("Password-2026-now", "easy"),
        ("LEICESTER city 1884", "easy"),
        ("my name is Okafor!", "easy"),
        ("four quiet green tractors", ""),
        ("چار سبز ٹریکٹر کھڑے ہیں", ""),
    ],
)
def test_a_new_password_is_long_rather_than_complicated(password, weakness):
    assert passwords.weakness(password, about="okafor") == weakness


def test_a_short_name_does_not_make_every_word_easy():
    assert passwords.weakness("four quiet green tractors", about="a") == ""


def test_the_password_of_the_demonstration_is_one_that_people_may_choose():
    assert passwords.weakness(passwords.DEMO_PASSWORD) == ""
