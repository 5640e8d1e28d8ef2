"""Pages of the builder about when a section or a question is shown."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue

from vrn_community.foundation.permissions import Permission, requires
from vrn_community.questionnaires import editing, forms, joining, labels, outline, queries
from vrn_community.questionnaires.desk.drafts import (
    desk,
    draft_of,
    form_page,
    found,
    is_saved,
    redirect_to,
    to_overview,
)
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.joining import Join
from vrn_community.questionnaires.rules import Rule

RuleChange = Callable[[Rule | None], Rule | None]


@desk.route("/parts/<part_id>/condition", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def condition(opportunity_id: UUID, part_id: str) -> ResponseReturnValue:
    version = draft_of(opportunity_id)
    part = found(outline.part, version, part_id)
    askable = found(outline.askable, version, part_id)
    flat = joining.flat(part.show_if)
    form = forms.JoinForm(data={"join": flat.join if flat else Join.ALL})
    if is_saved(form, version, _changed(part_id, _sent_change(form))):
        if "always" in request.form:
            return to_overview(opportunity_id, part_id)
        return redirect_to(".condition", opportunity_id=opportunity_id, part_id=part_id)
    document = queries.document(version)
    return form_page(
        "condition",
        form,
        version,
        part=part,
        flat=flat,
        tests=[labels.test_text(test, document) for test in flat.tests] if flat else [],
        rule=labels.rule_text(part.show_if, document) if part.show_if else "",
        references=[pair for asked in askable for pair in joining.references(asked)],
    )


@desk.route("/parts/<part_id>/condition/test", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT)
def condition_test(opportunity_id: UUID, part_id: str) -> ResponseReturnValue:
    version = draft_of(opportunity_id)
    part = found(outline.part, version, part_id)
    flat = joining.flat(part.show_if)
    at = _place(len(flat.tests) if flat else 0)
    before = flat.tests[at] if flat and at is not None else None
    reference = before.question if before else request.args.get("after", "")
    asked = {q.id: q for q in found(outline.askable, version, part_id)}
    question = asked.get(reference.partition(".")[0])
    if question is None or (before is None and reference not in dict(joining.references(question))):
        abort(404)
    form = forms.AnswerTestForm(question, reference, before)
    change = _changed(part_id, lambda rule: joining.with_test(rule, form.test, at))
    if is_saved(form, version, change):
        return redirect_to(".condition", opportunity_id=opportunity_id, part_id=part_id)
    words = dict(joining.references(question)).get(reference, question.text)
    return form_page("condition_test", form, version, part=part, words=words, flat=flat)


def _changed(part_id: str, change: RuleChange) -> Callable[[Questionnaire], Questionnaire]:
    def changed(document: Questionnaire) -> Questionnaire:
        rule = outline.part(document, part_id).show_if
        return editing.show_when(document, part_id, change(rule))

    return changed


def _sent_change(form: forms.JoinForm) -> RuleChange:
    """Return what the pressed button does with a rule."""
    if "always" in request.form:
        return lambda _rule: None
    if "remove" in request.form:
        at = request.form.get("remove", type=int)
        return lambda rule: joining.without_test(rule, at) if at is not None else rule
    return lambda rule: joining.with_join(rule, Join(form.join.data))


def _place(many: int) -> int | None:
    """Return the test that the page changes; none if it adds one."""
    at = request.args.get("change", type=int)
    return at if at is not None and 0 <= at < many else None
