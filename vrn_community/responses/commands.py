"""Commands of the operator about answers: `flask --app wsgi responses <command>`."""

from dataclasses import dataclass, field
from pathlib import Path

import click
from flask.cli import AppGroup

from vrn_community.extensions import db
from vrn_community.foundation import i18n
from vrn_community.foundation.errors import NotAllowed
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import queries as questionnaires
from vrn_community.questionnaires.commands import account_of, opportunity_named
from vrn_community.questionnaires.importers.report import Unreadable
from vrn_community.questionnaires.models import QuestionnaireVersion
from vrn_community.responses import ages, columns, importing, rows, sheets
from vrn_community.responses.columns import Columns
from vrn_community.responses.models import Way

responses = AppGroup("responses", help="Bring in answers that people gave elsewhere.")


@dataclass
class Found:
    """What a file holds: people, and what of it cannot be carried."""

    where: Columns
    people: list[rows.Person] = field(default_factory=list)
    problems: list[rows.Problem] = field(default_factory=list)


@responses.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--opportunity", "named", required=True, help="The code or the id of it.")
@click.option("--map", "mappings", multiple=True, metavar="COLUMN=QUESTION[.PART]")
@click.option("--way", type=click.Choice([way.value for way in importing.WAYS]), default="paper")
@click.option("--as", "email", default="", help="The e-mail address of the account that does it.")
@click.option("--dry-run", is_flag=True, help="Only say what would come.")
@click.option("--leave-out", is_flag=True, help="Store the rest if cells cannot be carried.")
def import_file(  # noqa: PLR0913 - one argument for each option.
    file: Path,
    named: str,
    mappings: tuple[str, ...],
    way: str,
    email: str,
    dry_run: bool,
    leave_out: bool,
) -> None:
    """Read a CSV file with a line for each person, and take in what they answered."""
    if file.stat().st_size > sheets.LARGEST:
        raise click.ClickException(f"The file is larger than {sheets.LARGEST // 1024**2} MB.")
    content = file.read_bytes()
    opportunity = opportunity_named(named)
    version = questionnaires.published(opportunity.id)
    if version is None:
        raise click.ClickException("The opportunity has no questions in use.")
    found = _read(content, opportunity, version, mappings)
    _tell(found)
    if dry_run:
        click.echo("Nothing was changed.")
        return
    if found.problems and not leave_out:
        raise click.ClickException("Nothing was changed. With --leave-out the rest is stored.")
    _store(found, version, Way(way), email)


def _read(
    content: bytes,
    opportunity: Opportunity,
    version: QuestionnaireVersion,
    mappings: tuple[str, ...],
) -> Found:
    documents = {tag: questionnaires.document(version, tag) for tag in i18n.LANGUAGES}
    source = documents[i18n.SOURCE]
    try:
        sheet = sheets.read(content)
        known = columns.targets(source, ages.whole_block(source))
        found = Found(columns.read(mappings, sheet.headings, known))
    except Unreadable as refusal:
        raise click.ClickException(f"The file cannot be read. {refusal}") from refusal
    token = importing.token_of(opportunity, content)
    reader = rows.Reader(opportunity, documents, found.where, token)
    with click.progressbar(sheet.rows, label="Reading") as shown:
        for row in shown:
            person, problems = reader.read(row)
            found.people += [person] if person else []
            found.problems += problems
    return found


def _tell(found: Found) -> None:
    for at, name in found.where.names.items():
        click.echo(f"Column “{found.where.headings[at]}” goes to {name}.")
    for heading in found.where.unused:
        click.echo(f"Column “{heading}” is left out: it goes nowhere.")
    for problem in found.problems:
        column = f", column “{problem.column}” ({problem.holds})" if problem.column else ""
        click.echo(f"Line {problem.line}{column}: {problem.reason}")
    cells = f"{len(found.problems)} cells or lines cannot be carried"
    click.echo(f"{len(found.people)} people; {cells}")


def _store(found: Found, version: QuestionnaireVersion, way: Way, email: str) -> None:
    account = account_of(email)
    people, left_out = importing.in_no_order(found.people), len(found.problems)
    try:
        with click.progressbar(people, label="Storing") as shown:
            new = importing.store(version, shown, way=way, left_out=left_out, by=account)
    except NotAllowed as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"{new} people stored; {len(found.people) - new} were here already.")
