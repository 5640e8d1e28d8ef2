"""Commands of the operator: `flask --app wsgi <command>`."""

from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from vrn_community import config
from vrn_community.extensions import db
from vrn_community.foundation import backups

_FILE = click.Path(dir_okay=False, path_type=Path)
_FILE_THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


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


@click.command("backup")
@click.argument("target", type=_FILE)
@click.option("--keys", type=_FILE, help="Where the keys go, if not beside the copy.")
def backup(target: Path, keys: Path | None) -> None:
    """Copy the SQLite database to a file while the service runs, and its keys to another."""
    settings = config.current()
    if not settings.uses_sqlite:
        raise click.ClickException("Use pg_dump for PostgreSQL: the README says how.")
    keys = keys or target.with_name(target.name + backups.KEYS_SUFFIX)
    database = db.engine.url.database or ""
    _take(lambda: backups.copy(database, target, keys, _show_progress))
    click.echo(f"\nCopied to {target}, and the keys of records to {keys}: keep them apart.")
    if gone := backups.forget_old_keys(keys.parent, settings.keep_key_copies):
        days = settings.keep_key_copies.days
        click.echo(f"Deleted {gone} copies of keys that were older than {days} days.")


@click.command("restore")
@click.argument("source", type=_FILE_THERE)
@click.option("--keys", type=_FILE_THERE, required=True, help="The newest copy of keys.")
def restore(source: Path, keys: Path) -> None:
    """Make the SQLite database of a backup and a copy of keys; there must be none yet."""
    if not config.current().uses_sqlite:
        raise click.ClickException("Use pg_restore for PostgreSQL: the README says how.")
    target = Path(db.engine.url.database or "")
    _take(lambda: backups.restore(source, keys, target))
    click.echo(
        "Restored. Now run `db upgrade`, `apply-retention`, `keys settle` and `audit verify`."
    )


def _take(act: Callable[[], None]) -> None:
    try:
        act()
    except FileExistsError as error:
        raise click.ClickException(f"{error.filename} exists already.") from error
    except backups.DamagedError as error:
        raise click.ClickException(
            f"The database is damaged, so there is no copy: {error}"
        ) from error


def _show_progress(_status: int, remaining: int, total: int) -> None:
    done = 100 if not total else round(100 * (total - remaining) / total)
    click.echo(f"\r{done:3} %", nl=False)


def init_app(app: Flask) -> None:
    """Add the commands."""
    from vrn_community.audit.commands import audit
    from vrn_community.insights.commands import insights
    from vrn_community.moderation.commands import screening
    from vrn_community.privacy.commands import apply_retention
    from vrn_community.privacy.keys import keys
    from vrn_community.questionnaires.commands import questionnaire
    from vrn_community.responses.commands import responses

    commands = (create_admin, load_partnership, load_demo, remove_demo, backup, restore)
    groups = (audit, keys, questionnaire, responses, screening, insights)
    for command in (*commands, apply_retention, *groups):
        app.cli.add_command(command)
