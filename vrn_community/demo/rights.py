"""A complaint, a request to delete something, and a body that asks for raw answers."""

import uuid
from datetime import timedelta

from vrn_community.accounts.roles import Role
from vrn_community.demo.opportunities import NAMESPACE, People
from vrn_community.foundation import clock
from vrn_community.rights import raw_data, services
from vrn_community.rights.models import LegalBasis, RequestKind, RequestWay, Result

COMPLAINT = (
    "I answered your questions at the youth club. Later somebody read out loud what I had written. "
    "You said that nobody would know."
)
ERASURE = "My e-mail address is on a list of yours. Please take it out. I never asked for e-mails."
DONE = "We took your address out of the list on the same day. We have nothing else about you."
WANTED = "The answers of people who live near the path, one by one, with the day."
PURPOSE = "To find out who saw something in March. The published results say nothing about a day."


def load(people: People) -> None:
    """Store them, unless they are there already."""
    officer, entered_by = people[Role.DATA_PROTECTION_OFFICER], people[Role.MODERATOR]
    services.receive(_asking("complaint", RequestKind.COMPLAINT, COMPLAINT, 20, is_urgent=True))
    letter = _asking("erasure", RequestKind.ERASURE, ERASURE, 12, way=RequestWay.EMAIL)
    erased = services.enter(letter, by=entered_by)
    if not erased.answered_on:
        services.answer(erased, Result.GRANTED, DONE, by=officer)
    wish = raw_data.Wish(WANTED, PURPOSE, LegalBasis.CRIME)
    raw_data.ask(uuid.uuid5(NAMESPACE, "raw data"), wish, by=people[Role.PARTNER])


def _asking(
    name: str,
    kind: RequestKind,
    words: str,
    days_ago: int,
    *,
    way: RequestWay = RequestWay.FORM,
    is_urgent: bool = False,
) -> services.Asking:
    return services.Asking(
        token=f"demonstration {name}",
        kind=kind,
        words=words,
        is_urgent=is_urgent,
        way=way,
        received_on=clock.today() - timedelta(days=days_ago),
        is_demo=True,
    )
