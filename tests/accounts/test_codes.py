"""Codes of an authenticator app, against the test vectors of RFC 6238 (appendix B)."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from vrn_community.accounts import codes

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
MOMENT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "last_six"),
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds, last_six):
    step = codes.step_at(datetime.fromtimestamp(seconds, UTC))

    assert codes.code_of(RFC_SECRET, step) == last_six


@pytest.mark.parametrize(
    ("shift", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_counts_in_its_half_minute_and_in_those_beside_it(shift, fits):
    secret, now = codes.new_secret(), codes.step_at(MOMENT)

    step = codes.matching_step(secret, codes.code_of(secret, now + shift), MOMENT)

    assert step == (now + shift if fits else None)


@pytest.mark.parametrize("typed", ["", "١٢٣٤٥٦", "12345", "1234567", "abcdef", "é", "0" * 40])
def test_nonsense_is_no_code(typed):
    assert codes.matching_step(RFC_SECRET, typed, MOMENT) is None


def test_blanks_do_not_matter():
    code = codes.code_of(RFC_SECRET, codes.step_at(MOMENT))

    assert codes.matching_step(RFC_SECRET, f" {code[:3]} {code[3:]} ", MOMENT)
    assert codes.matching_step(RFC_SECRET, code, MOMENT + timedelta(minutes=2)) is None


def test_a_secret_has_160_bits_and_is_shown_in_groups():
    one, other = codes.new_secret(), codes.new_secret()

    assert one != other
    assert len(base64.b32decode(one)) == 20
    assert codes.in_groups("ABCDEFGHIJ") == "ABCD EFGH IJ"
    assert codes.demo_secret("a@demo.example") == codes.demo_secret("a@demo.example")
    assert codes.demo_secret("a@demo.example") != codes.demo_secret("b@demo.example")
