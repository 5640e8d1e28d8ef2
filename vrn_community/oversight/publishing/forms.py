"""Forms of published texts: for those who write, clear and publish them."""

from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from vrn_community.foundation import clock
from vrn_community.foundation.forms import BaseForm, Line, Lines, NewId, SplitDateField, WholeNumber
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.forms import PublicForm
from vrn_community.oversight.meetings.models import Meeting
from vrn_community.oversight.meetings.queries import ItemView
from vrn_community.oversight.publishing import services, telling
from vrn_community.oversight.publishing.labels import KINDS
from vrn_community.oversight.publishing.models import Statement, StatementKind

TITLE = Length(max=120, message=_l("Use at most 120 characters."))
LONG = Length(max=20_000, message=_l("Use at most 20,000 characters."))
REASON = Length(max=1_000, message=_l("Use at most 1,000 characters."))


class TextForm(BaseForm):
    title = Line(_l("Title"), validators=[DataRequired(_l("Give it a title.")), TITLE])
    words = Lines(
        _l("What it says"),
        description=_l("Everyone can read it once it is published. Do not name anybody."),
        validators=[DataRequired(_l("Write what it says.")), LONG],
    )

    def __init__(self, stored: Mapping[str, object]) -> None:
        super().__init__(data=stored)

    @property
    def text(self) -> services.Text:
        """What `services.begin` and `services.edit` take."""
        return services.Text(self.title.data, self.words.data)


class StatementForm(TextForm):
    id = NewId()
    kind = RadioField(
        _l("What it is"),
        choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()],
        validators=[InputRequired(_l("Choose what it is."))],
    )
    about_on = SplitDateField(_l("Day of the meeting or the decision"))

    def __init__(
        self,
        ballot: Ballot | None = None,
        meeting: Meeting | None = None,
        views: Iterable[ItemView] = (),
    ) -> None:
        self.ballot, self.meeting = ballot, meeting
        super().__init__(_noted(meeting, views) if meeting else _told(ballot))

    def validate_about_on(self, field: SplitDateField) -> None:
        if field.data is None or field.data > clock.today():
            raise ValidationError(_l("Choose today or an earlier day."))

    @property
    def subject(self) -> services.Subject:
        """What `services.begin` takes."""
        day = self.about_on.data or clock.today()
        return services.Subject(StatementKind(self.kind.data), day, self.ballot, self.meeting)


def _told(ballot: Ballot | None) -> dict[str, object]:
    if ballot is None:
        return {"about_on": clock.today()}
    return {
        "title": ballot.question[:120],
        "words": telling.words_of(ballot),
        "kind": StatementKind.DECISION,
        "about_on": ballot.closed_on,
    }


def _noted(meeting: Meeting, views: Iterable[ItemView]) -> dict[str, object]:
    return {
        "title": meeting.title[:120],
        "words": telling.notes_of(views),
        "kind": StatementKind.NOTES,
        "about_on": meeting.held_on,
    }


class ClearForm(BaseForm):
    #: The version that the chair has read.
    version = WholeNumber("", widget=HiddenInput())
    is_read = BooleanField(
        _l("I have read all of it, and nobody can be recognised"),
        validators=[InputRequired(_l("Read it first, then tick the box."))],
    )
    reason = Lines(_l("Why what was found may stand"), validators=[REASON])

    def __init__(self, statement: Statement, *, needs_reason: bool) -> None:
        self.needs_reason = needs_reason
        super().__init__(data={"version": statement.newest.version})

    def validate_reason(self, field: Lines) -> None:
        if self.needs_reason and not field.data:
            raise ValidationError(_l("Say why it may stand, or take it out of the text."))


class ReasonForm(BaseForm):
    """Why a text is amended; the reason is cleared with the new version."""

    reason = Lines(_l("Reason"), validators=[DataRequired(_l("Give a reason.")), REASON])


class EndForm(PublicForm):
    """Why a text is withdrawn, or not published."""

    reason = Lines(_l("Reason"), validators=[DataRequired(_l("Give a reason.")), REASON])
