"""Commands of the operator about keys: `flask --app wsgi keys <command>`."""

import click
from flask.cli import AppGroup

from vrn_community import audit, config
from vrn_community.contributions import queries as contributions
from vrn_community.extensions import db
from vrn_community.foundation import crypto, record_keys, rotation
from vrn_community.privacy import settling

keys = AppGroup("keys", help="Change the data key while the service runs; see that all opens.")


@keys.command("status")
def status() -> None:
    """Say what each data key has sealed, and whether an older one is still needed."""
    at_hand = [crypto.mark_of(key).hex() for key in config.current().data_keys]
    found = rotation.marks()
    click.echo(f"Key {at_hand[0]} seals: {found.pop(at_hand[0]):,} values.")
    for mark in at_hand[1:]:
        click.echo(f"Key {mark} opens: {(number := found.pop(mark)):,} values. {_advice(number)}")
    problems = [f"{n:,} values need key {mark}, which is not here." for mark, n in found.items()]
    problems += [f"{n:,} of {table} have no key." for table, n in record_keys.missing().items()]
    if problems:
        raise click.ClickException("\n".join(problems))


def _advice(number: int) -> str:
    if number:
        return "Run `keys rotate`."
    return (
        "Nothing stored needs it. Forms that people had open when it became an older key need it "
        "for a day; backups from before, as long as you keep them."
    )


@keys.command("rotate")
def rotate() -> None:
    """Seal under the first data key what older ones have sealed; safe to stop and to repeat."""
    total = done = rotation.left()
    with click.progressbar(length=total, label="Values") as bar:
        for number in rotation.rotate():
            bar.update(number)
    if left := rotation.left():
        raise click.ClickException(f"{left:,} values are as before. Run it again, then `status`.")
    if done:
        mark = crypto.mark_of(config.current().data_keys[0]).hex()
        audit.record("keys:rotate", None, actor=None, values=done, key=mark)
        db.session.commit()
    click.echo(f"{done:,} values were sealed anew.")


@keys.command("settle")
@click.option("--yes", is_flag=True, help="Do not ask.")
def settle(yes: bool) -> None:
    """After a restore, delete again what was deleted after the backup: the keys are gone."""
    lost = settling.lost()
    sent = lost.pop("Contribution", 0)
    others = sum(lost.values())
    if (sent or others) and not yes:
        click.confirm(
            f"{sent:,} of {contributions.count_all():,} contributions and {others:,} other rows "
            "have no key, for they were taken back or were over after the backup. (Or the copy of "
            "keys is older than the backup: then restore a newer one.) Delete them again?",
            abort=True,
        )
    settling.settle()
    unused = record_keys.forget_unused()
    audit.record("keys:settle", None, actor=None, contributions=sent, rows=others, keys=unused)
    db.session.commit()
    click.echo(
        f"{sent:,} contributions, {others:,} other rows and {unused:,} keys without a record "
        "were deleted."
    )
