"""Measure the register with 2,000 activities and 20,000 recommendations: at most 30 ms a page.

What is counted is counted once after each act: what that takes stands first, and then the page.
The yardstick is the smallest page of Flask, in the same run: it says how fast the machine is.

With VRN_BENCH_QUICK=1 a tenth of it; with DATABASE_URL on that database, which must be empty.
"""

import os
import statistics
import sys
import tempfile
import time
import uuid
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert, select

from benchmarks import hello
from vrn_community import config, create_app, demo
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.foundation.db import table_of
from vrn_community.opportunities.models import Opportunity, opportunity_priority
from vrn_community.outcomes.models import Outcome, OutcomeState
from vrn_community.oversight.recommendations.models import (
    Answer,
    Recommendation,
    RecommendationState,
    Reply,
)
from vrn_community.partnership.models import Body, Priority

ACTIVITIES, EACH = 2_000, 10
MOST_MS = 30.0
REQUESTS = 60
YARDSTICK = 'Flask "hello" (yardstick)'
WITHIN = f"within {MOST_MS:.0f} ms"
HEADINGS = (
    f"{'':32} {'first':>8} {'p50 ms':>8} {'CPU ms':>8} {'statements':>12} {'with few':>9}  verdict"
)
PATHS = {
    "register": "/register?n={}",
    "register, a late page": "/register?page=80&n={}",
    "register, overdue": "/register?state=overdue&n={}",
    "who owes an answer": "/register/debts?n={}",
    "what one body owes": "/register/debts/charnwood-csp?n={}",
    "report of a quarter": "/reports/board?n={}",
    "report of a year": "/reports/group?n={}",
    "report for the panel": "/reports/panel?n={}",
    "scorecard of one body": "/reports/bodies/charnwood-csp?n={}",
    "from a priority to changes": "/priorities/4/trail?n={}",
    "one outcome": "/register/{code}?n={}",
}


def fill(total: int) -> str:
    """Add activities in every standing, each with recommendations, and return the code of one."""
    told = select(Outcome).order_by(Outcome.created_at).limit(1)
    pattern = db.session.scalars(told).one().opportunity
    columns = {c.key: getattr(pattern, c.key) for c in table_of(Opportunity).columns}
    bodies = list(db.session.scalars(select(Body.id).order_by(Body.position)))
    today, now = clock.today(), clock.now()
    made = []
    for number in range(total):
        closes_on = today + timedelta(days=60 - number * 7 % 400)
        new = {**columns, "id": uuid.uuid4(), "code": crypto.new_code(7), "closes_on": closes_on}
        new |= {"title": f"Activity {number}", "opens_on": closes_on - timedelta(days=40)}
        new |= {"asking_body_id": bodies[number % len(bodies)], "results_frozen_on": None}
        new |= {"published_at": now - timedelta(hours=number), "decision_on": closes_on}
        made.append(new)
    db.session.execute(insert(Opportunity), made)
    four = db.session.scalar(select(Priority.id).where(Priority.number == 4))
    tags = [{"opportunity_id": row["id"], "priority_id": four} for row in made]
    db.session.execute(insert(opportunity_priority), tags)
    _answer_a_third(made, pattern.author_id)
    _recommend(made, bodies, pattern.author_id)
    db.session.commit()
    return str(made[0]["code"])


def _answer_a_third(made: list[dict[str, object]], author: object) -> None:
    words = {"we_asked": "What?", "you_said": "This.", "changed": "That.", "decided_by": "Us"}
    shared = {"state": OutcomeState.PUBLISHED, "published_at": clock.now(), "author_id": author}
    rows = [{"opportunity_id": row["id"], **words, **shared} for row in made[::3]]
    db.session.execute(insert(Outcome), rows)


