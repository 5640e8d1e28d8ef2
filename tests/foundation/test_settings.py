"""What the environment may say, and what it is taken to mean."""

from datetime import timedelta

import pytest

from vrn_community import config
from vrn_community.config import SettingsError

SECRETS = {
    name: letter * config.SHORTEST_SECRET
    for name, letter in (("VRN_SECRET_KEY", "s"), ("VRN_DATA_KEY", "d"), ("VRN_PEPPER", "p"))
}
PRODUCTION = {
    "VRN_BASE_URL": "https://participate.example.org",
    "VRN_CASES_KEPT_DAYS": "2192",
    **SECRETS,
}
DEMO = {"VRN_MODE": "demo"}


def test_production_begins_with_secrets_of_its_own():
    assert config.from_environment(PRODUCTION).mode is config.Mode.PRODUCTION


@pytest.mark.parametrize(
    "changes",
    [
        {"VRN_SECRET_KEY": ""},
        {"VRN_DATA_KEY": "short"},
        {"VRN_DATA_KEY": f"{'n' * 32},short"},
        {"VRN_DATA_KEY": f"{'n' * 32}, {'n' * 32}"},
        {"VRN_DATA_KEY": f"{'n' * 32},{PRODUCTION['VRN_PEPPER']}"},
        {"VRN_DATA_KEY": " , "},
        {"VRN_PEPPER": config.DEMO_SECRET},
        {"VRN_PEPPER": PRODUCTION["VRN_DATA_KEY"]},
        {"VRN_BASE_URL": "http://participate.example.org"},
        {"VRN_BASE_URL": ""},
        {"VRN_CASES_KEPT_DAYS": ""},
        {"VRN_CASES_KEPT_DAYS": "0"},
        {"VRN_CASES_KEPT_DAYS": "-30"},
        {"VRN_CASES_KEPT_DAYS": "six years"},
        {"VRN_CASES_KEPT_DAYS": "9999999999"},
    ],
    ids=str,
)
def test_production_refuses_what_is_missing_short_shared_or_open(changes):
    with pytest.raises(SettingsError) as refused:
        config.from_environment({**PRODUCTION, **changes})

    message = str(refused.value)
    assert next(iter(changes)) in message
    assert not [secret for secret in SECRETS.values() if secret in message]


def test_a_policy_says_how_long_cases_are_kept_and_a_trial_needs_none():
    assert config.from_environment(PRODUCTION).cases_kept == timedelta(days=2192)
    assert config.from_environment(DEMO).cases_kept is None
    assert config.from_environment({**DEMO, "VRN_CASES_KEPT_DAYS": "7"}).cases_kept.days == 7


def test_several_data_keys_are_read_in_their_order():
    several = {**PRODUCTION, "VRN_DATA_KEY": f" {'n' * 32}, {'o' * 32},"}

    assert config.from_environment(several).data_keys == ("n" * 32, "o" * 32)


@pytest.mark.parametrize("hops", ["-1", "-7"])
def test_there_are_never_fewer_than_no_proxies(hops):
    for environment in (PRODUCTION, DEMO):
        with pytest.raises(SettingsError, match="VRN_PROXY_HOPS"):
            config.from_environment({**environment, "VRN_PROXY_HOPS": hops})


@pytest.mark.parametrize(
    ("name", "value"),
    [("VRN_PROXY_HOPS", "one"), ("VRN_PROXY_HOPS", "1.5"), ("VRN_MODE", "party")],
)
def test_what_cannot_be_read_is_named(name, value):
    with pytest.raises(SettingsError, match=f"{name} cannot be '{value}'"):
        config.from_environment({**DEMO, name: value})


@pytest.mark.parametrize("slashes", ["", "/", "//"])
def test_a_slash_at_the_end_of_the_address_is_left_out(slashes):
    settings = config.from_environment(
        {**PRODUCTION, "VRN_BASE_URL": f"https://participate.example.org{slashes}"}
    )

    assert settings.base_url == settings.desk_url == "https://participate.example.org"
    assert settings.hosts == ["participate.example.org"]


@pytest.mark.parametrize(
    "host", ["staff.example.org", "Staff.Example.ORG", "staff.example.org:443"]
)
def test_the_host_of_the_staff_is_a_name_without_a_port(host):
    settings = config.from_environment({**PRODUCTION, "VRN_STAFF_HOST": host})

    assert settings.staff_host == "staff.example.org"
    assert settings.desk_url == "https://staff.example.org"
    assert settings.hosts == ["participate.example.org", "staff.example.org"]


def test_further_hosts_are_named_with_commas_and_this_machine_only_outside_production():
    named = {"VRN_TRUSTED_HOSTS": " a.example , b.example,, "}

    production = config.from_environment({**PRODUCTION, **named})
    demo = config.from_environment({**DEMO, **named})

    assert production.hosts == ["a.example", "b.example", "participate.example.org"]
    assert demo.hosts == ["127.0.0.1", "a.example", "b.example", "localhost"]


def test_a_test_cannot_set_what_does_not_exist():
    with pytest.raises(SettingsError, match="colour"):
        config.for_tests(colour="green")
