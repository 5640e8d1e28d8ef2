"""How fast the builder is with 200 questions: its four heavy pages, and their statements."""

import statistics
import time

from flask import Flask
from flask.testing import FlaskClient

from benchmarks import questionnaires
from benchmarks.answers import IS_QUICK, consultation, filled
from tests.conftest import make_account
from tests.opportunities.conftest import counted
from vrn_community import create_app
from vrn_community.accounts import services as accounts
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.questionnaires.models import VersionState

SIZES = (5, 200)
REQUESTS = 20 if IS_QUICK else 60
#: Server time that a page may take, in milliseconds.
TARGET = 100


def _pages(questions: int) -> dict[str, str]:
    """Return the addresses of the pages about a draft with so many questions."""
    asked = questionnaires.long(sections=questions // questionnaires.EACH)
    opportunity, version = consultation(asked)
    version.state = VersionState.DRAFT
    db.session.commit()
    there = f"/desk/opportunities/{opportunity.id}/questions"
    return {
        "overview, with checks and hints": there,
        "who comes where": f"{there}/versions/{version.id}/map",
        "preview": f"{there}/versions/{version.id}",
        "one question": f"{there}/questions/s0q0",
        "ready-made sections": f"{there}/blocks",
    }


def _publisher(app: Flask) -> FlaskClient:
    token = accounts.begin_session(
        make_account(Role.PUBLISHER, email="bench@example.org"), is_proved=True
    )
    db.session.commit()
    client = app.test_client()
    client.set_cookie("desk", token, path="/desk")
    return client


def _measure(name: str, client: FlaskClient, url: str) -> None:
    client.get(url)
    waits = []
    before = time.process_time()
    for _number in range(REQUESTS):
        began = time.perf_counter()
        answer = client.get(url)
        waits.append((time.perf_counter() - began) * 1_000)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}.")
    cpu = (time.process_time() - before) * 1_000 / REQUESTS
    with client.application.app_context(), counted() as statements:
        client.get(url)
    p50, p95 = statistics.median(waits), sorted(waits)[int(len(waits) * 0.95)]
    print(f"{name:44} {p50:8.2f} {p95:8.2f} {cpu:8.2f} {len(statements):10}", flush=True)


def main() -> None:
    """Print the table."""
    heading = f"the builder, target {TARGET} ms"
    print(f"\n{heading:44} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'statements':>10}")
    with filled("sqlite") as (found, *_others):
        pages = {questions: _pages(questions) for questions in SIZES}
        db.session.remove()
        app = create_app(found.settings)
        with app.app_context():
            client = _publisher(app)
        for questions, addresses in pages.items():
            for name, url in addresses.items():
                _measure(f"{name}, {questions} questions", client, url)


if __name__ == "__main__":
    main()
