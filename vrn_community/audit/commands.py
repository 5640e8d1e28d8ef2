"""Commands of the operator about the audit trail: `flask --app wsgi audit <command>`."""

import click
from flask.cli import AppGroup

from vrn_community.audit import queries, services

audit = AppGroup("audit", help="Show that the audit trail is as it was written.")


@audit.command("verify")
@click.option("--head", help="What `audit head` printed at some time: it must still be there.")
def verify(head: str | None) -> None:
    """Read the whole audit trail and say whether any entry was changed or cut out."""
    result = services.check_chain()
    if not result.is_sound:
        raise click.ClickException(f"Entry {result.first_wrong} is not as it was written.")
    if head and not services.has_head(head):
        begin = services.beginning().number
        earlier = f" Entries before {begin} were taken away after six years." if begin > 1 else ""
        raise click.ClickException(
            f"{head} is not there: the trail was cut, or written anew.{earlier}"
        )
    click.echo(f"{result.entries} entries, all as they were written.")


@audit.command("head")
def head() -> None:
    """Print the number and the hash of the newest entry, to be kept outside the service."""
    last = queries.last()
    click.echo(services.head_of(last) if last else "There are no entries.")
