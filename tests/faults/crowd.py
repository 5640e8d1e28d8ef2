"""A crowd that answers one after another, with browsers that tell all they can about themselves."""

import http.client
import json
import random
import re
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.conftest import make_account
from tests.databases import opened
from tests.factories.opportunities import make_opportunity
from tests.factories.questionnaires import choice, make_version
from tests.faults.people import CODE, HIDDEN
from vrn_community import config
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import sealed
from vrn_community.partnership import loader
from vrn_community.responses import flow
from vrn_community.responses.flow import Walk

PEOPLE = 2_000
#: So many open every page; for the others the last form is made here, which takes less time.
WALKERS = 100
#: All words are equally long, and too long to lie in the row itself on either database.
LETTERS = 1_100
URDU = "ابتثجحخدذرزسشصضطظعغفقکلمنہی"
#: The choices are the binary digits of a number: the closed answers tell who gave them.
DIGITS = PEOPLE.bit_length()
DOCUMENT = {
    "asks_age_band": False,
    "sections": [
        {
            "id": "only",
            "title": "Only page",
            "questions": [
                {
                    "kind": "multiple-choice",
                    "id": "digits",
                    "text": "Which?",
                    "choices": [choice(f"digit-{place}") for place in range(DIGITS)],
                },
                {"kind": "long-text", "id": "why", "text": "Why?"},
            ],
        }
    ],
}
#: What only browsers and networks say; none of it may be found anywhere afterwards.
CANARY = b"canary"
NETWORK = b"198.18."


def digits(number: int) -> list[str]:
    """Return a number as choices."""
    return [f"digit-{place}" for place in range(DIGITS) if number >> place & 1]


def number_of(chosen: list[str]) -> int:
    """Return the number that choices stand for."""
    return sum(1 << int(key.partition("-")[2]) for key in chosen)


def words(number: int) -> str:
    """Return what one person writes."""
    return "".join(random.Random(number).choices(URDU, k=LETTERS))


def address(number: int) -> str:
    """Return the address of one person."""
    return f"{NETWORK.decode()}{number // 250}.{number % 250 + 1}"


@dataclass
class Crowd:
    """Everybody who answers one questionnaire, in a known order."""

    settings: config.Settings
    site: str = ""
    #: The receipt codes in the order of arrival.
    codes: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Store the place and the questionnaire."""
        with opened(self.settings):
            loader.load()
            opportunity = make_opportunity(make_account(Role.PUBLISHER), is_public=True)
            version = make_version(opportunity, **DOCUMENT)
            self.opportunity_id = opportunity.id
            self.url = f"/o/{opportunity.code}/answer"
            self.place = ("answer", opportunity.code, str(version.id))
            db.session.commit()

    def connect(self, site: str) -> http.client.HTTPConnection:
        """Go to the service."""
        self.site, parts = site, urlsplit(site)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        return self.connection

    def answer(self) -> None:
        """Let everybody answer, one after another."""
        for number, form in enumerate(self._forms()):
            page = self.ask(number, self.url, form)
            found = CODE.search(page)
            assert found, page[:500]
            self.codes.append(found[1].replace(" ", ""))

    def _forms(self) -> Iterator[dict[str, str]]:
        for number in range(WALKERS):
            yield self._walk(number)
        with opened(self.settings):
            for number in range(WALKERS, PEOPLE):
                answers, own = {"digits": digits(number)}, {"why": words(number)}
                walk = Walk(f"token {number}", flow.CHECK, answers, own)
                state = sealed.seal_state(walk.to_state(), *self.place)
                yield {"state": state, "v": self.place[2], "go": "send"}

    def _walk(self, number: int) -> dict[str, str]:
        page = self.ask(number, self.url)
        for sent in ({}, {"digits": digits(number), "why": words(number)}):
            page = self.ask(number, self.url, {**dict(HIDDEN.findall(page)), "go": "next", **sent})
        return {**dict(HIDDEN.findall(page)), "go": "send"}

    def ask(self, number: int, path: str, form: dict[str, str] | None = None) -> str:
        """Open a page, or send a form, with everything that a browser may say of itself."""
        told = {
            "X-Forwarded-For": address(number),
            "User-Agent": f"canary-agent-{number}",
            "Accept-Language": f"en, x-canary-{number};q=0.5",
            "Cookie": f"trace=canary-cookie-{number}; desk=canary-desk-{number}",
            "Referer": f"{self.site}/canary-from-{number}",
            "X-Request-Id": f"canary-request-{number}",
        }
        typed = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        body = urllib.parse.urlencode(form, doseq=True) if form is not None else None
        method = "GET" if form is None else "POST"
        self.connection.request(method, path, body, {**told, **typed})
        answer = self.connection.getresponse()
        self.statuses.append(answer.status)
        return answer.read().decode()

    def make_mistakes(self) -> None:
        """Let some go wrong: what a log is for must tell nothing either."""
        canary = {"why": "canary words", "go": "send"}
        self.ask(1, self.url, {"state": "canary", **canary})
        self.ask(2, f"/o/canary1/answer?canary={address(2)}", canary)
        self.ask(3, "/desk/canary", canary)
        self.ask(4, self.url, {"why": "canary " * 1_500_000})


def marked(answers: str | dict[str, list[str]]) -> int:
    """Return whose closed answers these are."""
    read = json.loads(answers) if isinstance(answers, str) else answers
    return number_of(read.get("digits", []))


def has_time(text: str, now: float) -> bool:
    """Return whether a stored text holds a time of the day, or the seconds of these days."""
    clock = re.search(r"\d\d:\d\d|\d{4}-\d\d-\d\dT", text)
    long_numbers = re.findall(r"(?<![0-9a-f])\d{10}(?:\d{3}|\d{6}|\d{9})?(?![0-9a-f])", text)
    seconds = (int(digits[:10]) for digits in long_numbers)
    return bool(clock) or any(abs(second - now) < 2 * 86_400 for second in seconds)
