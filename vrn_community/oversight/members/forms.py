"""Forms about members, and of members about themselves."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.forms import BaseForm, Line, Lines, NewId, SplitDateField, WholeNumber
from vrn_community.oversight.members import services
from vrn_community.oversight.members.models import Member
from vrn_community.partnership import queries as partnership

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))
SHORT = Length(max=200, message=_l("Use at most 200 characters."))
MONEY = re.compile(r"£? ?(\d{1,4})(?:\.(\d\d))?")
LONGEST_MINUTES = 24 * 60


class Money(Line):
    """An amount in pounds and pence."""

    @property
    def pence(self) -> int:
        """Return the amount in pence; nothing typed is nothing."""
        found = MONEY.fullmatch(self.data or "0")
        return int(found[1]) * 100 + int(found[2] or 0) if found else 0

    def pre_validate(self, form: Any) -> None:
        """Say in our words what is no amount."""
        if self.data and not MONEY.fullmatch(self.data):
            raise ValidationError(_l("Enter an amount, for example 4.50."))


def typed(pence: int) -> str:
    """Return an amount as somebody would type it."""
    return f"{pence // 100}.{pence % 100:02}"


class TermForm(BaseForm):
    id = NewId()
    account = SelectField(_l("Who it is"), validators=[DataRequired(_l("Choose who it is."))])
    area = SelectField(_l("Area where the member lives"))
    starts_on = SplitDateField(_l("The term begins on"))
    ends_on = SplitDateField(
        _l("The term ends on"),
        description=_l("From this day on the member opens nothing of the group. It can be empty."),
    )
    rate = Money(_l("What an hour is paid, in pounds"))
    training = Lines(
        _l("Training done"),
        description=_l("What it was, and when."),
        validators=[LONG],
    )

    def __init__(self, accounts: Sequence[Account], member: Member | None = None) -> None:
        super().__init__(data=_stored(member))
        self.accounts = {str(row.id): row for row in accounts}
        named = [SelectChoice(key, row.display_name) for key, row in self.accounts.items()]
        self.account.choices = [SelectChoice("", _l("Choose")), *named]
        areas = [SelectChoice(code, name) for code, name in partnership.area_names()]
        self.area.choices = [SelectChoice("", _l("Not said")), *areas]

    def validate_starts_on(self, field: SplitDateField) -> None:
        if field.data is None and not field.process_errors:
            raise ValidationError(_l("Say when the term begins."))

    def validate_ends_on(self, field: SplitDateField) -> None:
        if field.data and self.starts_on.data and field.data <= self.starts_on.data:
            raise ValidationError(_l("Choose a day after the first one."))

    @property
    def term(self) -> services.Term:
        """What the services take."""
        return services.Term(
            starts_on=self.starts_on.data or clock.today(),
            ends_on=self.ends_on.data,
            area=partnership.area(self.area.data) if self.area.data else None,
            hourly_pence=self.rate.pence,
            training=self.training.data,
        )

    @property
    def chosen(self) -> Account:
        """Whose record it is."""
        return self.accounts[self.account.data]


def _stored(member: Member | None) -> dict[str, Any]:
    if member is None:
        rate = typed(config.current().member_hourly_pence)
        return {"starts_on": clock.today(), "rate": rate, "account": ""}
    return {
        "account": str(member.account_id),
        "area": member.area.code if member.area else "",
        "starts_on": member.starts_on,
        "ends_on": member.ends_on,
        "rate": typed(member.hourly_pence),
        "training": member.training,
    }


class OwnForm(BaseForm):
    name = Line(
        _l("Your name, or another name that you use here"),
        description=_l("It stands at what you write. It need not be your real name."),
        validators=[DataRequired(_l("Enter a name.")), SHORT],
    )
    interests = Lines(
        _l("Your interests"),
        description=_l(
            "Work, groups or people close to you that the group may talk about. "
            "We suggest them when you declare an interest."
        ),
        validators=[LONG],
    )
    access_needs = Lines(
        _l("What you need to take part"),
        description=_l("For example large print, an interpreter, or a break every hour."),
        validators=[LONG],
    )

    def __init__(self, account: Account, member: Member | None) -> None:
        own = {"interests": member.interests, "access_needs": member.access_needs} if member else {}
        super().__init__(data={"name": account.display_name, **own})

    @property
    def own(self) -> services.Own:
        """What the service takes."""
        return services.Own(self.name.data, self.interests.data, self.access_needs.data)


class ClaimForm(BaseForm):
    id = NewId()
    done_on = SplitDateField(_l("The day"))
    activity = Line(
        _l("What you did"),
        description=_l("For example: read papers. Do not write bank details."),
        validators=[DataRequired(_l("Say what you did.")), SHORT],
    )
    minutes = WholeNumber(
        _l("Minutes"),
        validators=[
            InputRequired(_l("Enter a whole number.")),
            NumberRange(0, LONGEST_MINUTES, _l("Enter a number from 0 to 1,440.")),
        ],
    )
    expenses = Money(_l("Expenses in pounds"), description=_l("For example a bus ticket: 4.50"))

    def validate_done_on(self, field: SplitDateField) -> None:
        if field.data is None and not field.process_errors:
            raise ValidationError(_l("Enter the day."))
        if field.data and field.data > clock.today():
            raise ValidationError(_l("Choose today or a day before."))

    @property
    def spent(self) -> services.Spent:
        """What the service takes."""
        day = self.done_on.data or clock.today()
        return services.Spent(day, self.activity.data, self.minutes.data, self.expenses.pence)


class SpanForm(BaseForm):
    """From which day to which claims go to finance."""

    first = SplitDateField(_l("From"))
    last = SplitDateField(_l("To"))

    def __init__(self) -> None:
        today = clock.today()
        super().__init__(data={"first": clock.months_after(today, -3), "last": today})

    def validate_first(self, field: SplitDateField) -> None:
        if field.data is None and not field.process_errors:
            raise ValidationError(_l("Enter the day."))

    def validate_last(self, field: SplitDateField) -> None:
        self.validate_first(field)
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_l("Choose a day after the first one."))

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day."""
        today = clock.today()
        return self.first.data or today, self.last.data or today
