"""Forms of proposals: for residents, and for the team that answers."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from vrn_community.foundation.forms import BaseForm, Line, Lines, NewId
from vrn_community.opportunities import levels
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity
from vrn_community.oversight.proposals import parts, services
from vrn_community.oversight.proposals.labels import POWERS
from vrn_community.oversight.proposals.models import Power

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))
REASON = Length(max=1_000, message=_l("Use at most 1,000 characters."))


class ProposalForm(BaseForm):
    id = NewId()
    title = Line(
        _l("Title"),
        validators=[
            DataRequired(_l("Give it a title.")),
            Length(max=120, message=_l("Use at most 120 characters.")),
        ],
    )
    why = Lines(
        _l("Why"),
        description=_l("What should be found out or done, and why now. Do not name anybody."),
        validators=[DataRequired(_l("Say why.")), LONG],
    )
    audience = Line(
        _l("Who should be asked"),
        validators=[
            DataRequired(_l("Say who should be asked.")),
            Length(max=300, message=_l("Use at most 300 characters.")),
        ],
    )
    level = RadioField(
        _l("How much of a say people should have"),
        choices=[SelectChoice(level.value, words.label) for level, words in levels.WORDS.items()],
        validators=[InputRequired(_l("Choose a level."))],
    )
    power = RadioField(
        _l("Only to empower: what is handed over"),
        choices=[SelectChoice(power.value, label) for power, label in POWERS.items()],
        validators=[Optional()],
    )
    power_words = Lines(
        _l("Only to empower: in which words"),
        description=_l("For example how much money, or which decision."),
        validators=[LONG],
    )

    def validate_power_words(self, field: Lines) -> None:
        is_empowering = self.level.data == ParticipationLevel.EMPOWER
        if is_empowering and not (self.power.data and field.data):
            raise ValidationError(_l("Say which power is handed over."))

    @property
    def idea(self) -> services.Idea:
        """What `services.propose` takes."""
        level = ParticipationLevel(self.level.data)
        is_empowering = level is ParticipationLevel.EMPOWER
        return services.Idea(
            title=self.title.data,
            why=self.why.data,
            audience=self.audience.data,
            level=level,
            power=Power(self.power.data) if is_empowering else None,
            power_words=self.power_words.data if is_empowering else "",
        )


class AnswerForm(BaseForm):
    answer = Lines(
        _l("Your reasons"),
        description=_l("The group and the youth panel read them."),
        validators=[DataRequired(_l("Give your reasons.")), LONG],
    )


class WordingForm(BaseForm):
    id = NewId()
    field = SelectField(_l("Part of the draft"))
    words = Lines(
        _l("Your words for it"),
        description=_l("As it should stand there. Leave it empty for a comment alone."),
        validators=[LONG],
    )
    comment = Lines(_l("Comment"), validators=[REASON])

    def __init__(self, opportunity: Opportunity) -> None:
        super().__init__(data={"field": ""})
        named = [SelectChoice(key, text) for key, text in parts.labels(opportunity).items()]
        self.field.choices = [SelectChoice("", _l("All of it")), *named]

    def validate_words(self, field: Lines) -> None:
        if not field.data and not self.comment.data:
            raise ValidationError(_l("Write something first."))
        if field.data and not self.field.data:
            raise ValidationError(_l("Choose the part for which these words are."))
        if self.field.data and len(field.data) > parts.longest(self.field.data):
            raise ValidationError(_l("These words are too long for this part."))

    @property
    def suggested(self) -> services.Suggested:
        """What `services.suggest` takes."""
        return services.Suggested(self.field.data, self.words.data, self.comment.data)


class ReasonForm(BaseForm):
    """Why words were taken into a draft, or left out of it."""

    reason = Lines(_l("Reason"), validators=[DataRequired(_l("Give a reason.")), REASON])
