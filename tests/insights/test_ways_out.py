"""Every way out tells what the tables tell, and no more: crowds that they do not tell apart.

The attackers of `solvers.py` add up what tables show. Here are two crowds whose people differ, but
not their tables: if one page, chart, map, file or feed told anything else of people, it would
differ. So whatever is proved of the tables is proved of every way out.
"""

import re
from itertools import product

import numpy as np
import pytest
from sqlalchemy import delete

from tests.insights.conftest import answered, make_closed
from tests.insights.test_desk import at
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Contribution, DayColumns
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights import counting, results, services
from vrn_community.insights.crossing import CrossTable
from vrn_community.insights.models import Release
from vrn_community.questionnaires import queries as questionnaires

AREAS = ("e06000016", "e06000017", "e07000129", "e07000130")
ITEMS = ("feel", "heard", "where")
PAIRS = [pair for pair in product(ITEMS, ITEMS) if pair[0] != pair[1]]
#: What differs between two looks at anything: tokens of forms, ids of rows, names of assets.
CHANGING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|name=\"csrf_token\"[^>]*|[0-9a-f]{64}")


def crowd(seed):
    chance = np.random.default_rng(seed)
    feel = chance.choice(["safe", "unsafe"], 150, p=(0.7, 0.3))
    heard = chance.choice(["agree", "disagree", "neither"], 150, p=(0.5, 0.4, 0.1))
    where = chance.choice(AREAS, 150, p=(0.5, 0.35, 0.1, 0.05))
    people = [
        {"feel": f, "heard": h, "where": w}
        for f, h, w in zip(feel.tolist(), heard.tolist(), where.tolist(), strict=True)
    ]
    return [*people, *[{}] * 12]


def told(opportunity):
    """Return every table that is shown, and every one by another."""
    live = results.live(opportunity)
    keys = {table.key for table in live.shown}
    return live.tables, [live.crossed(*pair) for pair in PAIRS if set(pair) <= keys]


def truth(opportunity):
    live = results.live(opportunity)
    return [
        counting.cross(live.data, live.items[of], live.items[by]).counts.tolist()
        for of, by in PAIRS
    ]


def hides_a_cell(crosses):
    return any(
        None in line for each in crosses if isinstance(each, CrossTable) for line in each.counts
    )


def ask(opportunity, people):
    """Let these people have answered, and nobody else."""
    for model in (Release, DayColumns, Contribution):
        db.session.execute(delete(model).where(model.opportunity_id == opportunity.id))
    answered(questionnaires.published(opportunity.id), people)


def twins(opportunity):
    """Return two crowds that differ where tables hide something, and in no table."""
    for seed in range(20):
        people = crowd(seed)
        ask(opportunity, people)
        before, exact = told(opportunity), truth(opportunity)
        if not hides_a_cell(before[1]):
            continue
        chance = np.random.default_rng(seed)
        for _try in range(30):
            one, other = chance.choice(150, 2, replace=False)
            swapped = [dict(person) for person in people]
            swapped[one]["where"], swapped[other]["where"] = (
                people[other]["where"],
                people[one]["where"],
            )
            ask(opportunity, swapped)
            if truth(opportunity) != exact and told(opportunity) == before:
                return people, swapped
    raise AssertionError("No twins: nothing is hidden?")


def ways_out(opportunity):
    """Return where figures of an activity go."""
    public = [f"/register/{opportunity.code}{end}" for end in ("", "/results.csv")]
    crossed = [at(opportunity, f"/by?of={of}&by={by}") for of, by in PAIRS]
    weighted = at(opportunity, "/weighted?by=where")
    live = [at(opportunity, end) for end in ("", "/reach", "/quality", "/releases")]
    return [*public, "/heard", *live, weighted, *crossed]


@pytest.fixture
def released(partnership, arrange, app, sign_in_as):
    """Return a function that lets people have answered, releases that, and looks everywhere."""
    desk = sign_in_as(Role.ANALYST, email="ana@example.org")
    with arrange():
        by = db.session.get(Account, desk.account_id)
        opportunity = make_closed(by, [], published_at=clock.now())

    def look(people):
        with arrange():
            ask(opportunity, people)
            draft = services.draft_release(opportunity, by=by, divided_by=["where", "heard"])
            services.freeze(draft, by=by)
        seen = {}
        for url in ways_out(opportunity):
            answer = desk.get(url)
            assert answer.status_code == 200, url
            seen[url] = CHANGING.sub("", answer.text)
        return seen

    look.opportunity = opportunity
    return look


def test_what_tables_do_not_tell_apart_looks_the_same_everywhere(released, arrange):
    with arrange():
        one, other = twins(released.opportunity)

    assert released(one) == released(other)


def test_what_tables_do_tell_apart_looks_different(released, arrange):
    with arrange():
        one, _other = twins(released.opportunity)
    changed = [{**person, "feel": "unsafe"} for person in one[:20]] + one[20:]

    before, after = released(one), released(changed)

    public = ways_out(released.opportunity)[:4]
    assert not [url for url in public if before[url] == after[url]]
