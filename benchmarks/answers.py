"""How many complete responses a second, and what each costs, however many are stored."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from benchmarks import questionnaires
from benchmarks.measure import HEADINGS, measure, size_of, weights_of
from benchmarks.people import Answerer, Browser, pace
from benchmarks.serving import serving
from tests import databases
from tests.factories.opportunities import make_opportunity
from vrn_community import config, create_app, demo
from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Contribution, Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation import clock, record_keys
from vrn_community.insights.models import Release
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState
from vrn_community.responses.models import Response

#: With the variable set, `make bench` takes a minute or two: fewer rows, fewer people.
IS_QUICK = bool(os.environ.get("VRN_BENCH_QUICK"))
STORED = (0, 1_000) if IS_QUICK else (0, 10_000, 100_000)
USERS = (1, 8) if IS_QUICK else (1, 8, 32)
SECONDS = 2.0 if IS_QUICK else 6.0
WORKERS = 2


def consultation(asked: dict[str, Any]) -> tuple[Opportunity, QuestionnaireVersion]:
    """Return an open consultation that asks this."""
    author = db.session.scalars(select(Account).limit(1)).one()
    made = make_opportunity(author, is_public=True, min_age=18)
    document = Questionnaire.model_validate(asked).model_dump(mode="json")
    version = QuestionnaireVersion(
        opportunity_id=made.id, number=1, state=VersionState.PUBLISHED, document=document
    )
    db.session.add(version)
    db.session.flush()
    return made, version


def store(opportunity: Opportunity, version: QuestionnaireVersion, total: int) -> None:
    """Store responses in bulk, as the service would have stored them one by one."""
    answers = {f"q{n}": f"c{n % 5 + 1}" for n in (1, 2, 3, 8, 9)}
    for start in range(0, total, 5_000):
        keys = [uuid.uuid4() for _ in range(min(5_000, total - start))]
        contribution = {"opportunity_id": opportunity.id, "received_on": clock.today()}
        rows = [{**contribution, "id": key, "receipt_hash": uuid.uuid4().hex} for key in keys]
        db.session.execute(insert(Contribution), rows)
        response = {"version_id": version.id, "answers": answers, "profile": {}}
        db.session.execute(insert(Response), [{**response, "contribution_id": k} for k in keys])
        made = record_keys.make([uuid.uuid4() for _each in keys])
        rows = [_passage(key, *own) for key, own in zip(keys, made.items(), strict=True)]
        db.session.execute(insert(Passage), rows)
    db.session.commit()


def _passage(contribution_id: uuid.UUID, passage_id: uuid.UUID, key: bytes) -> dict[str, Any]:
    return {
        "id": passage_id,
        "contribution_id": contribution_id,
        "question_id": "q10",
        "state": PassageState.PENDING,
        "sealed_words": Passage.sealed_by(key, passage_id, questionnaires.WORDS),
    }


@contextmanager
def filled(kind: str) -> Iterator[tuple[databases.Database, Opportunity, QuestionnaireVersion]]:
    """Give a database with the demonstration, and a consultation that nobody has answered."""
    with databases.of_kind(kind, "bench") as found:
        settings = config.Settings(
            mode=config.Mode.DEMO,
            data_dir=found.settings.data_dir,
            database_url=found.settings.database_url,
        )
        app = create_app(settings)
        with app.app_context():
            demo.load()
            opportunity, version = consultation(questionnaires.SHORT)
            db.session.commit()
            yield databases.Database(kind, settings), opportunity, version
            db.session.remove()
            db.engine.dispose()


def _measure(kind: str) -> None:
    stored = 0
    with filled(kind) as (found, opportunity, version):
        path = f"/o/{opportunity.code}/answer"
        results = f"/register/{_released_code()}"
        long, _version = consultation(questionnaires.LONG)
        long_path = f"/o/{long.code}/answer"
        for total in STORED:
            store(opportunity, version, total - stored)
            own = {"DATABASE_URL": found.settings.database_url}
            with serving("tests.crowded:app", found.settings.data_dir, workers=WORKERS, **own) as (
                site,
                pid,
            ):
                for users in USERS:
                    people = [
                        Answerer(site, path, questionnaires.SHORT_PAGES) for _ in range(users)
                    ]
                    _paced(f"{kind}, {total:,} stored, {users} people", people, pid)
                figures = measure(f"{site}{results}", pid)
                print(f"{f'{kind}, {total:,} stored, frozen results':44} {figures.p50:8.2f} ms p50")
                if not total:
                    one = Answerer(site, long_path, questionnaires.LONG_PAGES)
                    _paced(f"{kind}, 8 sections, 40 questions, 1 person", [one], pid)
                    _weigh(site, path)
            stored = db.session.query(Response).filter_by(version_id=version.id).count()


def _paced(name: str, people: list[Answerer], pid: int) -> None:
    got = pace(people, pid, SECONDS)
    print(f"{name:44} {got.rate:8.1f} {got.cpu:8.2f}", flush=True)


def _weigh(site: str, path: str) -> None:
    """Print what a phone loads for the first page of answering: the page and all that it names."""
    weights = weights_of(Browser(site).get(path).decode(), site)
    weights["page"] = size_of(f"{site}{path}")
    parts = ", ".join(f"{name} {size:,}" for name, size in weights.items())
    print(f"  a page of answering weighs {sum(weights.values()):,} bytes: {parts}")


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
