"""Forms of ballots: for those who prepare and run them, and for members."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from vrn_community import config
from vrn_community.accounts.models import Account
from vrn_community.foundation import clock, i18n
from vrn_community.foundation.forms import (
    BaseForm,
    Choices,
    Line,
    Lines,
    NewId,
    SplitDateField,
    WholeNumber,
)
from vrn_community.oversight.ballots import queries, services, voting
from vrn_community.oversight.ballots.box import LONGEST_REASON
from vrn_community.oversight.ballots.counting import OBJECT, Method
from vrn_community.oversight.ballots.labels import METHODS, REASON_HINTS, choice_words
from vrn_community.oversight.ballots.models import Ballot
from vrn_community.oversight.ballots.voting import Cast
from vrn_community.oversight.meetings import queries as meetings
from vrn_community.oversight.meetings.models import Meeting

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))
SHORT = Length(max=300, message=_l("Use at most 300 characters."))
FEWEST_OPTIONS, MOST_OPTIONS = 2, 12


class BallotForm(BaseForm):
    id = NewId()
    question = Line(
        _l("What is to be decided"),
        description=_l("One sentence. For a decision by consent, write it as a proposal."),
        validators=[DataRequired(_l("Write what is to be decided.")), SHORT],
    )
    item = SelectField(
        _l("Item of an agenda"),
        description=_l("Whoever declares an interest in the item is kept out of the ballot too."),
    )
    background = Lines(
        _l("What members should know"),
        description=_l("Do not name anybody."),
        validators=[LONG],
    )
    method = RadioField(
        _l("How it is decided"),
        choices=[SelectChoice(method.value, label) for method, label in METHODS.items()],
        validators=[InputRequired(_l("Choose how it is decided."))],
    )
    options = Lines(
        _l("Options"),
        description=_l("One a line, only for a vote. To abstain is always an option."),
        validators=[LONG],
    )
    is_secret = BooleanField(
        _l("It is secret: nobody sees who chose what"),
    )
    opens_on = SplitDateField(_l("First day"))
    closes_on = SplitDateField(
        _l("Last day"), description=_l("One can vote to the end of the day.")
    )

    def __init__(self, by: Account, ballot: Ballot | None = None, item: str = "") -> None:
        super().__init__(data=_stored(ballot, item))
        self.ballot = ballot
        known = meetings.items_to_decide(by, ballot.item_id if ballot else None)
        self.items = {str(row.id): row.id for row in known}
        named = [SelectChoice(str(row.id), row.title, optgroup=_name(row.meeting)) for row in known]
        self.item.choices = [SelectChoice("", _l("It belongs to no meeting")), *named]

    def validate_options(self, field: Lines) -> None:
        known, is_vote = self.ballot, self.method.data == Method.VOTE
        if known and services.turns_vote(known, self.method.data, self.lines if is_vote else []):
            raise ValidationError(services.stays_words())
        if not is_vote:
            return
        if not FEWEST_OPTIONS <= len(self.lines) <= MOST_OPTIONS:
            raise ValidationError(_l("Write from 2 to 12 options, one a line."))
        if len(set(self.lines)) < len(self.lines):
            raise ValidationError(_l("Two options are the same."))

    def validate_opens_on(self, field: SplitDateField) -> None:
        if field.data is None:
            raise ValidationError(_l("Choose the first day."))

    def validate_closes_on(self, field: SplitDateField) -> None:
        if field.data is None or field.data < clock.today():
            raise ValidationError(_l("Choose today or a later day."))
        if self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(_l("It cannot close before it opens."))

    @property
    def lines(self) -> list[str]:
        """The options that were typed."""
        found = (" ".join(line.split()) for line in (self.options.data or "").splitlines())
        return [line for line in found if line]

    @property
    def asked(self) -> services.Question:
        """What `services.begin` and `services.edit` take."""
        method = Method(self.method.data)
        return services.Question(
            question=self.question.data,
            method=method,
            opens_on=self.opens_on.data or clock.today(),
            closes_on=self.closes_on.data or services.usual_last_day(),
            background=self.background.data,
            options=self.lines if method is Method.VOTE else [],
            is_secret=self.is_secret.data,
            item_id=self.items.get(self.item.data),
        )


def _name(meeting: Meeting) -> str:
    return f"{meeting.title}, {i18n.local_date(meeting.held_on)}"


def _stored(ballot: Ballot | None, item: str) -> dict[str, object]:
    if ballot is None:
        days = {"opens_on": clock.today(), "closes_on": services.usual_last_day()}
        return {**days, "item": item}
    names = ("id", "question", "background", "method", "is_secret", "opens_on", "closes_on")
    stored = {"options": "\n".join(ballot.options), "item": str(ballot.item_id or "")}
    return {**{n: getattr(ballot, n) for n in names}, **stored}


class OpenForm(BaseForm):
    #: The version that the chair has read.
    version = WholeNumber("", widget=HiddenInput())
    excluded = Choices(
        _l("Who declared an interest"),
        description=_l("They can neither vote nor read it. It cannot be changed later."),
    )
    quorum = WholeNumber(
        _l("How many must take part"), validators=[InputRequired(_l("Enter a whole number."))]
    )
    knows_risk = BooleanField(_l("I have told the members what a secret ballot cannot hide"))

    def __init__(self, ballot: Ballot, members: list[Account]) -> None:
        self.ballot = ballot
        usual = queries.usual_quorum(len(members))
        if ballot.is_secret:
            usual = max(usual, config.current().smallest_secret_ballot)
        super().__init__(data={"version": ballot.version, "quorum": usual})
        self.by_key = {str(member.id): member.id for member in members}
        self.excluded.choices = [SelectChoice(str(m.id), m.display_name) for m in members]

    def validate_knows_risk(self, field: BooleanField) -> None:
        if self.ballot.is_secret and not field.data:
            raise ValidationError(_l("Tell the members first, then tick the box."))

    @property
    def rules(self) -> services.Rules:
        """What `services.open_ballot` takes."""
        excluded = frozenset(self.by_key[key] for key in self.excluded.data)
        return services.Rules(self.quorum.data, excluded)


class VoteForm(BaseForm):
    form = HiddenField()
    choice = RadioField(
        _l("Your vote"), validators=[InputRequired(_l("Choose one of the answers."))]
    )
    reason = Lines(
        _l("Your reasons"),
        validators=[Length(max=LONGEST_REASON, message=_l("Use at most 500 characters."))],
    )

    def __init__(self, ballot: Ballot, by: Account) -> None:
        super().__init__(data={"form": voting.new_form(ballot, by)})
        words = choice_words(ballot)
        self.choice.choices = [SelectChoice(choice, words[choice]) for choice in ballot.choices]
        self.reason.description = REASON_HINTS[ballot.method, ballot.is_secret]

    def validate_reason(self, field: Lines) -> None:
        if self.choice.data == OBJECT and not field.data:
            raise ValidationError(_l("Say why you object."))

    @property
    def cast(self) -> Cast:
        """What `voting.vote` takes."""
        return Cast(self.choice.data, self.reason.data)


class WordsForm(BaseForm):
    """Words about a ballot: how objections were met, why it is withdrawn, a minority view."""

    id = NewId()
    words = Lines(
        _l("Your words"),
        description=_l("All members read them. Do not name anybody."),
        validators=[DataRequired(_l("Write something first.")), LONG],
    )
