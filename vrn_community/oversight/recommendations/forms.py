"""Forms for chairs, for those who must reply, and for the board."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock, i18n
from vrn_community.foundation.forms import BaseForm, Choices, Line, Lines, NewId, SplitDateField
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.ballots import queries as ballots
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.forms import LONG, LaterDay, PublicForm, body_choices
from vrn_community.oversight.recommendations import citing, days, services
from vrn_community.oversight.recommendations.labels import ANSWERS
from vrn_community.oversight.recommendations.models import Recommendation
from vrn_community.partnership import queries as partnership

WHY = DataRequired(_l("Give a reason."))
SHORT = Length(max=200, message=_l("Use at most 200 characters."))


def _public(label: Any, missing: Any, hint: Any) -> Lines:
    return Lines(label, description=hint, validators=[DataRequired(missing), LONG])


class RecommendationForm(BaseForm):
    id = NewId()
    body = SelectField(
        _l("Who should do it"), validators=[DataRequired(_l("Choose who should do it."))]
    )
    text = _public(
        _l("What should be done"),
        _l("Write what should be done."),
        _l("Everyone can read it when it is sent. Do not name anybody."),
    )
    reasons = _public(
        _l("Why"), _l("Give your reasons."), _l("What in the results leads you there.")
    )
    ballot = SelectField(
        _l("How the group decided it"),
        description=_l("Everyone can read the question and what came of it, and not who chose it."),
    )
    cites = Choices(
        _l("What it rests on"),
        description=_l("Everyone can read it beside the recommendation."),
        validate_choice=False,
    )
    reply_by = SplitDateField(
        _l("Reply by"), description=_l("If no reply has come by then, everyone can see that.")
    )

    def __init__(
        self,
        opportunity: Opportunity,
        recommendation: Recommendation | None = None,
        *,
        by: Account,
    ) -> None:
        before_ballot = recommendation.ballot if recommendation else None
        carried = ballots.carried(by)
        #: What can be chosen: what the group decided, and what was chosen before.
        self.ballots = {str(row.id): row for row in (*carried, before_ballot) if row}
        self.bodies = {row.slug: row for row in partnership.answering_bodies()}
        before = citing.cited(recommendation) if recommendation else []
        offered = citing.offered(opportunity)
        known = {each.name for each in offered}
        #: What can be ticked: what is published now, and what was ticked before.
        self.offered = [*offered, *(each for each in before if each.name not in known)]
        super().__init__(data=_stored(recommendation))
        self.body.choices = body_choices(self.bodies)
        decided = [SelectChoice(key, _decision(row)) for key, row in self.ballots.items()]
        self.ballot.choices = [SelectChoice("", _l("It is in no ballot")), *decided]
        self.cites.choices = [SelectChoice(each.name, each.name) for each in self.offered]

    def validate_reply_by(self, field: SplitDateField) -> None:
        _refuse_past(field)

    def validate_cites(self, field: Choices) -> None:
        if not set(field.data or ()) <= {each.name for each in self.offered}:
            raise ValidationError(_l("One of these is no longer there. Choose again."))

    @property
    def request(self) -> services.Request:
        """What `services.recommend` and `services.edit` take."""
        return services.Request(
            body=self.bodies[self.body.data],
            text=self.text.data,
            reasons=self.reasons.data,
            reply_by=self.reply_by.data or days.usual_reply_by(),
            cites=self.cites.data or (),
            ballot=self.ballots.get(self.ballot.data),
        )


def _decision(ballot: Ballot) -> str:
    """Return a decision as it is chosen: its question, and the day on which it was counted."""
    return f"{ballot.question}, {i18n.local_date(ballot.closed_on or ballot.closes_on)}"


def _refuse_past(field: SplitDateField) -> None:
    if field.data and field.data <= clock.today():
        raise ValidationError(_l("Choose a day after today."))


def _stored(recommendation: Recommendation | None) -> dict[str, object]:
    if recommendation is None:
        return {"reply_by": days.usual_reply_by(), "ballot": ""}
    return {
        "body": recommendation.body.slug,
        "text": recommendation.text,
        "reasons": recommendation.reasons,
        "reply_by": recommendation.reply_by,
        "ballot": str(recommendation.ballot_id or ""),
        "cites": [citing.name_of(each) for each in recommendation.citations],
    }


class SendForm(PublicForm):
    """No words of its own: it asks for the tick where the draft seems to name somebody."""


class AmendForm(PublicForm):
    text = _public(
        _l("What should be done"),
        _l("Write what should be done."),
        _l("The earlier words stay readable for everyone."),
    )
    reasons = _public(
        _l("Why"), _l("Give your reasons."), _l("What in the results leads you there.")
    )
    why = Lines(
        _l("Why you change it"), description=_l("Everyone can read it."), validators=[WHY, LONG]
    )

    def __init__(self, recommendation: Recommendation) -> None:
        super().__init__(data={"text": recommendation.text, "reasons": recommendation.reasons})

    @property
    def amended(self) -> services.Amended:
        """What `services.amend` takes."""
        return services.Amended(self.text.data, self.reasons.data, self.why.data)


class BodyForm(PublicForm):
    """What a body says; whoever enters it for one without accounts says from whom it came."""

    sent_in = Line(
        _l("From whom it came, and how"),
        description=_l(
            "For example: letter of 3 May from the head of service. "
            "Everyone can read it. Do not name anybody."
        ),
        validators=[DataRequired(_l("Say from whom it came, and how.")), SHORT],
    )

    def __init__(self, *, is_entered: bool = False, **options: Any) -> None:
        super().__init__(**options)
        if not is_entered:
            del self.sent_in

    @property
    def source(self) -> str:
        """From whom the team has it; nothing where the body says it."""
        return self.sent_in.data if "sent_in" in self else ""


class ReplyForm(BodyForm):
    answer = RadioField(
        _l("Your answer"),
        choices=[SelectChoice(answer.value, label) for answer, label in ANSWERS.items()],
        validators=[InputRequired(_l("Choose an answer."))],
    )
    reasons = _public(
        _l("Your reasons"),
        _l("Give your reasons."),
        _l("Everyone can read them. They cannot be changed later."),
    )


class MoveForm(BodyForm, LaterDay):
    """A later day, and why."""

    reason = Lines(
        _l("Why it takes longer"),
        description=_l("Everyone can read it, beside both days."),
        validators=[WHY, LONG],
    )

    def __init__(self, latest: date, *, is_entered: bool = False) -> None:
        super().__init__(is_entered=is_entered)
        self.latest = latest
        self.day.description = days.beyond(latest)

    def validate_day(self, field: SplitDateField) -> None:
        super().validate_day(field)
        if field.data and field.data > self.latest:
            raise ValidationError(days.beyond(self.latest))


class ChallengeForm(PublicForm):
    reasons = _public(
        _l("Why the reply is not enough"),
        _l("Give your reasons."),
        _l("Everyone can read it. The body has to answer again. You can do this once."),
    )
    reply_by = SplitDateField(_l("Answer by"))

    def __init__(self) -> None:
        super().__init__(data={"reply_by": days.usual_reply_by()})

    def validate_reply_by(self, field: SplitDateField) -> None:
        _refuse_past(field)

    @property
    def day(self) -> date:
        """By when a better answer is owed."""
        return self.reply_by.data or days.usual_reply_by()


class EscalationForm(PublicForm):
    reasons = _public(
        _l("Why the board should look at it"),
        _l("Give your reasons."),
        _l("Everyone can read it."),
    )

    answer_by = SplitDateField(_l("The board should answer by"))

    def __init__(self) -> None:
        super().__init__(data={"answer_by": days.usual_answer_by()})
        self.answer_by.description = days.beyond(days.last_for_board())

    def validate_answer_by(self, field: SplitDateField) -> None:
        if field.data and (why_not := days.unfit_for_board(field.data)):
            raise ValidationError(why_not)


class BoardForm(PublicForm):
    words = _public(
        _l("What the board says"),
        _l("Write what the board says."),
        _l("Everyone can read it. It cannot be changed later."),
    )
