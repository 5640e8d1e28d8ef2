"""Forms of decisions and changes; what may name somebody is looked at before it is public."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from vrn_community.foundation import clock
from vrn_community.foundation.forms import BaseForm, Choices, Lines, NewId, SplitDateField
from vrn_community.insights.evidence.models import Insight
from vrn_community.outcomes.decisions import services
from vrn_community.outcomes.decisions.models import BodyDecision, Change
from vrn_community.oversight.commitments.models import Commitment
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import Body
from vrn_community.screening import folding, personal
from vrn_community.screening.labels import SIGNALS
from vrn_community.screening.signals import Signal

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))
SHORT = Length(max=500, message=_l("Use at most 500 characters."))
#: Signs of somebody in particular; streets and schools are what decisions are about.
TELLING = frozenset(
    {
        Signal.NAME,
        Signal.PHONE,
        Signal.EMAIL,
        Signal.HANDLE,
        Signal.PLATE,
        Signal.NI_NUMBER,
        Signal.NHS_NUMBER,
    }
)


class SayingForm(BaseForm):
    """What decisions and changes share: what came before, and that nobody is named."""

    id = NewId()
    reason = Lines(
        _l("What you correct, and why"),
        description=_l("Everybody can read it, with the old words."),
        validators=[DataRequired(_l("Give a reason.")), SHORT],
    )
    before: Any
    is_checked = BooleanField(_l("I have checked it: nobody can be recognised"))
    #: The fields that everybody will read.
    WORDS: tuple[str, ...] = ()
    MODEL: type[BodyDecision | Change]

    def __init__(self, body: Body, former: BodyDecision | Change | None, **stored: Any) -> None:
        named = services.came_before(former) if former else []
        offered = [*named, *services.may_come_before(self.MODEL, body)]
        self.known = {str(row.id): row for row in offered}
        super().__init__(data={"before": [str(row.id) for row in named], **stored})
        self.before.choices = [SelectChoice(key, _words(row)) for key, row in self.known.items()]
        if former is None:
            del self.reason

    def validate_is_checked(self, field: BooleanField) -> None:
        words = " ".join(self[name].data or "" for name in (*self.WORDS, "reason") if name in self)
        found = personal.personal_data(words, folding.tokens(words)) & TELLING
        if found and not field.data:
            signs = ", ".join(str(SIGNALS[signal]) for signal in sorted(found))
            message = _("This may tell who somebody is: %(signs)s.", signs=signs)
            advice = _("Take it out, or tick the box if nobody can be recognised.")
            raise ValidationError(f"{message} {advice}")

    def validate_before(self, field: Choices) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one thing that came before it."))

    def chosen(self, kind: type[Any]) -> list[Any]:
        """Return what of one kind was chosen as what came before."""
        rows = [self.known[key] for key in self.before.data if key in self.known]
        return [row for row in rows if isinstance(row, kind)]


def _words(row: Any) -> str:
    """Return the first words of something that came before, and what it is."""
    if isinstance(row, BodyDecision):
        return str(_("Decision: %(words)s", words=_short(row.decided)))
    if isinstance(row, Insight):
        return str(_("Insight: %(words)s", words=_short(row.statement)))
    if isinstance(row, Commitment):
        return str(_("Promise: %(words)s", words=_short(row.text)))
    return str(_("Recommendation: %(words)s", words=_short(row.text)))


def _short(text: str, longest: int = 160) -> str:
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def _is_over(field: SplitDateField) -> None:
    if field.data is None or field.data > clock.today():
        raise ValidationError(_("Choose today or a day before."))


class DecisionForm(SayingForm):
    decided = Lines(
        _l("What was decided"),
        description=_l("In plain words, as you would say it to a neighbour."),
        validators=[DataRequired(_l("Say what was decided.")), LONG],
    )
    decided_on = SplitDateField(_l("On which day"))
    before = Choices(
        _l("What people said that you had in front of you"),
        description=_l("Insights that your body was sent, and recommendations to it."),
    )
    reasons = Lines(_l("Why"), validators=[DataRequired(_l("Give your reasons.")), LONG])
    not_done = Lines(
        _l("What you did not do, and why"),
        description=_l("What people asked for and do not get. If there is nothing, say so."),
        validators=[DataRequired(_l("Say what you did not do, and why.")), LONG],
    )
    WORDS = ("decided", "reasons", "not_done")
    MODEL = BodyDecision

    def __init__(self, body: Body, former: BodyDecision | None = None) -> None:
        names = (*self.WORDS, "decided_on")
        stored = {name: getattr(former, name) for name in names} if former else {}
        super().__init__(body, former, **stored)

    def validate_decided_on(self, field: SplitDateField) -> None:
        _is_over(field)

    @property
    def said(self) -> services.Decided:
        """What `services.decide` takes."""
        return services.Decided(
            decided_on=self.decided_on.data or clock.today(),
            decided=self.decided.data,
            reasons=self.reasons.data,
            not_done=self.not_done.data,
            insights=self.chosen(Insight),
            recommendations=self.chosen(Recommendation),
        )


class ChangeForm(SayingForm):
    what = Lines(
        _l("What has changed"),
        description=_l("What was done or made."),
        validators=[DataRequired(_l("Say what has changed.")), LONG],
    )
    effect = Lines(
        _l("What is different now"),
        description=_l("What people can see or do that they could not before."),
        validators=[DataRequired(_l("Say what is different now.")), LONG],
    )
    happened_on = SplitDateField(_l("Since which day"))
    before = Choices(
        _l("What came before it"),
        description=_l("At most one decision, one recommendation, and one promise."),
    )
    measures = Choices(
        _l("Which aims of the strategy it may help"),
        description=_l("The page says that this does not prove a cause."),
    )
    WORDS = ("what", "effect")
    MODEL = Change

    def __init__(self, body: Body, former: Change | None = None) -> None:
        self.aims = {row.slug: row for row in partnership.success_measures()}
        names = (*self.WORDS, "happened_on")
        stored = {name: getattr(former, name) for name in names} if former else {}
        helped = [row.slug for row in former.measures] if former else []
        super().__init__(body, former, **stored, measures=helped)
        self.measures.choices = [SelectChoice(slug, row.title) for slug, row in self.aims.items()]

    def validate_happened_on(self, field: SplitDateField) -> None:
        _is_over(field)

    def validate_before(self, field: Choices) -> None:
        super().validate_before(field)
        if any(len(self.chosen(kind)) > 1 for kind in services.BEFORE_CHANGE):
            raise ValidationError(_("Choose at most one of each kind."))

    @property
    def said(self) -> services.Changed:
        """What `services.change` takes."""
        return services.Changed(
            happened_on=self.happened_on.data or clock.today(),
            what=self.what.data,
            effect=self.effect.data,
            decision=next(iter(self.chosen(BodyDecision)), None),
            recommendation=next(iter(self.chosen(Recommendation)), None),
            commitment=next(iter(self.chosen(Commitment)), None),
            measures=[self.aims[slug] for slug in self.measures.data],
        )


class ReasonForm(BaseForm):
    """Why words are taken down."""

    reason = Lines(
        _l("Why"),
        description=_l("Everybody can read this. Do not name anybody."),
        validators=[DataRequired(_l("Give a reason.")), SHORT],
    )
