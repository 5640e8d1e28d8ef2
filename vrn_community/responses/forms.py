"""Forms of facilitators: a session, and slips with codes."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from vrn_community import config
from vrn_community.foundation.forms import BaseForm, Line, NewId, WholeNumber
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.responses import sessions

SHORT = Length(max=120, message=_l("Use at most 120 characters."))


class AboutForm(BaseForm):
    """What both forms ask: which questions it is about."""

    opportunity = SelectField(
        _l("Which questions"), validators=[DataRequired(_l("Choose the questions."))]
    )

    def offer(self, *stages: Stage) -> None:
        """Offer the opportunities in some stages."""
        self.rows = {row.code: row for row in sessions.answerable(*stages)}
        named = [SelectChoice(code, row.title) for code, row in self.rows.items()]
        self.opportunity.choices = [SelectChoice("", _l("Choose")), *named]

    @property
    def chosen(self) -> Opportunity:
        """The chosen opportunity."""
        return self.rows[self.opportunity.data]


class SessionForm(AboutForm):
    id = NewId()
    setting = Line(
        _l("Where it is"),
        description=_l("For example: a youth club in Hinckley. Do not name anybody."),
        validators=[DataRequired(_l("Say where it is.")), SHORT],
    )
    responsible_adult = Line(
        _l("The adult who is responsible in the room"),
        description=_l("A role, for example: youth worker. No name."),
        validators=[DataRequired(_l("Say which adult is responsible in the room.")), SHORT],
    )
    is_there = BooleanField(
        _l("This adult is in the room all the time, and knows what to do if somebody is upset"),
        validators=[InputRequired(_l("Without a responsible adult there is no session."))],
    )
    cap = WholeNumber(_l("How many people at most"))
    hours = WholeNumber(
        _l("Ends after how many hours"), description=_l("24 at most. You can end it earlier.")
    )

    def __init__(self) -> None:
        super().__init__(data={"cap": 30, "hours": 2})
        self.offer(Stage.OPEN)
        settings = config.current()
        most_hours = settings.longest_group_session // timedelta(hours=1)
        self.cap.validators = [_between(settings.largest_session)]
        self.hours.validators = [_between(most_hours)]

    @property
    def plan(self) -> sessions.Plan:
        """What `sessions.open_session` takes."""
        return sessions.Plan(
            opportunity=self.chosen,
            setting=self.setting.data,
            responsible_adult=self.responsible_adult.data,
            cap=self.cap.data,
            lasts=timedelta(hours=self.hours.data),
        )


class SlipsForm(AboutForm):
    number = WholeNumber(_l("How many slips"), description=_l("Eight fit on a sheet."))

    def __init__(self) -> None:
        super().__init__(data={"number": 32})
        self.offer(Stage.OPEN, Stage.OPENING_SOON)
        self.number.validators = [_between(config.current().most_slips_at_once)]


def _between(most: int) -> NumberRange:
    return NumberRange(1, most, _l("Enter a number from 1 to %(most)s.", most=most))
