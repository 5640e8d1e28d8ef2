"""Forms of the desk for opportunities, and the filters of the public list."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields import HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from vrn_community.foundation.forms import (
    BaseForm,
    Choices,
    Line,
    Lines,
    NewId,
    SplitDateField,
    WholeNumber,
)
from vrn_community.opportunities import children, gates, levels
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.models import Opportunity, Stage, tags_of
from vrn_community.opportunities.queries import AGE_BANDS, LONGEST_SEARCH, Filters
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.levels import PreventionLevel

LONG = 4_000
LONGEST = 20_000
TITLE = Length(max=120, message=_l("Use at most 120 characters."))


class BeginForm(BaseForm):
    id = NewId()
    title = Line(_l("Title"), validators=[DataRequired(_l("Give it a title.")), TITLE])
    level = RadioField(
        _l("Level"),
        description=_l("What people are promised depends on it. It cannot be changed later."),
        choices=[SelectChoice(level.value, words.label) for level, words in levels.WORDS.items()],
        validators=[InputRequired(_l("Choose a level."))],
    )


class TagsForm(BaseForm):
    """Where something belongs in the strategy and in the place."""

    priorities = Choices(_l("Priorities of the strategy"))
    local_issues = Choices(_l("Local issues"))
    prevention_levels = Choices(
        _l("Level of prevention"),
        coerce=PreventionLevel,
        choices=[SelectChoice(level.value, level.label) for level in PreventionLevel],
    )
    beneficiary_groups = Choices(_l("Groups of people it is about"))
    areas = Choices(_l("Areas"), description=_l("None means all of them."))

    TAGS = ("priorities", "local_issues", "beneficiary_groups", "areas")

    def __init__(self, tagged: Any, data: Mapping[str, Any]) -> None:
        self.rows: dict[str, dict[str, Any]] = {
            "priorities": _by_tag(partnership.priorities()),
            "local_issues": _by_tag(partnership.local_issues()),
            "beneficiary_groups": _by_tag(partnership.beneficiary_groups()),
            "areas": _by_tag(partnership.areas()),
        }
        stored = {name: [tags_of(row) for row in getattr(tagged, name)] for name in self.TAGS}
        levels_now = {"prevention_levels": tagged.prevention_levels}
        super().__init__(data={**data, **stored, **levels_now})
        for name in self.TAGS:
            self[name].choices = [
                SelectChoice(tag, _name(row)) for tag, row in self.rows[name].items()
            ]

    @property
    def tags(self) -> dict[str, Any]:
        """The chosen rows by the name of each kind of tag."""
        return {name: [self.rows[name][tag] for tag in self[name].data] for name in self.TAGS}


class OpportunityForm(TagsForm):
    version = HiddenField()
    title = Line(_l("Title"), validators=[DataRequired(_l("Give it a title.")), TITLE])
    summary = Lines(
        _l("In one or two sentences"),
        description=_l("Short and plain. It stands in lists."),
        validators=[Length(max=300, message=_l("Use at most 300 characters."))],
    )
    description_source = Lines(
        _l("Description"),
        description=_l("You can use Markdown: headings with ##, lists with -, **bold**, links."),
        validators=[Length(max=LONGEST)],
    )
    asking_body = SelectField(_l("Who asks"))
    contact = Line(
        _l("Where to ask questions"),
        description=_l("An e-mail address or a telephone number of a team, not of one person."),
        validators=[Length(max=200)],
    )
    audience = Line(_l("Who it is for"), validators=[Length(max=300)])
    min_age = WholeNumber(
        _l("Youngest age"),
        description=_l("If people under 18 can take part, two people sign it off."),
        validators=[Optional(), NumberRange(0, 120, _l("Enter an age."))],
    )
    max_age = WholeNumber(
        _l("Oldest age"), validators=[Optional(), NumberRange(0, 120, _l("Enter an age."))]
    )
    time_needed = Line(_l("Time needed"), validators=[Length(max=200)])
    payment = Lines(
        _l("Payment or thank-you"),
        description=_l("How much, how, and what it covers. If there is none, say so."),
        validators=[Length(max=LONG)],
    )
    opens_on = SplitDateField(_l("Opens on"))
    closes_on = SplitDateField(
        _l("Closes on"),
        description=_l("It stays open to the end of the day. A feedback box has no such date."),
    )
    review_on = SplitDateField(_l("To be checked again by"))
    decider = Line(
        _l("Who decides"),
        description=_l("A job title or a group, not a name."),
        validators=[Length(max=200)],
    )
    decision_on = SplitDateField(_l("Date of the decision"))
    is_undecided = BooleanField(_l("Nothing has been decided yet"))
    child_route = RadioField(
        _l("How people under 16 are let in"),
        description=_l("Children under 13 always need a session."),
        choices=[
            SelectChoice("", _l("People under 16 are not invited")),
            *(SelectChoice(route.value, label) for route, label in children.ROUTES.items()),
        ],
        coerce=lambda value: children.ChildRoute(value) if value else None,
        validators=[Optional()],
    )
    waiver_reason = Lines(
        _l("Why nobody has to be asked first"),
        description=_l("Only if nobody is asked. Whoever approves this, approves the reason."),
        validators=[Length(max=LONG)],
    )
    is_sensitive = BooleanField(
        _l("The questions are sensitive"),
        description=_l(
            "Then it says first how to leave fast, nobody can save their answers, "
            "and two people sign it off. Some local issues make it so by themselves. "
            "Once people could answer, it stays so."
        ),
    )
    is_offence_related = BooleanField(
        _l("The questions are about offences"),
        description=_l(
            "Whether people broke the law themselves, or what happened in one case. "
            "Then it is sensitive too, nobody is asked who they are, and people only choose "
            "answers: there is no box to write in. Without this, no such question can be asked."
        ),
    )
    needs_code = BooleanField(
        _l("Only people with a code can answer"),
        description=_l("One reply each, and nobody is named. A facilitator prints the codes."),
    )
    can_change = Lines(_l("What can still change"), validators=[Length(max=LONG)])
    cannot_change = Lines(_l("What cannot change, and why"), validators=[Length(max=LONG)])
    OWN_WAY = (*TagsForm.TAGS, "asking_body", "version", "csrf_token")

    def __init__(self, opportunity: Opportunity) -> None:
        self.bodies = _by_tag(partnership.bodies())
        body = opportunity.asking_body
        # Not `obj=opportunity`: its lists of rows would win over the tags.
        columns = {name: getattr(opportunity, name) for name in COLUMNS}
        own = {"asking_body": body.slug if body else ""}
        super().__init__(opportunity, {**columns, **opportunity.duties, **own})
        bodies = [SelectChoice(tag, row.name) for tag, row in self.bodies.items()]
        self.asking_body.choices = [SelectChoice("", _l("Choose")), *bodies]
        self.duties = gates.duties_of(opportunity.level, with_children=True)

    def validate_max_age(self, field: WholeNumber) -> None:
        youngest, oldest = self.min_age.data, field.data
        if None not in (youngest, oldest) and oldest < youngest:
            raise ValidationError(_l("The oldest age is below the youngest."))

    def validate_closes_on(self, field: SplitDateField) -> None:
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(_l("It cannot close before it opens."))

    @property
    def content(self) -> dict[str, Any]:
        """What `services.edit` takes."""
        duties = {duty.name: self[duty.name].data for duty in self.duties}
        plain = {
            field.name: field.data
            for field in self
            if field.name not in self.OWN_WAY and field.name not in ALL_DUTIES
        }
        body = self.bodies.get(self.asking_body.data)
        filled = {name: text for name, text in duties.items() if text}
        return {**plain, **self.tags, "asking_body": body, "duties": filled}


#: What the form and the model call by the same name.
COLUMNS = [
    name
    for name in vars(OpportunityForm)
    if not name.startswith("_") and hasattr(Opportunity, name)
]
ALL_DUTIES = {
    duty.name: duty
    for duty in (*(duty for owed in gates.DUTIES.values() for duty in owed), *gates.CHILDREN)
}
for _duty in ALL_DUTIES.values():
    setattr(
        OpportunityForm,
        _duty.name,
        Lines(_duty.label, description=_duty.hint, validators=[Length(max=LONG)]),
    )


class ActForm(BaseForm):
    """One step of the lifecycle; some ask for a reason."""

    #: The version that the person has read.
    version = WholeNumber("", widget=HiddenInput())
    reason = Lines(
        _l("Reason"), validators=[Length(max=1_000, message=_l("Use at most 1,000 characters."))]
    )


def _by_tag(rows: list[Any]) -> dict[str, Any]:
    return {tags_of(row): row for row in rows}


def _name(row: Any) -> str:
    return str(getattr(row, "name", None) or row.title)


def filters_of(sent: Mapping[str, str]) -> Filters:
    """Return the filters of an address; what makes no sense is left out."""
    level, stage = sent.get("level", ""), sent.get("state", "")
    priority, age = sent.get("priority", ""), sent.get("age", "")
    return Filters(
        text=" ".join(sent.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH],
        level=ParticipationLevel(level) if level in set(ParticipationLevel) else None,
        priority=int(priority) if priority in set("1234567") else None,
        area=sent.get("area", "")[:9].replace("\0", ""),
        age=age if age in AGE_BANDS else "",
        stage=Stage(stage) if stage in set(Stage) else None,
    )
