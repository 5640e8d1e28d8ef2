"""Commands of the operator: `flask --app wsgi <command>`."""

from pathlib import Path

import click
import pysqlite3.dbapi2
from flask import Flask

from vrn_community import config
from vrn_community.extensions import db


@click.command("create-admin")
@click.argument("email")
@click.argument("name")
def create_admin(email: str, name: str) -> None:
    """Invite an administrator and print the single-use link."""
    from vrn_community.accounts import services
    from vrn_community.accounts.roles import Role

    _account, token = services.invite(email, name, [Role.ADMINISTRATOR], by=None)
    db.session.commit()
    base = config.current().desk_url
    click.echo(f"{base}/desk/invitation/{token}")


@click.command("load-partnership")
def load_partnership() -> None:
    """Load the areas, bodies, priorities, help lines and figures; safe to run again."""
    from vrn_community.partnership import loader

    for name, count in loader.load().items():
        click.echo(f"{count:6} {name}")
    db.session.commit()


@click.command("load-demo")
def load_demo() -> None:
    """Load accounts and opportunities for a demonstration; safe to run again."""
    from vrn_community import demo

    if config.current().mode is config.Mode.PRODUCTION:
        raise click.ClickException("Demo data is never loaded in production.")
    for name, count in demo.load().items():
        click.echo(f"{count:6} {name}")
    db.session.commit()


@click.command("remove-demo")
def remove_demo() -> None:
    """Remove everything that load-demo made, unless something else relies on it."""
    from vrn_community.demo import removal

    try:
        number = removal.remove()
    except removal.StillInUse as refused:
        lines = "\n".join(("Nothing was removed. First mend this:", *refused.rows))
        raise click.ClickException(lines) from refused
    click.echo(f"{number:6} rows removed")
    db.session.commit()


@click.command("check-audit")
def check_audit() -> None:
    """Read the whole audit trail and say whether any entry was changed or cut out."""
    from vrn_community.audit import services

    result = services.check_chain()
    if not result.is_sound:
        raise click.ClickException(f"Entry {result.first_wrong} is not as it was written.")
    click.echo(f"{result.entries} entries, all as they were written.")


@click.command("backup")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def backup(target: Path) -> None:
    """Copy the SQLite database to a file while the service runs."""
    settings = config.current()
    if not settings.uses_sqlite:
        raise click.ClickException("Use pg_dump for PostgreSQL.")
    if target.exists():
        raise click.ClickException(f"{target} exists already.")
    target.touch(mode=0o600)
    source = pysqlite3.dbapi2.connect(db.engine.url.database)
    copy = pysqlite3.dbapi2.connect(str(target))
    try:
        source.backup(copy, pages=1000, progress=_show_progress)
        state = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except pysqlite3.dbapi2.DatabaseError as error:
        state = str(error)
    finally:
        copy.close()
        source.close()
    if state != "ok":
        target.unlink()
        raise click.ClickException(f"The database is damaged, so there is no copy: {state}")
    click.echo(f"\nCopied to {target}.")


def _show_progress(_status: int, remaining: int, total: int) -> None:
    done = 100 if not total else round(100 * (total - remaining) / total)
    click.echo(f"\r{done:3} %", nl=False)


def init_app(app: Flask) -> None:
    """Add the commands."""
    from vrn_community.insights.commands import insights
    from vrn_community.moderation.commands import screening
    from vrn_community.questionnaires.commands import questionnaire
    from vrn_community.responses.commands import responses

    commands = (create_admin, load_partnership, load_demo, remove_demo, check_audit, backup)
    for command in (*commands, questionnaire, responses, screening, insights):
        app.cli.add_command(command)
