"""The opportunities of the demonstration, at every level and in every state."""

import json
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities import services as opportunities
from vrn_community.opportunities.children import ChildRoute
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import STEPS, Act
from vrn_community.opportunities.models import Opportunity
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.levels import PreventionLevel
from vrn_community.privacy import defaults
from vrn_community.privacy import services as records
from vrn_community.questionnaires import services as questionnaires
from vrn_community.questionnaires import translating
from vrn_community.questionnaires.document import Questionnaire, Translated

FOLDER = Path(__file__).parent
#: So that the same demonstration has the same keys every time.
NAMESPACE = uuid.UUID("6f1c9c0e-8a7b-4f0e-9a52-6f1f6b0f5d11")
DATES = ("opens_on", "closes_on", "decision_on", "review_on")
People = dict[Role, Account]


def read(name: str) -> Any:
    """Return a file of the demonstration."""
    return json.loads((FOLDER / name).read_text("utf-8"))


def load(people: People) -> dict[str, Opportunity]:
    """Add the opportunities that are not there yet, and return all by title."""
    documents = _documents()
    return {
        item["title"]: _opportunity(item, people, documents.get(item["title"]))
        for item in read("opportunities.json")
    }


def _documents() -> dict[str, Questionnaire]:
    """Return the questionnaires by the title of their opportunity, in every language they have."""
    plain = {k: Questionnaire.model_validate(v) for k, v in read("questionnaires.json").items()}
    return plain | {
        title: _translated(plain[title], languages)
        for title, languages in read("translations.json").items()
    }


def _translated(document: Questionnaire, languages: dict[str, dict[str, str]]) -> Questionnaire:
    sources = translating.texts(document)
    translations = {
        language: {
            place: Translated(source=sources[place], text=text) for place, text in texts.items()
        }
        for language, texts in languages.items()
    }
    return document.model_copy(update={"translations": translations})


def _opportunity(
    item: dict[str, Any], people: People, document: Questionnaire | None
) -> Opportunity:
    key = uuid.uuid5(NAMESPACE, item["title"])
    known = db.session.get(Opportunity, key)
    if known:
        return known
    author = people[Role.PUBLISHER]
    level = ParticipationLevel(item["level"])
    made = opportunities.begin(key, item["title"], level, author=author)
    made.is_demo = True
    opportunities.edit(made, _content(item), by=author)
    if document:
        version = questionnaires.begin(made, by=author)
        questionnaires.edit(version, document, by=author)
        questionnaires.publish(version, by=author)
    if "record" in item:
        record = records.write(made, {**defaults.of(made), **_record(item)}, by=author)
        record.holds_from = min(clock.today(), made.opens_on or clock.today())
    for act in map(Act, item["acts"]):
        if act is Act.PUBLISH:
            _sign_off(made, people)
        by = people[Role.APPROVER] if act in (Act.APPROVE, Act.RETURN) else author
        reason = item.get("reason", "") if STEPS[act].needs_reason else ""
        opportunities.change_state(made, act, by=by, reason=reason)
    for name, days in item.get("later", {}).items():
        setattr(made, name, _day(days))  # What has happened since: time has passed.
    return made


def _sign_off(opportunity: Opportunity, people: People) -> None:
    """Let those who answer for sensitive questions say so, where there are any."""
    for role in (Role.SAFEGUARDING_LEAD, Role.DATA_PROTECTION_OFFICER):
        for kind in opportunities.may_sign_off(opportunity, by=people[role]):
            version = opportunity.version
            opportunities.sign_off(opportunity, kind, by=people[role], version=version)


def _record(item: dict[str, Any]) -> dict[str, Any]:
    """Return what somebody has to fill in of a record of processing; the rest follows."""
    return {**item["record"], "dpia_on": _day(item["record"]["dpia_on"])}


def _content(item: dict[str, Any]) -> dict[str, Any]:
    """Return the content of an opportunity as `services.edit` takes it; days count from today."""
    content = dict(item["content"])
    for name in DATES:
        if name in content:
            content[name] = _day(content[name])
    rows: dict[str, dict[Any, Any]] = {
        "areas": {row.name: row for row in partnership.areas()},
        "priorities": {row.number: row for row in partnership.priorities()},
        "local_issues": {row.slug: row for row in partnership.local_issues()},
        "beneficiary_groups": {row.slug: row for row in partnership.beneficiary_groups()},
    }
    for name, known in rows.items():
        content[name] = [known[key] for key in content.get(name, [])]
    content["prevention_levels"] = [PreventionLevel(x) for x in content["prevention_levels"]]
    content["child_route"] = (
        ChildRoute(content["child_route"]) if "child_route" in content else None
    )
    content["asking_body"] = partnership.body(content["asking_body"])
    return content


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)
