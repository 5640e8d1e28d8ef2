"""Forms about the key of cases; no page shows a passphrase again."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import EqualTo, InputRequired, ValidationError

from vrn_community.accounts import passwords
from vrn_community.accounts.forms import WEAKNESSES
from vrn_community.foundation.forms import BaseForm
from vrn_community.safeguarding.forms.fields import line, phrase

CHOOSE = _l("Choose a passphrase for cases")
ENTER = InputRequired(_l("Enter your passphrase."))


class NewForm(BaseForm):
    """A new passphrase, typed twice."""

    passphrase = phrase(
        CHOOSE,
        InputRequired(_l("Choose a passphrase.")),
        description=_l(
            "At least 12 characters, and another one than your password for signing in."
        ),
        is_new=True,
    )
    again = phrase(
        _l("Type it again"),
        EqualTo("passphrase", _l("The two passphrases are not the same.")),
        is_new=True,
    )

    def validate_passphrase(self, field: Any) -> None:
        if weakness := passwords.weakness(field.data or ""):
            raise ValidationError(WEAKNESSES[weakness])


class RecoverForm(NewForm):
    """The recovery key on paper, and a new passphrase."""

    recovery = line(_l("The recovery key"), InputRequired(_l("Enter the recovery key.")))


class ChangeForm(NewForm):
    """The passphrase of now, and the next one."""

    before = phrase(_l("Your passphrase until now"), ENTER)


class OpenForm(BaseForm):
    """The passphrase of somebody who holds the key."""

    passphrase = phrase(_l("Your passphrase for cases"), ENTER)
