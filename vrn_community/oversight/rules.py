"""What the lifecycles of the group have in common: a step of a table, and how it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from flask_babel import gettext as _

from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.permissions import Permission
from vrn_community.oversight import refusals

State = TypeVar("State", bound=StrEnum)
Act = TypeVar("Act", bound=StrEnum)


@dataclass(frozen=True)
class Step(Generic[State]):
    """One act: from which states to which, and by whom; without an end the state stays."""

    begins_in: frozenset[State]
    ends_in: State | None
    permission: Permission


def acts_for(steps: Mapping[Act, Step[Any]], state: StrEnum, by: Account) -> list[Act]:
    """Return what an account can do in a state, in the order of the table."""
    return [act for act, s in steps.items() if state in s.begins_in and by.can(s.permission)]


def refuse_step(row: Any, step: Step[Any], by: Account) -> None:
    """Refuse an act in the wrong state, or without its permission; the row waits for the commit."""
    db.session.flush()
    db.session.refresh(row, ["state"], with_for_update=True)
    if row.state not in step.begins_in:
        raise NotAllowed(_("That cannot be done now: things have moved on."))
    refusals.refuse_without(step.permission, by)


def end_step(row: Any, step: Step[Any]) -> None:
    """Bring a row to the state in which a step ends."""
    row.state = step.ends_in or row.state
    db.session.flush()
