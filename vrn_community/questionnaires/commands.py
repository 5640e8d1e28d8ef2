"""Commands of the operator about questionnaires: `flask --app wsgi questionnaire <command>`."""

from pathlib import Path
from uuid import UUID

import click
from flask.cli import AppGroup
from sqlalchemy.exc import NoResultFound

from vrn_community.accounts import queries as accounts
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.opportunities import queries as opportunities
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import (
    exporters,
    importers,
    offences,
    queries,
    readiness,
    services,
)
from vrn_community.questionnaires.importers.report import LEVELS, Imported, Unreadable

LARGEST = 20 * 1024 * 1024


questionnaire = AppGroup(
    "questionnaire", help="Bring questionnaires in from files, and give them out as files."
)


@questionnaire.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--opportunity", help="The code or the id of the opportunity that gets the draft.")
@click.option("--as", "email", default="", help="The e-mail address of the account that does it.")
@click.option("--dry-run", is_flag=True, help="Only say what would come.")
def import_file(file: Path, opportunity: str | None, email: str, dry_run: bool) -> None:
    """Read a file (XLSForm, .lss or .json), report what became of it, and make it a draft."""
    if file.stat().st_size > LARGEST:
        raise click.ClickException("The file is larger than 20 MB.")
    try:
        found = importers.read(file.read_bytes())
    except Unreadable as refusal:
        raise click.ClickException(f"The file cannot be read. {refusal}") from refusal
    by = account_of(email) if opportunity and not dry_run else None
    target = opportunity_named(opportunity) if opportunity else None
    _tell(found, target)
    if by is None or target is None:
        click.echo("Nothing was changed.")
        return
    version = services.take_over(target, found, by=by)
    db.session.commit()
    click.echo(f"Version {version.number} is the draft now.")


def _tell(found: Imported, target: Opportunity | None) -> None:
    for line in found.report:
        click.echo(f"{LEVELS[line.level]}: {line.where}: {line.message}")
    questions = len(list(found.document.questions()))
    click.echo(f"{len(found.document.sections)} pages, {questions} questions")
    problems = readiness.problems(found.document)
    for problem in problems + (offences.problems(target, found.document) if target else []):
        click.echo(f"To mend before people can answer: {problem.message}")


@questionnaire.command("export")
@click.argument("named", metavar="OPPORTUNITY")
@click.option("--format", "format_", type=click.Choice(list(exporters.FORMATS)), default="json")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path))
def export(named: str, format_: str, output: Path | None) -> None:
    """Write the version in use, or else the draft, of an opportunity to a file."""
    opportunity = opportunity_named(named)
    version = queries.published(opportunity.id) or queries.draft(opportunity.id)
    if version is None:
        raise click.ClickException("The opportunity has no questions.")
    known = exporters.FORMATS[format_]
    target = output or Path(f"questions-{opportunity.code}{known.ending}")
    target.write_bytes(known.write(queries.document(version)))
    click.echo(f"Version {version.number} is in {target}.")


def account_of(email: str) -> Account:
    """Return the account that does what a command does."""
    account = accounts.by_email(email) if email else None
    if account is None:
        raise click.ClickException("Name the account that does it, with --as.")
    return account


def opportunity_named(named: str) -> Opportunity:
    """Return an opportunity by its id or its code."""
    try:
        key = UUID(named)
    except ValueError:
        key = None
    try:
        return opportunities.opportunity(key) if key else opportunities.of_any_state(named)
    except NoResultFound as error:
        raise click.ClickException(f"There is no opportunity {named}.") from error
