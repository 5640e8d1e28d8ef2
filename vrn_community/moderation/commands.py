"""Commands of the operator about screening: `flask --app wsgi screening <command>`."""

import click
from flask.cli import AppGroup

from vrn_community.moderation import jobs, queries

screening = AppGroup("screening", help="Look through words that wait for a moderator.")


@screening.command("again")
def again() -> None:
    """Look waiting words through again with the phrase lists as they are now."""
    total = queries.number_waiting()
    with click.progressbar(length=total, label="Waiting texts") as bar:
        for count in jobs.each_batch():
            bar.update(count)
    click.echo(f"{total} waiting texts were looked through.")
