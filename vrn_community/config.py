"""The settings of one running service, read once from the environment and frozen."""

import os
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from flask import current_app

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DEMO_SECRET = "demo-only-not-for-production"  # noqa: S105 - production refuses this value.
SHORTEST_SECRET = 32
LOGIN, HOST = r"([^\s@/:?]+:[^\s@/:?]+@)?", r"[\w.-]+(:\d{1,4}|:[1-5]\d{4})?/?"
#: What `VRN_SMTP_URL` may be: a password never goes in clear.
MAIL_SERVER = re.compile(rf"smtps://{LOGIN}{HOST}|smtp://{LOGIN}{HOST}\?starttls|smtp://{HOST}")


class Mode(StrEnum):
    """What this installation is for."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


#: No policy keeps a case for longer than a century, in days.
LONGEST_KEPT = 36_525


class SettingsError(RuntimeError):
    """The environment does not hold what the service needs to start."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that differs between installations, and every policy number."""

    #: What this installation is for: production, demo or test (VRN_MODE).
    mode: Mode = Mode.PRODUCTION
    #: Signs cookies and forms (VRN_SECRET_KEY).
    secret_key: str = DEMO_SECRET
    #: Encrypts sealed columns and the state of public forms (VRN_DATA_KEY); of several keys,
    #: separated by commas, the first seals and all open.
    data_key: str = DEMO_SECRET
    #: Keys the hashes of codes and addresses (VRN_PEPPER).
    pepper: str = DEMO_SECRET
    #: The address under which people reach the service (VRN_BASE_URL).
    base_url: str = "http://127.0.0.1:8000"
    #: The folder of the database file, the job file and lock files (VRN_DATA_DIR).
    data_dir: Path = PROJECT_ROOT / "var"
    #: The host that alone serves /desk; empty: one host serves both halves (VRN_STAFF_HOST).
    staff_host: str = ""
    #: How many reverse proxies stand in front (VRN_PROXY_HOPS).
    proxy_hops: int = 0
    #: Hosts that requests may name, separated by commas; empty: those of the two addresses above.
    trusted_hosts: str = ""
    #: The mail server (VRN_SMTP_URL); empty: no mail, and alerts are only seen at the desk.
    smtp_url: str = ""
    #: Where "Leave site" leads (VRN_EXIT_URL).
    exit_url: str = "https://www.bbc.co.uk/weather"
    #: The name on every page (VRN_SERVICE_NAME).
    service_name: str = "VRN Community"
    #: Who decides why and how information is used (VRN_CONTROLLER_NAME).
    controller_name: str = "Office of the Police and Crime Commissioner for Leicestershire"
    #: The name of the group of residents who check the partnership (VRN_OVERSIGHT_NAME).
    oversight_name: str = "Community Oversight Group"
    #: Where to write to the team (VRN_CONTACT_EMAIL).
    contact_email: str = "vrn@leics.pcc.gov.uk"
    #: Companies that run machines or software for us, parted by semicolons (VRN_PROCESSORS).
    processors: str = ""
    #: Days for which closed concerns stay after the decision (VRN_CASES_KEPT_DAYS): no figure is
    #: right everywhere, so it is that of the local safeguarding policy, and production wants it.
    cases_kept: timedelta | None = None
    #: SQLAlchemy address of the database; empty: SQLite in the data folder (DATABASE_URL).
    database_url: str = ""
    #: Redis for jobs when there are several machines; empty: a file (REDIS_URL).
    redis_url: str = ""

    #: A desk session ends after this long without a request.
    session_idle: timedelta = timedelta(minutes=30)
    #: A desk session ends after this long, whatever happens.
    session_longest: timedelta = timedelta(hours=12)
    #: The time of the last request is written at most this often.
    session_touch: timedelta = timedelta(minutes=5)
    #: An invitation link works this long.
    invitation_lifetime: timedelta = timedelta(days=7)
    #: Wrong passwords for one account from one address in a quarter of an hour before a pause.
    sign_in_tries: int = 5
    #: The same from all addresses together.
    sign_in_tries_per_account: int = 50
    #: Sign-in tries from one address within a quarter of an hour before a pause.
    sign_in_tries_per_address: int = 100
    #: Wrong codes of the second step for one account in a quarter of an hour before a pause.
    second_factor_tries: int = 5
    #: Whoever has given the password has this long for the second step.
    second_step_lives: timedelta = timedelta(minutes=10)
    #: Roles, cases and exports ask for the second factor again when it was shown longer ago.
    second_factor_fresh: timedelta = timedelta(minutes=10)
    #: A consultation is open at least this many days, unless a reason is recorded (V4).
    shortest_consultation_days: int = 28
    #: A reply to a consultation is due this many weeks after it closes (V1).
    response_due_weeks: int = 12
    #: Contacts of people who were told an outcome are kept this long after it (Y25).
    follower_kept: timedelta = timedelta(days=31)
    #: Where nobody notes that people were told, they are kept this long after it is published.
    follower_kept_untold_months: int = 12
    #: A body has this many days to reply to a recommendation, unless another day is named (C3).
    reply_due_days: int = 28
    #: The team answers a proposal of an activity within so many days (C7).
    proposal_due_days: int = 28
    #: So many of a hundred members who may vote must take part in a ballot, unless said otherwise.
    ballot_quorum_percent: int = 50
    #: A ballot is open for so many days, unless another day is named.
    ballot_days: int = 7
    #: A ballot can be put to the items of meetings that come, or were within so many days.
    item_decided_days: int = 90
    #: A secret ballot is counted only when at least so many took part: fewer could be guessed.
    smallest_secret_ballot: int = 3
    #: A day that a body owes something by moves at most this far at one time.
    longest_extension_days: int = 28
    #: A body moves a day of what it promised this often by itself; more often the group allows it.
    own_moves: int = 2
    #: The board before which the oversight group brings what is overdue or not accepted, by slug.
    escalation_body: str = "strategic-partnership-board"
    #: The board has this many days to say something about what is brought before it.
    escalation_due_days: int = 28
    #: Whoever brings it there can name a day that is at most this many days away.
    escalation_longest_days: int = 91
    #: Bodies are told this many working days before a day that they owe something by.
    notice_working_days: int = 5
    #: Papers of the oversight group are due this many working days before its meeting (C2).
    papers_due_days: int = 5
    #: Notes of a meeting, or why there are none, are due so many working days after it (C4).
    notes_due_days: int = 10
    #: A body has this many days to answer what the group wants to know, unless a day is named.
    evidence_due_days: int = 28
    #: A body has this many days to say what it does about a red rating, unless a day is named (C5).
    red_rating_due_days: int = 14
    #: What an hour of a member is paid unless something else is agreed, in pence (C8).
    member_hourly_pence: int = 1_500
    #: What the group knows of a member is deleted so long after the term.
    members_kept: timedelta = timedelta(days=365)
    #: When the lead must have decided about a concern: at any hour, and in working hours (G3).
    decide_immediate: timedelta = timedelta(hours=1)
    decide_today: timedelta = timedelta(hours=4)
    #: Two working days of eight hours.
    decide_routine: timedelta = timedelta(hours=16)
    #: Decisions about concerns ask for the duty to report child sexual abuse, once it is law (G6).
    asks_duty_to_report: bool = False
    #: Ways to be reached that one address may leave in a quarter of an hour.
    help_tries: int = 60
    #: Training and checks of staff are old after this long (G14).
    training_lasts: timedelta = timedelta(days=2 * 365)
    dbs_lasts: timedelta = timedelta(days=3 * 365)
    #: The numbers that people ring are looked at this often (G4).
    contact_check: timedelta = timedelta(days=31)
    #: After so many hard texts a moderator is asked to take a break (G12).
    hard_words_break: int = 5
    #: So many hard texts a moderator opens in a day; more only by choice.
    hard_words_a_day: int = 15
    #: What has no closing day needs a lead and a deputy for this many days ahead (G1).
    cover_ahead: timedelta = timedelta(days=28)
    #: No table shows a number of people below this, to anybody (V18).
    disclosure_threshold: int = 10
    #: A session of a facilitator takes at most this many people, and lasts at most this long (V13).
    largest_session: int = 60
    longest_group_session: timedelta = timedelta(hours=24)
    #: At most this many single-use codes are made at once.
    most_slips_at_once: int = 400
    #: Who takes less than this for each question that they answered is counted as too fast.
    fastest_answer: timedelta = timedelta(seconds=2)
    #: Answers to one opportunity that one process takes in a minute before it asks for a sum.
    calm_rate: int = 20
    #: How many zero bits the sum asks for; one more doubles the work of a phone.
    proof_bits: int = 15
    #: Whoever cannot do sums waits this long instead; both are asked anew after a while.
    proof_wait: timedelta = timedelta(seconds=20)
    proof_lives: timedelta = timedelta(minutes=10)
    #: Wrong codes from one address in a quarter of an hour before a pause; right ones never count.
    wrong_codes: int = 100
    #: Drafts that one address may save, or try to open, in a quarter of an hour.
    draft_tries: int = 60
    #: Copies of record keys are kept this long: then no backup opens what was deleted (T6).
    keep_key_copies: timedelta = timedelta(days=35)
    #: An answer about rights, or to a complaint, is due in a month; it can be put off by two (D6).
    rights_months: int = 1
    rights_months_more: int = 2
    #: Somebody who complains is told so within this many days, the day of receipt among them (D7).
    acknowledge_days: int = 30
    #: The ICO is told of a breach within this long, or not told with reasons (D8).
    breach_clock: timedelta = timedelta(hours=72)
    #: How somebody can be reached is forgotten so long after the answer (D5).
    reach_kept: timedelta = timedelta(days=31)
    #: What people asked about their information, and complaints, stay this long after the answer.
    requests_kept: timedelta = timedelta(days=3 * 365)
    #: Requests that one address may send in a quarter of an hour; a class may share it.
    request_tries: int = 60
    #: The year in which people could first ask for raw answers here (P2).
    raw_data_since: int = 2026
    #: An export that nobody fetches is deleted after this long (D12).
    export_lives: timedelta = timedelta(days=2)
    #: Months for which things are kept after people heard what came of an activity (D5): words as
    #: they were written with codes and equality answers, then cleared words, then closed answers.
    words_kept_months: int = 12
    cleared_words_kept_months: int = 24
    answers_kept_months: int = 36
    #: Where nobody tells people what came of it, the months above begin so long after an answer.
    told_at_latest_months: int = 24
    #: What is known of a session of a facilitator stays this long after its end.
    group_sessions_kept: timedelta = timedelta(days=365)
    #: That a mail was sent to an account stays this long, by the day.
    mail_kept: timedelta = timedelta(days=7)
    #: Printed codes that nobody used stay this long after an activity has closed.
    slips_kept: timedelta = timedelta(days=30)
    #: Keep public pages in memory until somebody acts on the desk.
    keeps_pages: bool = True
    #: The largest request body in bytes.
    largest_request: int = 2 * 1024 * 1024

    @property
    def data_keys(self) -> tuple[str, ...]:
        """Return the keys of sealed data: the first seals, all open."""
        return tuple(filter(None, (key.strip() for key in self.data_key.split(","))))

    @property
    def is_secure(self) -> bool:
        """Whether people reach the service over https."""
        return self.base_url.startswith("https://")

    @property
    def desk_url(self) -> str:
        """Return the address under which people reach the desk."""
        scheme = self.base_url.split("://", 1)[0]
        return f"{scheme}://{self.staff_host}" if self.staff_host else self.base_url

    @property
    def hosts(self) -> list[str]:
        """Return the host names that a request may carry."""
        named = [host.strip() for host in self.trusted_hosts.split(",") if host.strip()]
        own = self.base_url.split("://", 1)[-1].split("/")[0].rsplit(":", 1)[0]
        local = [] if self.mode is Mode.PRODUCTION else ["127.0.0.1", "localhost"]
        return sorted({*named, own, *filter(None, [self.staff_host]), *local})

    @property
    def database(self) -> str:
        """Return the SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'vrn-community.sqlite'}"

    @property
    def uses_sqlite(self) -> bool:
        """Whether the database is an SQLite file."""
        return self.database.startswith("sqlite")

    def check(self) -> None:
        """Refuse to run in production on secrets that are missing, short or public."""
        if self.proxy_hops < 0:
            raise SettingsError("VRN_PROXY_HOPS cannot be below 0.")
        if not self.data_keys:
            raise SettingsError("VRN_DATA_KEY holds no key.")
        self._check_mail()
        if self.mode is not Mode.PRODUCTION:
            return
        secrets = {"VRN_SECRET_KEY": (self.secret_key,), "VRN_DATA_KEY": self.data_keys}
        secrets["VRN_PEPPER"] = (self.pepper,)
        poor = [name for name, values in secrets.items() if any(map(_is_poor, values))]
        every = [value for values in secrets.values() for value in values]
        if len(set(every)) < len(every) and not poor:
            poor = sorted(secrets)
        if not self.is_secure:
            poor.append("VRN_BASE_URL (must start with https://)")
        if poor:
            raise SettingsError(
                "Refusing to start in production. Set these to different random values of at "
                f"least {SHORTEST_SECRET} characters: {', '.join(poor)}. "
                "For a trial on one machine use VRN_MODE=demo."
            )
        self._check_policy()

    def _check_policy(self) -> None:
        """Refuse to keep cases for ever because nobody said how long."""
        if self.cases_kept is None and self.mode is Mode.PRODUCTION:
            raise SettingsError(
                "Refusing to start in production. Set VRN_CASES_KEPT_DAYS to the days for which "
                "the local safeguarding policy lets closed concerns be kept."
            )

    def _check_mail(self) -> None:
        """Refuse a mail server that cannot be read, or to which a password would go in clear."""
        if self.smtp_url and not MAIL_SERVER.fullmatch(self.smtp_url):
            raise SettingsError(
                "VRN_SMTP_URL must look like smtps://NAME:PASSWORD@HOST:PORT, or like "
                "smtp://NAME:PASSWORD@HOST?starttls, or like smtp://HOST without a password."
            )


def _is_poor(secret: str) -> bool:
    return secret == DEMO_SECRET or len(secret) < SHORTEST_SECRET


#: Environment variable of each setting; fields that are not listed are policy numbers.
VARIABLES = {
    "mode": "VRN_MODE",
    "secret_key": "VRN_SECRET_KEY",
    "data_key": "VRN_DATA_KEY",
    "pepper": "VRN_PEPPER",
    "base_url": "VRN_BASE_URL",
    "data_dir": "VRN_DATA_DIR",
    "staff_host": "VRN_STAFF_HOST",
    "proxy_hops": "VRN_PROXY_HOPS",
    "trusted_hosts": "VRN_TRUSTED_HOSTS",
    "smtp_url": "VRN_SMTP_URL",
    "exit_url": "VRN_EXIT_URL",
    "service_name": "VRN_SERVICE_NAME",
    "controller_name": "VRN_CONTROLLER_NAME",
    "oversight_name": "VRN_OVERSIGHT_NAME",
    "contact_email": "VRN_CONTACT_EMAIL",
    "database_url": "DATABASE_URL",
    "redis_url": "REDIS_URL",
    "processors": "VRN_PROCESSORS",
    "cases_kept": "VRN_CASES_KEPT_DAYS",
}


def _days(typed: str) -> timedelta:
    """Return a number of days; ValueError if it is none, or more than anybody can mean."""
    if not 1 <= int(typed) <= LONGEST_KEPT:
        raise ValueError(typed)
    return timedelta(days=int(typed))


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return checked settings from environment variables; empty ones count as not set."""
    given = {
        name: environment[variable]
        for name, variable in VARIABLES.items()
        if environment.get(variable)
    }
    convert: dict[str, Callable[[str], object]] = {
        "mode": Mode,
        "data_dir": Path,
        "proxy_hops": int,
        "cases_kept": _days,
    }
    values: dict[str, object] = {}
    for name, text in given.items():
        try:
            values[name] = convert.get(name, str)(text)
        except ValueError as error:
            raise SettingsError(f"{VARIABLES[name]} cannot be {text!r}.") from error
    if "base_url" in values:
        values["base_url"] = str(values["base_url"]).rstrip("/")
    if "staff_host" in values:
        values["staff_host"] = str(values["staff_host"]).lower().partition(":")[0]
    settings = Settings(**values)  # type: ignore[arg-type]
    settings.check()
    return settings


def for_tests(**changes: object) -> Settings:
    """Return settings for a test, with a data folder of its own unless one is given."""
    known = {field.name for field in fields(Settings)}
    if unknown := set(changes) - known:
        raise SettingsError(f"No such setting: {', '.join(sorted(unknown))}.")
    changes.setdefault("data_dir", Path(tempfile.mkdtemp(prefix="vrn-test-")))
    changes.setdefault("keeps_pages", False)  # Tests change rows behind the desk's back.
    return Settings(mode=Mode.TEST, **changes)  # type: ignore[arg-type]


def current() -> Settings:
    """Return the settings of the running application."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings
