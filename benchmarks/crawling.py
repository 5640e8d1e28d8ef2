"""A stranger's scanner (wapiti) walks through the demonstration and attacks what it finds."""

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from tests import databases
from tests.browser import server
from vrn_community import config
from vrn_community.accounts import services as accounts
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db

PROGRAM = config.PROJECT_ROOT / ".venv" / "crawler" / "bin" / "wapiti"
#: Its attacks that need no server of its makers. Not those on flags of cookies: a demonstration
#: runs over http, where a cookie cannot be secure; a test has those of https.
ATTACKS = (
    "crlf", "csp", "exec", "file", "http_headers", "inconsistent_redirection",
    "permanentxss", "redirect", "sql", "upload", "xss", "xxe",
)  # fmt: skip
SECONDS = 280
#: What would end the visit at once.
ENDS = ("/desk/sign-out",)


@dataclass(frozen=True)
class Scan:
    """What the scanner saw and what it reports."""

    pages: int
    reports: list[str]


def scan(folder: Path, site: str, *, start: str = "/", token: str = "") -> Scan:
    """Let the scanner in at an address; a token makes it somebody who is signed in."""
    target = folder / "report.json"
    command = [str(PROGRAM), "-u", f"{site}{start}", "--scope", "folder", "-m", ",".join(ATTACKS)]
    command += ["--flush-session", "--no-bugreport", "-f", "json", "-o", str(target)]
    command += [
        "--max-scan-time",
        str(SECONDS),
        "--store-session",
        str(folder),
        "--detailed-report",
        "1",
    ]
    command += [part for path in ENDS for part in ("-x", f"{site}{path}")]
    command += ["-H", f"Cookie: desk={token}"] if token else []
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if not target.exists():
        raise RuntimeError(run.stdout[-2_000:] + run.stderr[-2_000:])
    report = json.loads(target.read_text("utf-8"))
    found = {**report["vulnerabilities"], **report["anomalies"]}
    reports = [
        f"{kind}: {one['method']} {one['path']} {one['info']}"
        for kind in found
        for one in found[kind]
    ]
    return Scan(report["infos"]["crawled_pages_nbr"], reports)


def administrator(folder: Path) -> str:
    """Return the token of a session of the demonstration's administrator."""
    settings = config.Settings(mode=config.Mode.DEMO, data_dir=folder)
    with databases.opened(settings):
        wanted = Account.email == f"{Role.ADMINISTRATOR}@demo.example"
        token = accounts.begin_session(
            db.session.scalars(select(Account).where(wanted)).one(), is_proved=True
        )
        db.session.commit()
    return token


def visit(start: str) -> Scan:
    """Scan a demonstration of its own, as a visitor or, below the desk, as an administrator."""
    folder = Path(tempfile.mkdtemp(prefix="vrn-crawl-"))
    server.prepare(folder)
    token = administrator(folder) if start != "/" else ""
    with server.serving(folder) as site:
        return scan(folder, site, start=start, token=token)
