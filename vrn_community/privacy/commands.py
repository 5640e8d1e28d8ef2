"""The command of the operator that deletes what is over: `flask --app wsgi apply-retention`."""

from collections import Counter

import click

from vrn_community.extensions import db
from vrn_community.privacy import running
from vrn_community.privacy.retention import CLASSES, RetentionClass


@click.command("apply-retention")
@click.option("--dry-run", is_flag=True, help="Only say what is over, and change nothing.")
def apply_retention(dry_run: bool) -> None:
    """Delete what is over, class by class; safe to stop and to run again."""
    over = {kind: running.due(kind) for kind in CLASSES}
    db.session.rollback()
    done: Counter[RetentionClass] = Counter()
    if not dry_run:
        with click.progressbar(length=sum(over.values()), label="Deleting what is over") as bar:
            for kind, number in running.run():
                done[kind] += number
                bar.update(number)
    running.tidy(done)
    for kind, number in (over if dry_run else done).items():
        if number:
            click.echo(f"{number:6} {kind.name}")
    click.echo("Nothing was changed." if dry_run else "What is over is deleted.")
