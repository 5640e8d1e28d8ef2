"""Measure the register with 2,000 activities and all that followed: at most 30 ms a page.

What is counted is counted once after each act: what that takes stands first, and then the page.
The yardstick is the smallest page of Flask, in the same run: it says how fast the machine is.

What stands in it says `filling`. A file or a feed holds many rows: their time is shown, not judged.

With VRN_BENCH_QUICK=1 a tenth of it; with DATABASE_URL on that database, which must be empty.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from benchmarks import filling, hello
from benchmarks.filling import Filled
from vrn_community import config, create_app, demo
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account, AccountRole
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db

ACTIVITIES = 2_000
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
    "from an aim to changes": "/priorities/aims/feeling-safe?n={}",
    "one outcome": "/register/{code}?n={}",
    "one insight": "/insights/{insight}?n={}",
    "one recommendation": "/recommendations/{recommendation}?n={}",
    "one decision": "/decisions/{decision}?n={}",
    "one change": "/changes/{change}?n={}",
    "what was heard": "/heard?n={}",
    "the page of the board": "/desk/board?n={}",
    "the board, all that was asked": "/desk/board/recommendations?n={}",
}
#: Many rows at once: shown, not judged.
FILES = {
    "news (Atom)": "/register.atom?n={}",
    "register (CSV)": "/register.csv?n={}",
    "recommendations (CSV)": "/register/recommendations.csv?n={}",
}


def client_of(app: Flask) -> FlaskClient:
    """Return a client that is signed in for the board at the desk, and unknown elsewhere."""
    client = app.test_client()
    client.set_cookie("desk", app.config["BOARD_TOKEN"], path="/desk")
    return client


def sign_in(app: Flask) -> None:
    """Let somebody of the board sign in."""
    of_board = Account.held_roles.any(AccountRole.role == Role.BOARD_MEMBER)
    member = db.session.scalars(select(Account).where(of_board)).first()
    if member is None:
        raise RuntimeError("The demonstration has nobody on the board.")
    app.config["BOARD_TOKEN"] = accounts.begin_session(member, is_proved=True)
    db.session.commit()


def statements_of(app: Flask, path: str) -> int:
    """Return how many statements a page takes that no process has kept."""
    sent: list[str] = []

    def note(*details: object) -> None:
        sent.append(str(details[2]))

    app.extensions.pop("memory", None)
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    client_of(app).get(path)
    event.remove(engine, "before_cursor_execute", note)
    return len(sent)


def first_ms(app: Flask, path: str) -> float:
    """Return the time of a page of which nothing is remembered."""
    app.extensions.pop("memory", None)
    began = time.perf_counter()
    client_of(app).get(path)
    return (time.perf_counter() - began) * 1_000


def milliseconds(client: FlaskClient, path: str, requests: int = REQUESTS) -> tuple[float, float]:
    """Return the median times of a page that no process has kept: on the clock, and of work."""
    waited, worked = [], []
    for number in range(requests):
        began, busy = time.perf_counter(), time.process_time()
        answer = client.get(path.replace("{}", str(number)))
        waited.append((time.perf_counter() - began) * 1_000)
        worked.append((time.process_time() - busy) * 1_000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}.")
    return statistics.median(waited[1:]), statistics.median(worked[1:])


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
    # No context stays open around a request: it would share its database session.
    with app.app_context():
        db.create_all()
        demo.load()
        db.session.commit()
        few_rows = filling.fill(ACTIVITIES // share // 4)
        sign_in(app)
    for path in PATHS.values():
        statements_of(app, _path(path, few_rows, "first"))
    few = {name: statements_of(app, _path(path, few_rows, "few")) for name, path in PATHS.items()}
    with app.app_context():
        filled = filling.fill(ACTIVITIES // share)
        if not settings.uses_sqlite:
            db.session.execute(db.text("ANALYZE"))
            db.session.commit()
    return measured(app, filled, few)


def measured(app: Flask, filled: Filled, few: dict[str, int]) -> int:
    """Print a line for each page and each file; 1 if a page takes more than it may."""
    print(HEADINGS)
    taken, work = milliseconds(hello.app.test_client(), "/")
    print(f"{YARDSTICK:32} {'':8} {taken:8.2f} {work:8.2f}")
    wrong = 0
    for name, path in PATHS.items():
        first = first_ms(app, _path(path, filled, "first"))
        many = statements_of(app, _path(path, filled, "many"))
        taken, work = milliseconds(client_of(app), _path(path, filled, "{}"))
        found = verdict(taken, many > few[name])
        wrong += found != WITHIN
        times = f"{first:8.1f} {taken:8.2f} {work:8.2f}"
        print(f"{name:32} {times} {many:12} {few[name]:9}  {found}")
    for name, path in FILES.items():
        taken, work = milliseconds(client_of(app), _path(path, filled, "{}"), 3)
        print(f"{name:32} {'':8} {taken:8.2f} {work:8.2f}")
    return min(wrong, 1)


def _path(path: str, of: Filled, number: str) -> str:
    for name, value in vars(of).items():
        path = path.replace(f"{{{name}}}", str(value))
    return path.replace("{}", number)


if __name__ == "__main__":
    sys.exit(main())
