"""What is done with questionnaires: a version is begun, edited and published."""

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires import (
    equality,
    mending,
    offences,
    queries,
    readiness,
    translating,
)
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.importers.report import Imported
from vrn_community.questionnaires.models import (
    QuestionnaireStep,
    QuestionnaireVersion,
    VersionState,
)

#: So many changes of a draft can be taken back.
MOST_STEPS = 20


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


def take_over(opportunity: Opportunity, found: Imported, *, by: Account) -> QuestionnaireVersion:
    """Make what a file asks the draft of an opportunity; taken over twice, it is there once.

    A file of another program says nothing about the questions about the person, so the
    draft keeps its own.
    """
    version = begin(opportunity, by=by)
    document = found.document
    if not found.is_own:
        before = queries.document(version)
        frame = {name: getattr(before, name) for name in ("asks_age_band", "equality_block")}
        document = Questionnaire(**{**dict(document), **frame})
    if _stored(document) == version.document:
        return version
    edit(version, document, by=by)
    audit.record("questionnaire:import", version, actor=by, revision=version.revision)
    return version


def edit(version: QuestionnaireVersion, document: Questionnaire, *, by: Account) -> None:
    """Replace what a draft asks."""
    _may_change(version, by)
    content = _stored(document)
    if content == version.document:
        return
    _keep_step(version)
    version.document = content
    _note_writer(version, by)
    db.session.flush()
    audit.record("questionnaire:edit", version, actor=by, revision=version.revision)


def translate(
    version: QuestionnaireVersion, document: Questionnaire, *, language: str, by: Account
) -> None:
    """Replace the translations of a version, also of one in use: what it asks stays the same."""
    _may_edit(by)
    if why_not := why_not_reworded(version):
        raise NotAllowed(why_not)
    before = queries.document(version)
    if before.model_copy(update={"translations": document.translations}) != document:
        raise NotAllowed(_("A translation cannot change what is asked."))
    if found := offences.new_problems(version.opportunity, before, document):
        raise NotAllowed(found[0].message)
    version.document = _stored(document)
    _note_writer(version, by)
    db.session.flush()
    audit.record("questionnaire:translate", version, actor=by, language=language)


def why_not_reworded(version: QuestionnaireVersion) -> str:
    """Return why the words of a version, and their translations, stay as they are, or nothing.

    Two people sign off words as they stand, easy read too; taking it back takes that back.
    """
    if version.state is VersionState.RETIRED:
        return str(_("This version was replaced. Begin a new one."))
    opportunity, is_in_use = version.opportunity, version.state is VersionState.PUBLISHED
    if is_in_use and opportunity.needs_sign_off and not opportunity.is_editable:
        return str(_("Two people sign it off with these words. Take the opportunity back first."))
    return ""


def undo(version: QuestionnaireVersion, *, by: Account) -> bool:
    """Take the last change of a draft back; return whether there was one."""
    _may_change(version, by)
    steps = queries.steps(version.id)
    if not steps:
        return False
    version.document = steps[0].document
    _note_writer(version, by)
    db.session.delete(steps[0])
    db.session.flush()
    audit.record("questionnaire:undo", version, actor=by, revision=version.revision)
    return True


def _keep_step(version: QuestionnaireVersion) -> None:
    """Keep a draft as it is now, and only the last of those before."""
    steps = queries.steps(version.id)
    for old in steps[MOST_STEPS - 1 :]:
        db.session.delete(old)
    kept = {"version_id": version.id, "revision": version.revision}
    db.session.add(QuestionnaireStep(**kept, document=version.document))


def mend(version: QuestionnaireVersion, place: str, text: str, *, by: Account, reason: str) -> None:
    """Mend a typing error in a version that people answer; the reason is kept.

    Ids, kinds and rules stay, so all answers stay with their questions. An unknown place
    is a KeyError.
    """
    _may_edit(by)
    if version.state is not VersionState.PUBLISHED:
        raise NotAllowed(_("Only words of the version in use are mended in this way."))
    document = queries.document(version)
    if text == translating.texts(document)[place]:
        return
    if found := why_not_mended(version, place, text):
        raise NotAllowed(found)
    version.document = _stored(mending.mended(document, place, text))
    _note_writer(version, by)
    db.session.flush()
    audit.record("questionnaire:mend", version, actor=by, place=place, reason=reason)


def why_not_mended(version: QuestionnaireVersion, place: str, text: str) -> str:
    """Return why words cannot take the place of a version's, or nothing."""
    document = queries.document(version)
    if found := why_not_reworded(version):
        return found
    if found := mending.refusal(translating.texts(document)[place], text):
        return found
    after = mending.mended(document, place, text)
    problems = offences.new_problems(version.opportunity, document, after)
    return problems[0].message if problems else ""


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
    _note_writer(version, by)
    for step in queries.steps(version.id):
        db.session.delete(step)
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
    document = queries.document(version)
    found = readiness.problems(document) + offences.problems(version.opportunity, document)
    return found[0].message if found else ""


def _may_edit(by: Account) -> None:
    if not by.can(Permission.QUESTIONNAIRE_EDIT):
        raise NotAllowed(_("Your roles do not allow this."))


def _may_change(version: QuestionnaireVersion, by: Account) -> None:
    _may_edit(by)
    if version.state is not VersionState.DRAFT:
        raise NotAllowed(_("Only a draft can be changed. Begin a new version."))


def _note_writer(version: QuestionnaireVersion, by: Account) -> None:
    """Remember who wrote any of the questions: somebody else approves them and signs them off."""
    if not version.opportunity.was_written_by(by):
        version.opportunity.note_writer(by)


def _stored(document: Questionnaire) -> dict[str, object]:
    return document.model_dump(mode="json")