def _recommend(made: list[dict[str, object]], bodies: list[object], author: object) -> None:
    states = (RecommendationState.SENT, RecommendationState.REPLIED, RecommendationState.CLOSED)
    rows = [
        {
            "id": uuid.uuid4(),
            "opportunity_id": row["id"],
            "number": place + 1,
            "body_id": bodies[(number + place) % len(bodies)],
            "author_id": author,
            "text": "Put up lights.",
            "reply_by": clock.today() + timedelta(days=place - 5),
            "state": states[place % 3],
            "sent_at": clock.now() - timedelta(days=40),
        }
        for number, row in enumerate(made)
        for place in range(EACH)
    ]
    db.session.execute(insert(Recommendation), rows)
    given = {"answer": Answer.PARTLY, "reasons": "It costs little.", "author_id": author}
    replies = [
        {"recommendation_id": row["id"], "due_on": row["reply_by"], **given}
        for row in rows
        if row["state"] is not RecommendationState.SENT
    ]
    db.session.execute(insert(Reply), replies)


def statements_of(app: Flask, path: str) -> int:
    """Return how many statements a page takes that no process has kept."""
    sent: list[str] = []

    def note(*details: object) -> None:
        sent.append(str(details[2]))

    app.extensions.pop("memory", None)
    event.listen(db.engine, "before_cursor_execute", note)
    app.test_client().get(path)
    event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)


def first_ms(app: Flask, path: str) -> float:
    """Return the time of a page of which nothing is remembered."""
    app.extensions.pop("memory", None)
    began = time.perf_counter()
    app.test_client().get(path)
    return (time.perf_counter() - began) * 1_000


def milliseconds(client: FlaskClient, path: str) -> tuple[float, float]:
    """Return the median times of a page that no process has kept: on the clock, and of work."""
    waited, worked = [], []
    for number in range(REQUESTS):
        began, busy = time.perf_counter(), time.process_time()
        answer = client.get(path.replace("{}", str(number)))
        waited.append((time.perf_counter() - began) * 1_000)
        worked.append((time.process_time() - busy) * 1_000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}.")
    return statistics.median(waited[5:]), statistics.median(worked[5:])


def verdict(taken: float, grew: bool) -> str:
    """Return in words whether a page keeps to what it may take."""
    if grew:
        return "NO: more statements for more rows"
    return WITHIN if taken <= MOST_MS else f"NO: more than {MOST_MS:.0f} ms"


def main() -> int:
    """Print the table; 1 if a page takes longer than it may, or more statements for more rows."""
    share = 10 if os.environ.get("VRN_BENCH_QUICK") else 1
    folder = Path(tempfile.mkdtemp(prefix="vrn-bench-"))
    url = os.environ.get("DATABASE_URL", "")
    settings = config.Settings(mode=config.Mode.DEMO, data_dir=folder, database_url=url)
    app = create_app(settings)
    with app.app_context():
        db.create_all()
        demo.load()
        db.session.commit()
        code = fill(ACTIVITIES // share // 5)
        for path in PATHS.values():
            statements_of(app, _path(path, code, "first"))
        few = {name: statements_of(app, _path(path, code, "few")) for name, path in PATHS.items()}
        fill(ACTIVITIES // share)
        if not settings.uses_sqlite:
            db.session.execute(db.text("ANALYZE"))
            db.session.commit()
        print(HEADINGS)
        taken, work = milliseconds(hello.app.test_client(), "/")
        print(f"{YARDSTICK:32} {'':8} {taken:8.2f} {work:8.2f}")
        wrong = 0
        for name, path in PATHS.items():
            first = first_ms(app, _path(path, code, "first"))
            many = statements_of(app, _path(path, code, "many"))
            taken, work = milliseconds(app.test_client(), _path(path, code, "{}"))
            found = verdict(taken, many > few[name])
            wrong += found != WITHIN
            times = f"{first:8.1f} {taken:8.2f} {work:8.2f}"
            print(f"{name:32} {times} {many:12} {few[name]:9}  {found}")
    return min(wrong, 1)


def _path(path: str, code: str, number: str) -> str:
    return path.replace("{code}", code).replace("{}", number)


if __name__ == "__main__":
    sys.exit(main())
