"""Forms of meetings, of what is on their agenda, and of what is declared and agreed there."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from vrn_community.accounts.models import Account
from vrn_community.foundation import clock
from vrn_community.foundation.forms import BaseForm, Line, Lines, NewId, SplitDateField
from vrn_community.oversight.forms import PublicForm
from vrn_community.oversight.meetings import items, services
from vrn_community.oversight.meetings.labels import PLACE_KINDS, PRESENCES
from vrn_community.oversight.meetings.models import AgendaItem, Meeting, Paper, PlaceKind, Presence
from vrn_community.partnership import queries as partnership

LONG = Length(max=4_000, message=_l("Use at most 4,000 characters."))
SHORT = Length(max=200, message=_l("Use at most 200 characters."))
PAPER = Length(max=60_000, message=_l("Use at most 60,000 characters."))
TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class MeetingForm(BaseForm):
    id = NewId()
    title = Line(
        _l("What the meeting is called"), validators=[DataRequired(_l("Enter a name.")), SHORT]
    )
    day = SplitDateField(_l("The day"))
    time = Line(_l("When it begins"), description=_l("For example 18:00"))
    place = Line(
        _l("Where it is"),
        description=_l("A place, or how to join online."),
        validators=[DataRequired(_l("Say where it is.")), SHORT],
    )
    place_kind = SelectField(
        _l("What everyone may know of the place"),
        choices=[
            SelectChoice("", _l("Nothing")),
            *(SelectChoice(kind.value, label) for kind, label in PLACE_KINDS.items()),
        ],
        description=_l("Everyone can read when the group meets, and the names of the items."),
    )
    wellbeing_contact = Line(
        _l("Whom members can talk to"),
        description=_l("A name and a way to reach them, for when something stays with somebody."),
        validators=[DataRequired(_l("Enter a name.")), SHORT],
    )
    chair = SelectField(_l("Who chairs it"), validators=[DataRequired(_l("Choose who chairs it."))])

    def __init__(self, chairs: Sequence[Account], meeting: Meeting | None = None) -> None:
        super().__init__(data=_stored(meeting))
        self.chairs = {str(row.id): row for row in chairs}
        if meeting:
            self.chairs[str(meeting.chair_id)] = meeting.chair
        named = [SelectChoice(key, row.display_name) for key, row in self.chairs.items()]
        self.chair.choices = [SelectChoice("", _l("Choose")), *named]

    def validate_day(self, field: SplitDateField) -> None:
        if field.data is None and not field.process_errors:
            raise ValidationError(_l("Enter the day."))

    def validate_time(self, field: Line) -> None:
        if not TIME.fullmatch(field.data or ""):
            raise ValidationError(_l("Enter a time, for example 18:00."))

    @property
    def plan(self) -> services.Plan:
        """What the services take."""
        found = TIME.fullmatch(self.time.data)
        hour = time(int(found[1]), int(found[2])) if found else time()
        day = self.day.data or clock.today()
        return services.Plan(
            self.title.data,
            datetime.combine(day, hour, clock.LONDON),
            self.place.data,
            self.wellbeing_contact.data,
            self.chairs[self.chair.data],
            PlaceKind(self.place_kind.data) if self.place_kind.data else None,
        )


def _stored(meeting: Meeting | None) -> dict[str, Any]:
    if meeting is None:
        return {"chair": ""}
    return {
        "title": meeting.title,
        "day": meeting.held_on,
        "time": f"{clock.in_london(meeting.starts_at):%H:%M}",
        "place": meeting.place,
        "place_kind": meeting.place_kind or "",
        "wellbeing_contact": meeting.wellbeing_contact,
        "chair": str(meeting.chair_id),
    }


class ItemForm(PublicForm):
    kept_inside = frozenset({"purpose"})
    id = NewId()
    title = Line(
        _l("What it is called"),
        description=_l("Everyone in the group sees it, and it can be public. Do not name anybody."),
        validators=[DataRequired(_l("Enter a name.")), SHORT],
    )
    purpose = Lines(_l("What the group is asked to do"), validators=[LONG])

    def __init__(self, item: AgendaItem | None = None) -> None:
        stored = {"title": item.title, "purpose": item.purpose} if item else {}
        super().__init__(data=stored)


class PaperForm(BaseForm):
    id = NewId()
    title = Line(
        _l("What the paper is called"), validators=[DataRequired(_l("Enter a name.")), SHORT]
    )
    content_note = Line(
        _l("What is hard to read in it"),
        description=_l("It is said before the paper, so that nobody is taken by surprise."),
        validators=[SHORT],
    )
    text = Lines(
        _l("The paper"),
        description=_l("You can use ## for a heading, - for a list and ** for bold words."),
        validators=[DataRequired(_l("Write the paper.")), PAPER],
    )

    def __init__(self, paper: Paper | None = None) -> None:
        stored = (
            {"title": paper.title, "content_note": paper.content_note, "text": paper.text_source}
            if paper
            else {}
        )
        super().__init__(data=stored)

    @property
    def draft(self) -> items.Draft:
        """What the services take."""
        return items.Draft(self.title.data, self.text.data, self.content_note.data)


class InterestForm(BaseForm):
    words = Lines(
        _l("What your interest is"),
        description=_l("The chair reads it. From then on you see only the title of the item."),
        validators=[DataRequired(_l("Say what the interest is.")), LONG],
    )


class OtherInterestForm(BaseForm):
    member = SelectField(_l("Who declared it"), validators=[DataRequired(_l("Choose who it is."))])
    words = Lines(
        _l("What the interest is"),
        validators=[DataRequired(_l("Say what the interest is.")), LONG],
    )

    def __init__(self, members: Sequence[Account] = (), **options: Any) -> None:
        super().__init__(data={"member": ""}, **options)
        self.members = {str(row.id): row for row in members}
        named = [SelectChoice(key, row.display_name) for key, row in self.members.items()]
        self.member.choices = [SelectChoice("", _l("Choose")), *named]


class NoteForm(BaseForm):
    id = NewId()
    text = Lines(
        _l("What was said and agreed"),
        description=_l("Do not say who said what."),
        validators=[DataRequired(_l("Write the note.")), LONG],
    )


class ActionForm(BaseForm):
    id = NewId()
    text = Lines(
        _l("What is to be done"), validators=[DataRequired(_l("Say what is to be done.")), LONG]
    )
    owner = SelectField(_l("Who does it"), validators=[DataRequired(_l("Choose who does it."))])
    due_on = SplitDateField(_l("Done by"))

    def __init__(self, members: Sequence[Account] = (), **options: Any) -> None:
        super().__init__(data={"owner": ""}, **options)
        self.members = {str(row.id): row for row in members}
        self.bodies = {row.slug: row for row in partnership.bodies()}
        people = [SelectChoice(key, row.display_name) for key, row in self.members.items()]
        bodies = [SelectChoice(slug, row.name) for slug, row in self.bodies.items()]
        self.owner.choices = [SelectChoice("", _l("Choose")), *people, *bodies]

    def validate_due_on(self, field: SplitDateField) -> None:
        if field.data is None and not field.process_errors:
            raise ValidationError(_l("Enter the day."))

    @property
    def task(self) -> items.Task:
        """What the service takes."""
        return items.Task(
            text=self.text.data,
            due_on=self.due_on.data or clock.today(),
            owner=self.members.get(self.owner.data),
            body=self.bodies.get(self.owner.data),
        )


class AttendanceForm(BaseForm):
    """One question for each member: made anew for each meeting."""

    @classmethod
    def of(cls, members: Sequence[Account], known: Mapping[UUID, Presence]) -> "AttendanceForm":
        """Return the form for the members of a meeting, with what is known."""
        choices = [SelectChoice("", _l("Not known"))]
        choices += [SelectChoice(each.value, label) for each, label in PRESENCES.items()]
        fields = {
            f"member-{row.id}": RadioField(
                row.display_name, choices=choices, default=str(known.get(row.id, ""))
            )
            for row in members
        }
        made = type("AttendanceForm", (cls,), fields)
        return made()  # type: ignore[no-any-return]

    @property
    def presences(self) -> dict[UUID, Presence]:
        """What the service takes: the members of whom something is known."""
        chosen = {name: field.data for name, field in self._fields.items() if field.data}
        return {
            UUID(name.removeprefix("member-")): Presence(value)
            for name, value in chosen.items()
            if name.startswith("member-")
        }
