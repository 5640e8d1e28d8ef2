"""What people read instead of the names of bases, conditions and modes."""

from typing import Any

from flask_babel import lazy_gettext as _l

from vrn_community.privacy.models import LawfulBasis, Mode, OffenceData, SpecialCategory

#: The two promises of D4: one page says one of them, and never the other.
MODES: dict[Mode, Any] = {
    Mode.ANONYMOUS: _l("We won’t ask who you are."),
    Mode.CONFIDENTIAL: _l("We keep your name private."),
}
BASES: dict[LawfulBasis, Any] = {
    LawfulBasis.PUBLIC_TASK: _l("Public task: the law asks us to do this work"),
    LawfulBasis.LEGAL_OBLIGATION: _l("Legal obligation: the law says that we must"),
    LawfulBasis.LEGITIMATE_INTERESTS: _l("Legitimate interests: outside of our public tasks"),
    LawfulBasis.CONSENT: _l("Consent: only while the person agrees"),
}
SPECIAL: dict[SpecialCategory, Any] = {
    SpecialCategory.NOT_ASKED: _l("We do not ask for it"),
    SpecialCategory.EQUALITY_MONITORING: _l("To see whether everybody is treated fairly"),
    SpecialCategory.RESEARCH: _l("For research and statistics"),
    SpecialCategory.PUBLIC_INTEREST: _l("A strong public interest that the law names"),
    SpecialCategory.CONSENT: _l("The person agreed to it clearly"),
}
OFFENCES: dict[OffenceData, Any] = {
    OffenceData.NOT_COLLECTED: _l("We do not collect it"),
    OffenceData.SAFEGUARDING: _l("To protect children and adults at risk"),
    OffenceData.PREVENTING_CRIME: _l("To prevent crime"),
}
