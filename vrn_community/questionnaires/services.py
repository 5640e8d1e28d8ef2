"""What is done with questionnaires: a version is begun, edited and published."""

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import equality, queries, readiness
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState


def begin(opportunity: Opportunity, *, by: Account) -> QuestionnaireVersion:
    """Return the draft of an opportunity; begin one, from the version in use, if there is none."""
    _may_edit(by)
    known = queries.draft(opportunity.id)
    if known is not None:
        return known
    in_use = queries.published(opportunity.id)
    empty = Questionnaire(equality_block=equality.LATEST)
    begun = QuestionnaireVersion(
        opportunity=opportunity,
        number=max((v.number for v in queries.versions(opportunity.id)), default=0) + 1,
        document=in_use.document if in_use else _stored(empty),
    )
    db.session.add(begun)
    db.session.flush()
    audit.record("questionnaire:begin", begun, actor=by, opportunity=str(opportunity.id))
    return begun


def edit(version: QuestionnaireVersion, document: Questionnaire, *, by: Account) -> None:
    """Replace what a draft asks."""
    _may_edit(by)
    if version.state is not VersionState.DRAFT:
        raise NotAllowed(_("Only a draft can be changed. Begin a new version."))
    content = _stored(document)
    if content == version.document:
        return
    version.document = content
    db.session.flush()
    audit.record("questionnaire:edit", version, actor=by, revision=version.revision)


def publish(version: QuestionnaireVersion, *, by: Account) -> None:
    """Make a draft the version that people answer; the one before stays readable.

    Only while the opportunity itself is being written: whoever approves it approves
    its questions too, so they cannot change behind the approval.
    """
    _may_edit(by)
    if version.state is VersionState.PUBLISHED:
        return
    refusal = _refusal(version)
    if refusal:
        raise NotAllowed(refusal)
    earlier = queries.published(version.opportunity_id)
    if earlier is not None:
        earlier.state = VersionState.RETIRED
    version.state = VersionState.PUBLISHED
    version.published_at = clock.now()
    db.session.flush()
    replaced = earlier.number if earlier else None
    audit.record(
        "questionnaire:publish", version, actor=by, number=version.number, replaced=replaced
    )


def _refusal(version: QuestionnaireVersion) -> str:
    """Return why a version cannot be published, or nothing."""
    if version.state is not VersionState.DRAFT:
        return str(_("This version was replaced. Begin a new one."))
    if not version.opportunity.is_editable:
        return str(_("The opportunity has been submitted. Take it back to change its questions."))
    found = readiness.problems(queries.document(version))
    return found[0].message if found else ""


def _may_edit(by: Account) -> None:
    if not by.can(Permission.QUESTIONNAIRE_EDIT):
        raise NotAllowed(_("Your roles do not allow this."))


def _stored(document: Questionnaire) -> dict[str, object]:
    return document.model_dump(mode="json")
