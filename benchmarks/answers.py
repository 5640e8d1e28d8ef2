"""How many complete responses a second, and what each costs, however many are stored."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from benchmarks.measure import HEADINGS, measure
from benchmarks.people import Answerer, form, pace
from benchmarks.serving import serving
from tests import databases
from tests.factories.opportunities import make_opportunity
from vrn_community import config, create_app, demo
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Contribution, Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.insights.models import Release
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState
from vrn_community.responses.models import Response

STORED = (0, 10_000, 100_000)
USERS = (1, 8, 32)
SECONDS = 6.0
WORKERS = 2
WORDS = "It is dark behind the shops, and nobody is there when the last bus has gone. " * 2


def _single(key: str) -> dict[str, Any]:
    choices = [{"id": f"c{n}", "text": f"Answer number {n}"} for n in range(1, 6)]
    return {"kind": "single-choice", "id": key, "text": f"Question {key}?", "choices": choices}


def _statement(key: str) -> dict[str, Any]:
    return {"kind": "agreement-scale", "id": key, "text": f"Statement {key}."}


#: Ten questions on three pages: what LimeSurvey and adhocracy+ were measured with.
DOCUMENT: dict[str, Any] = {
    "asks_age_band": False,
    "sections": [
        {"id": "s1", "title": "First", "questions": [_single("q1"), _single("q2"), _single("q3")]},
        {
            "id": "s2",
            "title": "Second",
            "questions": [
                _statement("q4"),
                _statement("q5"),
                {**_single("q6"), "kind": "multiple-choice"},
            ],
        },
        {
            "id": "s3",
            "title": "Third",
            "questions": [
                {"kind": "area", "id": "q7", "text": "Where?"},
                _single("q8"),
                _single("q9"),
                {"kind": "long-text", "id": "q10", "text": "What would help?"},
            ],
        },
    ],
}
#: What one person sends: start, three sections, the check page.
PAGES = (
    form(go="next"),
    form(go="next", q1="c1", q2="c2", q3="c3"),
    form(go="next", q4="agree", q5="disagree") + b"&q6=c1&q6=c2",
    form(go="next", q7="e06000016", q8="c4", q9="c5", q10=WORDS),
    form(go="send", may_quote="y"),
)


def _consultation() -> tuple[Opportunity, QuestionnaireVersion]:
    author = db.session.scalars(select(Account).limit(1)).one()
    made = make_opportunity(author, is_public=True, min_age=18)
    document = Questionnaire.model_validate(DOCUMENT).model_dump(mode="json")
    version = QuestionnaireVersion(
        opportunity_id=made.id, number=1, state=VersionState.PUBLISHED, document=document
    )
    db.session.add(version)
    db.session.flush()
    return made, version


def _store(opportunity: Opportunity, version: QuestionnaireVersion, total: int) -> None:
    """Store responses in bulk, as the service would have stored them one by one."""
    answers = {f"q{n}": f"c{n % 5 + 1}" for n in (1, 2, 3, 8, 9)}
    for start in range(0, total, 5_000):
        keys = [uuid.uuid4() for _ in range(min(5_000, total - start))]
        contribution = {"opportunity_id": opportunity.id, "received_on": clock.today()}
        rows = [{**contribution, "id": key, "receipt_hash": uuid.uuid4().hex} for key in keys]
        db.session.execute(insert(Contribution), rows)
        response = {"version_id": version.id, "answers": answers, "profile": {}}
        db.session.execute(insert(Response), [{**response, "contribution_id": k} for k in keys])
        db.session.execute(insert(Passage), [_passage(key) for key in keys])
    db.session.commit()


def _passage(contribution_id: uuid.UUID) -> dict[str, Any]:
    key = uuid.uuid4()
    return {
        "id": key,
        "contribution_id": contribution_id,
        "question_id": "q10",
        "state": PassageState.PENDING,
        "sealed_words": crypto.seal(WORDS, "passage", str(key)),
    }


@contextmanager
def _filled(kind: str) -> Iterator[tuple[databases.Database, Opportunity, QuestionnaireVersion]]:
    with databases.of_kind(kind, "bench") as found:
        settings = config.Settings(
            mode=config.Mode.DEMO,
            data_dir=found.settings.data_dir,
            database_url=found.settings.database_url,
        )
        app = create_app(settings)
        with app.app_context():
            demo.load()
            opportunity, version = _consultation()
            db.session.commit()
            yield databases.Database(kind, settings), opportunity, version
            db.session.remove()
            db.engine.dispose()


def _measure(kind: str) -> None:
    stored = 0
    with _filled(kind) as (found, opportunity, version):
        path = f"/o/{opportunity.code}/answer"
        results = f"/register/{_released_code()}"
        for total in STORED:
            _store(opportunity, version, total - stored)
            own = {"DATABASE_URL": found.settings.database_url}
            with serving("tests.crowded:app", found.settings.data_dir, workers=WORKERS, **own) as (
                site,
                pid,
            ):
                for users in USERS:
                    people = [Answerer(site, path, PAGES) for _ in range(users)]
                    got = pace(people, pid, SECONDS)
                    name = f"{kind}, {total:,} stored, {users} people"
                    print(f"{name:44} {got.rate:8.1f} {got.cpu:8.2f}", flush=True)
                figures = measure(f"{site}{results}", pid)
                print(f"{f'{kind}, {total:,} stored, frozen results':44} {figures.p50:8.2f} ms p50")
            stored = db.session.query(Response).filter_by(version_id=version.id).count()


def _released_code() -> str:
    release = db.session.scalars(select(Release).limit(1)).one()
    opportunity = db.session.get_one(Opportunity, release.opportunity_id)
    return opportunity.code


def _yardsticks() -> None:
    folder = Path(tempfile.mkdtemp(prefix="vrn-bench-"))
    print(HEADINGS)
    with serving("benchmarks.hello:app", folder) as (site, pid):
        print(measure(f"{site}/", pid, requests=2_000).line('Flask "hello"'))
    with serving("benchmarks.inserting:app", folder) as (site, pid):
        print(measure(f"{site}/", pid, requests=2_000).line("Flask and one safe row of SQLite"))


def main() -> None:
    """Print the tables."""
    _yardsticks()
    print(f"\n{f'complete responses, {WORKERS} workers':44} {'per s':>8} {'CPU ms':>8}")
    for kind in ("sqlite", *(["postgresql"] if databases.has_postgresql() else [])):
        _measure(kind)


if __name__ == "__main__":
    main()
