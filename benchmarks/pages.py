"""Measure the public pages, and the list with 100 times as much in it."""

import tempfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event

from benchmarks.measure import HEADINGS, measure
from benchmarks.serving import serving
from vrn_community import config, create_app, demo
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.opportunities import queries
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity

SMALL, LARGE = 100, 10_000


def fill(total: int) -> str:
    """Add published opportunities up to a number of them, and return the code of one."""
    known = db.session.query(Opportunity).count()
    pattern = db.session.query(Opportunity).filter_by(state=OpportunityState.PUBLISHED).first()
    if pattern is None:
        raise RuntimeError("The demonstration has no published opportunity.")
    columns = {column.key: getattr(pattern, column.key) for column in Opportunity.__table__.columns}
    for number in range(known, total):
        new = {**columns, "code": crypto.new_code(7), "title": f"Opportunity {number}"}
        new["closes_on"] = clock.today() + timedelta(days=number % 90)
        del new["id"]
        made = Opportunity(**new)
        made.areas, made.priorities = list(pattern.areas), list(pattern.priorities)
        db.session.add(made)
    db.session.commit()
    return pattern.code


def count_queries() -> int:
    """Return how many statements one page of the list takes."""
    counted: list[str] = []

    def count(*details: object) -> None:
        counted.append(str(details[2]))

    event.listen(db.engine, "before_cursor_execute", count)
    db.session.expire_all()
    page = queries.public_page(queries.Filters(), 1)
    for row in page:
        assert isinstance(row.areas, list)
    event.remove(db.engine, "before_cursor_execute", count)
    return len(counted)


def main() -> None:
    """Print the table."""
    folder = Path(tempfile.mkdtemp(prefix="vrn-bench-"))
    settings = config.Settings(mode=config.Mode.DEMO, data_dir=folder)
    with create_app(settings).app_context():
        db.create_all()
        demo.load()
        db.session.commit()
        print(HEADINGS)
        with serving("benchmarks.hello:app", folder) as (hello, pid):
            yardstick = measure(f"{hello}/", pid, requests=2_000)
        print(yardstick.line('Flask "hello"'))
        for total in (SMALL, LARGE):
            code = fill(total)
            statements = count_queries()
            with serving("wsgi:app", folder) as (site, pid):
                for name, path in (
                    ("home page", "/"),
                    ("list", "/opportunities"),
                    ("list, filtered", "/opportunities?level=consult&age=13-15&q=way"),
                    ("opportunity", f"/o/{code}"),
                    ("help", "/help"),
                ):
                    figures = measure(f"{site}{path}", pid)
                    print(figures.line(f"{name}, {total:,} opportunities", yardstick))
            print(f"  statements for one page of the list: {statements}")


if __name__ == "__main__":
    main()
