"""Commands of the operator about results: `flask --app wsgi insights <command>`."""

import click
from flask.cli import AppGroup
from flask_babel import gettext
from sqlalchemy.exc import NoResultFound

from vrn_community.accounts import queries as accounts
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.insights import dataset, results, services
from vrn_community.insights.crossing import CrossTable, Group
from vrn_community.insights.disclosure import Refusal
from vrn_community.insights.labels import REASONS
from vrn_community.insights.tabulate import Table
from vrn_community.opportunities import queries as opportunities
from vrn_community.opportunities.models import Opportunity

insights = AppGroup("insights", help="Show results as they may be seen, and release them.")


@insights.command("table")
@click.argument("code")
@click.argument("question")
@click.option("--by", help="The question that divides people: its name, or about:age-band.")
def table(code: str, question: str, by: str | None) -> None:
    """Print the live table of a question, perhaps by another one."""
    found = results.live(_opportunity(code))
    known = {one.key: one for one in found.tables}
    names = [question, *([by] if by else [])]
    if unknown := [name for name in names if name not in known]:
        raise click.ClickException(
            f"There are no answers to {unknown[0]}. There are: {', '.join(known)}."
        )
    try:
        _tell(found.crossed(question, by) if by else known[question])
    except KeyError as error:
        raise click.ClickException(f"Nothing can be divided by {by}.") from error


def _tell(shown: Table | CrossTable | Refusal) -> None:
    if isinstance(shown, Refusal):
        raise click.ClickException(f"Not shown. {gettext(str(REASONS[shown.reason]))}")
    click.echo(shown.text)
    lines = _lines(shown) if isinstance(shown, Table) else _crossed_lines(shown)
    for line in lines:
        click.echo(line)


def _lines(shown: Table) -> list[str]:
    rows = [(row.label, row.count, f"{row.percent} %") for row in shown.rows]
    missing = [("No answer", shown.no_answer, "")] if shown.no_answer is not None else []
    body = [f"{count:>9}  {share:>5}  {label}" for label, count, share in (*rows, *missing)]
    return [*body, f"{shown.base:>9}         people answered; they chose for themselves to do so"]


def _crossed_lines(shown: CrossTable) -> list[str]:
    heads = [f"[{n}] {_name(group)}" for n, group in enumerate(shown.columns, 1)]
    numbers = "".join(f"{f'[{n}]':>12}" for n in range(1, len(shown.columns) + 1))
    body = []
    for number, group in enumerate(shown.rows):
        cells = [_cell(shown, number, place) for place in range(len(shown.columns))]
        body.append("".join(f"{cell:>12}" for cell in cells) + f"  {_name(group)}")
    return [f"by {shown.by_text}", *heads, numbers, *body]


def _cell(shown: CrossTable, row: int, column: int) -> str:
    count, share = shown.counts[row][column], shown.share(row, column)
    return (
        "not shown"
        if count is None
        else f"{count}" + (f" ({share} %)" if share is not None else "")
    )


def _name(group: Group) -> str:
    return " / ".join([*group.labels.values(), *(["no answer"] if group.with_no_answer else [])])


@insights.command("release")
@click.argument("code")
@click.option("--as", "email", required=True, help="The e-mail address of who does it.")
@click.option("--by", "divided_by", multiple=True, help="Show all results by this one too.")
@click.option("--freeze", is_flag=True, help="Freeze it: the public sees it from now on.")
def release(code: str, email: str, divided_by: tuple[str, ...], freeze: bool) -> None:
    """Put the results together as a draft, and perhaps freeze them."""
    account = accounts.by_email(email)
    if account is None:
        raise click.ClickException("There is no account with this e-mail address.")
    opportunity = _opportunity(code)
    _keep_past_days(opportunity)
    try:
        made = services.draft_release(opportunity, by=account, divided_by=divided_by)
        if freeze:
            services.freeze(made, by=account)
    except NotAllowed as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    shown = f"{len(made.tables)} tables and {len(made.crosses)} by another"
    click.echo(f"Release {made.number} is {made.state.value}: {shown}.")


def _keep_past_days(opportunity: Opportunity) -> None:
    days = dataset.past_days(opportunity.id)
    with click.progressbar(length=len(days), label="Reading answers") as bar:
        for _day in dataset.keep_past_days(opportunity.id):
            bar.update(1)


def _opportunity(code: str) -> Opportunity:
    try:
        return opportunities.of_any_state(code)
    except NoResultFound as error:
        raise click.ClickException(f"There is no opportunity {code}.") from error
