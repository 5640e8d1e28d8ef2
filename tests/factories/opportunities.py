"""Made-up opportunities that owe nothing: each level complete, ready to be submitted."""

from datetime import timedelta
from typing import Any

import factory
from sqlalchemy import select

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto, text
from vrn_community.opportunities import gates
from vrn_community.opportunities.children import ChildRoute
from vrn_community.opportunities.levels import ParticipationLevel
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import (
    Opportunity,
    OpportunityPrevention,
    SignOff,
    SignOffKind,
)
from vrn_community.partnership.levels import PreventionLevel
from vrn_community.partnership.models import BeneficiaryGroup, Body, Priority


class OpportunityFactory(factory.alchemy.SQLAlchemyModelFactory):
    """A complete draft at the consult level; `is_public=True` makes it open now.

    `is_signed=True` gives it both signatures.

    The partnership data must be loaded, and `author` be given.
    """

    class Meta:
        """Write through the session of the application."""

        model = Opportunity
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "flush"

    class Params:
        """Shortcuts."""

        is_public = factory.Trait(
            state=OpportunityState.PUBLISHED, published_at=factory.LazyFunction(clock.now)
        )
        is_signed = factory.Trait(
            sign_offs=factory.LazyAttribute(
                lambda made: [SignOff(kind=kind, account=made.author) for kind in SignOffKind]
            )
        )

    code = factory.LazyFunction(lambda: crypto.new_code(7))
    level = ParticipationLevel.CONSULT
    title = factory.Sequence(lambda number: f"Safer walks home {number}")
    summary = "Tell us what would make the way home from school safer."
    description_source = "We look at **lights** and *paths*."
    description_html = factory.LazyAttribute(lambda o: text.clean_markdown(o.description_source))
    contact = "team@example.org"
    audience = "Anyone who walks there"
    min_age = 13
    max_age = None
    child_route = ChildRoute.WAIVED
    waiver_reason = "The questions are harmless, and whoever asks a parent may be in danger."
    waived_on = factory.LazyFunction(clock.today)
    time_needed = "Five minutes"
    payment = "There is no payment."
    opens_on = factory.LazyFunction(clock.today)
    closes_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=30))
    decision_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=60))
    review_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=90))
    decider = "The head of neighbourhoods"
    can_change = "Where the lights go"
    cannot_change = "The total amount of money"
    is_undecided = True
    author: Any = None

    @factory.lazy_attribute
    def duties(self) -> dict[str, str]:
        owed = gates.duties_of(self.level, with_children=True)
        return {duty.name: f"What we owe for {duty.name}" for duty in owed if duty.is_owed}

    @factory.lazy_attribute
    def asking_body(self) -> Body | None:
        return db.session.scalars(select(Body).limit(1)).first()

    @factory.lazy_attribute
    def prevention(self) -> list[OpportunityPrevention]:
        return [OpportunityPrevention(level=PreventionLevel.PRIMARY)]

    @factory.lazy_attribute
    def beneficiary_groups(self) -> list[BeneficiaryGroup]:
        return list(db.session.scalars(select(BeneficiaryGroup).limit(1)))

    @factory.lazy_attribute
    def priorities(self) -> list[Priority]:
        return list(db.session.scalars(select(Priority).where(Priority.number == 4)))


def make_opportunity(author: Account, **changes: Any) -> Opportunity:
    """Return a complete opportunity of an author, with changes."""
    made: Opportunity = OpportunityFactory.create(author=author, **changes)
    return made
