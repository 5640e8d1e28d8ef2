"""Forms of accounts."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, EqualTo, InputRequired, Length, ValidationError

from vrn_community.accounts import labels, passwords, roles
from vrn_community.accounts.models import Account
from vrn_community.accounts.roles import Role
from vrn_community.foundation.forms import BaseForm, Choices, EmailLine, Line
from vrn_community.foundation.i18n import LANGUAGES
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import Body

WEAKNESSES = {
    "short": _l("Use at least 12 characters. Three or four words together work well."),
    "long": _l("Use at most 200 characters."),
    "easy": _l("This one is easy to guess. Use three or four words that do not belong together."),
}


class SignInForm(BaseForm):
    email = EmailLine(
        _l("E-mail address"),
        validators=[DataRequired(_l("Enter your e-mail address."))],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Enter your password.")), Length(max=passwords.LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(BaseForm):
    #: What a passkey signed, in place of a code.
    proof_passkey = HiddenField()
    proof_code = Line(
        _l("Code"),
        description=_l("The 6 digits that your app shows now, or one of your recovery codes."),
        validators=[Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"},
    )

    def validate_proof_code(self, field: Line) -> None:
        if not field.data and not self.proof_passkey.data:
            raise ValidationError(_l("Enter the code."))


class FactorForm(BaseForm):
    """Adds a second factor; whoever has none and is signed in already gives the password again."""

    password = PasswordField(
        _l("Your password"),
        description=_l("So that nobody who finds your computer open can do this."),
        validators=[InputRequired(_l("Enter your password.")), Length(max=passwords.LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )

    def __init__(self, *, asks_password: bool, **options: Any) -> None:
        super().__init__(**options)
        if not asks_password:
            del self.password


class PasskeyForm(FactorForm):
    signed = HiddenField()
    name = Line(
        _l("What to call it"),
        description=_l("For example: my phone."),
        validators=[
            DataRequired(_l("Give it a name.")),
            Length(max=60, message=_l("Use at most 60 characters.")),
        ],
    )


class RenameForm(BaseForm):
    name = Line(
        _l("Another name"),
        validators=[
            DataRequired(_l("Give it a name.")),
            Length(max=60, message=_l("Use at most 60 characters.")),
        ],
    )


class AppForm(FactorForm):
    state = HiddenField()
    code = Line(
        _l("Code"),
        description=_l("The 6 digits that your app shows now."),
        validators=[DataRequired(_l("Enter the code.")), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class JoinForm(BaseForm):
    password = PasswordField(
        _l("Choose a password"),
        description=_l("At least 12 characters. Three or four words together work well."),
        validators=[InputRequired(_l("Choose a password."))],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("Type it again"),
        validators=[EqualTo("password", _l("The two passwords are not the same."))],
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email

    def validate_password(self, field: PasswordField) -> None:
        weakness = passwords.weakness(field.data or "", about=self.email.split("@")[0])
        if weakness:
            raise ValidationError(WEAKNESSES[weakness])


class PasswordForm(JoinForm):
    """The password of now, and the next one."""

    before = PasswordField(
        _l("Your password until now"),
        description=_l("So that nobody who finds your computer open can do this."),
        validators=[InputRequired(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class RolesForm(BaseForm):
    held = Choices(
        _l("Roles"),
        description=_l("Choose only what the person needs."),
        coerce=Role,
        choices=[SelectChoice(role.value, label) for role, label in labels.ROLES.items()],
    )
    body = SelectField(
        _l("Body that the person answers for"),
        description=_l("Only for a partner or a board member."),
    )

    def __init__(self, account: Account | None = None) -> None:
        self.bodies = {body.slug: body for body in partnership.bodies()}
        held, body_id = (account.roles, account.body_id) if account else ([], None)
        chosen = [slug for slug, body in self.bodies.items() if body.id == body_id]
        super().__init__(data={"held": held, "body": "".join(chosen)})
        named = [SelectChoice(slug, body.name) for slug, body in self.bodies.items()]
        self.body.choices = [SelectChoice("", _l("Choose")), *named]

    @property
    def chosen_body(self) -> Body | None:
        """What `services.invite` and `services.give_roles` take as the body."""
        return self.bodies.get(self.body.data)

    def validate_body(self, field: SelectField) -> None:
        if not field.data and roles.OUTSIDE.intersection(self.held.data or ()):
            raise ValidationError(_l("Choose the body that the person answers for."))

    def validate_held(self, field: Choices) -> None:
        if not roles.are_compatible(field.data or ()):
            raise ValidationError(labels.NOT_TOGETHER)


class InviteForm(RolesForm):
    display_name = Line(
        _l("Name"),
        description=_l("As colleagues will see it."),
        validators=[DataRequired(_l("Enter a name.")), Length(max=80)],
    )
    email = EmailLine(
        _l("E-mail address"),
        validators=[
            DataRequired(_l("Enter an e-mail address.")),
            Email(_l("Enter an e-mail address like name@example.org.")),
            Length(max=200),
        ],
    )


class SettingsForm(BaseForm):
    language = SelectField(
        _l("Language of the desk"),
        choices=[SelectChoice(tag, name) for tag, name in LANGUAGES.items()],
    )

    @classmethod
    def of(cls, account: Account) -> "SettingsForm":
        return cls(obj=account)


class PressForm(BaseForm):
    """A form that is one button."""
