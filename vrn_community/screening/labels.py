"""What people read instead of the names of signals."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.screening.signals import Signal

S = Signal
#: For moderators.
SIGNALS: dict[Signal, Any] = {
    S.DANGER: _l("Danger now"),
    S.SELF_HARM: _l("Self-harm or suicide"),
    S.ABUSE: _l("Abuse or violence"),
    S.THREAT: _l("A threat"),
    S.WEAPON: _l("A weapon"),
    S.EXPLOITATION: _l("Exploitation"),
    S.NAME: _l("Somebody’s name"),
    S.PHONE: _l("A phone number"),
    S.EMAIL: _l("An e-mail address"),
    S.POSTCODE: _l("A postcode"),
    S.HANDLE: _l("A name on social media"),
    S.PLATE: _l("A car’s number plate"),
    S.NI_NUMBER: _l("A National Insurance number"),
    S.NHS_NUMBER: _l("An NHS number"),
    S.STREET: _l("A street"),
    S.SCHOOL: _l("A school"),
}
