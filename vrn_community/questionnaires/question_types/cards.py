"""What stands between questions: something to read, and agreeing to take part."""

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from flask_babel import lazy_gettext as _l

from vrn_community.questionnaires.question_types.base import Choice, Question, Reading, Sent

REFUSES = "no"
CONSENT: dict[str, Any] = {
    "yes": _l("I want to take part"),
    REFUSES: _l("I do not want to take part"),
}


class Information(Question):
    """Something to read, such as what the next questions are about; nobody answers it."""

    kind: Literal["information"] = "information"
    label: ClassVar = _l("Something to read")

    def read_answer(self, sent: Sent) -> Reading:
        """Read nothing."""
        return Reading()


class Consent(Question):
    """The person's own yes or no to taking part; a no ends it, and nothing is kept."""

    kind: Literal["consent"] = "consent"
    label: ClassVar = _l("Agreeing to take part")

    def options(self) -> Sequence[Choice]:
        """Return yes and no."""
        return tuple(Choice(id=key, text=str(text)) for key, text in CONSENT.items())

    def read_answer(self, sent: Sent) -> Reading:
        """Read yes or no; anything else is no answer."""
        value = sent.get(self.id, "")
        return Reading(value if value in CONSENT else None)
