"""Forms of themes and of coding."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length

from vrn_community.foundation.forms import BaseForm, Line, Lines, NewId
from vrn_community.insights.forms import NOTHING, key_of
from vrn_community.insights.words.models import Theme


class ThemeForm(BaseForm):
    key = NewId()
    name = Line(
        _l("Name"),
        validators=[
            DataRequired(_l("Give the theme a name.")),
            Length(max=100, message=_l("Use at most 100 characters.")),
        ],
    )
    definition = Lines(
        _l("Definition"),
        description=_l("What belongs to it and what does not, so that everybody codes alike."),
        validators=[Length(max=1_000, message=_l("Use at most 1,000 characters."))],
    )


class MergeForm(BaseForm):
    into = SelectField(
        _l("Merge into"), coerce=key_of, validators=[InputRequired(_l("Choose a theme."))]
    )

    def offer(self, themes: list[Theme]) -> None:
        self.into.choices = [(theme.id, theme.name) for theme in themes]


class CodeForm(BaseForm):
    """What one coder finds in the passages of one page."""

    #: The passages on the page: only these change.
    among = SelectMultipleField(coerce=key_of, validate_choice=False)
    #: Pairs of passage and theme, with a blank between.
    given = SelectMultipleField(validate_choice=False)
    #: The passages in which the coder finds no theme.
    none = SelectMultipleField(coerce=key_of, validate_choice=False)

    @property
    def decisions(self) -> dict[UUID, set[UUID] | None]:
        """The themes of each passage, or None where nothing is ticked."""
        found: dict[UUID, set[UUID] | None] = dict.fromkeys(self.among.data)
        for passage in set(self.none.data) & set(found):
            found[passage] = set()
        for pair in self.given.data:
            passage, _blank, theme = pair.partition(" ")
            key = key_of(passage)
            if key in found and key != NOTHING:
                found[key] = (found[key] or set()) | {key_of(theme)}
        return found
