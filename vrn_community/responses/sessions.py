"""Sessions of a facilitator: many people answer in one room, let in by one code (V13, Y8)."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import Select, exists, select, update
from sqlalchemy.orm import joinedload

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.paging import Page, paginate
from vrn_community.foundation.permissions import Permission
from vrn_community.opportunities.models import Opportunity, Stage
from vrn_community.opportunities.queries import is_in_stage
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState
from vrn_community.responses.models import GroupSession

#: Eight characters are 40 bits: a session lives for a day, and wrong codes are counted.
CODE_LENGTH = 8


@dataclass(frozen=True)
class Plan:
    """What a facilitator says of a session beforehand."""

    opportunity: Opportunity
    setting: str
    responsible_adult: str
    cap: int
    lasts: timedelta


def answerable(*stages: Stage) -> list[Opportunity]:
    """Return opportunities with a published questionnaire, in some stages, by title."""
    published = QuestionnaireVersion.state == VersionState.PUBLISHED
    has_questions = exists().where(QuestionnaireVersion.opportunity_id == Opportunity.id, published)
    found = {
        row.id: row
        for stage in stages
        for row in db.session.scalars(select(Opportunity).where(is_in_stage(stage), has_questions))
    }
    return sorted(found.values(), key=lambda row: (row.title, row.id))


def open_session(session_id: uuid.UUID, plan: Plan, *, by: Account) -> GroupSession:
    """Open a session under a key chosen beforehand; asked twice, return the same one."""
    if known := db.session.get(GroupSession, session_id):
        return own(known.id, by)
    _refuse(plan, by)
    code = crypto.new_code(CODE_LENGTH)
    made = GroupSession(
        id=session_id,
        opportunity=plan.opportunity,
        facilitator_id=by.id,
        code_hash=hash_of(code),
        code=code,
        setting=plan.setting,
        responsible_adult=plan.responsible_adult,
        cap=plan.cap,
        expires_at=clock.now() + plan.lasts,
    )
    db.session.add(made)
    db.session.flush()
    audit.record("session:open", made, actor=by, cap=plan.cap)
    return made


def _refuse(plan: Plan, by: Account) -> None:
    settings = config.current()
    if not by.can(Permission.SESSION_RUN):
        raise NotAllowed(_("Your roles do not allow this."))
    if not plan.opportunity.is_open:
        raise NotAllowed(_("People cannot answer these questions now."))
    if not plan.responsible_adult:
        raise NotAllowed(_("Say which adult is responsible in the room."))
    if not 1 <= plan.cap <= settings.largest_session:
        raise NotAllowed(_("So many people are too many for one session."))
    if not timedelta() < plan.lasts <= settings.longest_group_session:
        raise NotAllowed(_("A session lasts a day at most."))


def end(session: GroupSession, *, by: Account) -> None:
    """Let nobody else into a session; ended twice, it has ended once."""
    if session.expires_at <= clock.now():
        return
    session.expires_at = clock.now()
    db.session.flush()
    audit.record("session:end", session, actor=by, count=session.used)


def own(session_id: uuid.UUID, account: Account) -> GroupSession:
    """Return a facilitator's session; NoResultFound if there is none, or it is another's."""
    mine = GroupSession.facilitator_id == account.id
    return db.session.scalars(_loaded().where(GroupSession.id == session_id, mine)).one()


def of_facilitator(account_id: uuid.UUID, number: int) -> Page[GroupSession]:
    """Return one page of a facilitator's sessions, newest first."""
    query = select(GroupSession).where(GroupSession.facilitator_id == account_id)
    newest = query.order_by(GroupSession.created_at.desc(), GroupSession.id)
    return paginate(newest, number, load=[joinedload(GroupSession.opportunity)])


def running(account_id: uuid.UUID) -> list[GroupSession]:
    """Return a facilitator's sessions in which people can answer now."""
    mine = _loaded().where(GroupSession.facilitator_id == account_id)
    lasting = mine.where(GroupSession.expires_at > clock.now())
    return [row for row in db.session.scalars(lasting.order_by(GroupSession.id)) if row.is_running]


def had_sessions(opportunity_id: uuid.UUID) -> bool:
    """Return whether there was ever a session, so that children under 13 may have answered."""
    return bool(
        db.session.scalar(select(exists().where(GroupSession.opportunity_id == opportunity_id)))
    )


def code_of(session: GroupSession) -> str:
    """Return the code of a session in two groups, to be written on a board."""
    code = session.code
    return f"{code[: CODE_LENGTH // 2]} {code[CODE_LENGTH // 2 :]}"


def hash_of(code: str) -> str:
    """Return what is stored of a session's code."""
    return crypto.keyed_hash("session", crypto.read_code(code))


def by_code(typed: str) -> GroupSession | None:
    """Return the session of a typed code."""
    return db.session.scalars(_loaded().where(GroupSession.code_hash == hash_of(typed))).first()


def by_key(key: str) -> GroupSession | None:
    """Return the session that a sealed state names."""
    return db.session.scalars(_loaded().where(GroupSession.id == uuid.UUID(key))).first()


def _loaded() -> Select[GroupSession]:
    return select(GroupSession).options(joinedload(GroupSession.opportunity))


def take_place(key: str, opportunity_id: uuid.UUID) -> bool:
    """Count one more person, and return whether there was a place left.

    One statement: of many at once, no more are let in than there are places.
    """
    table = GroupSession.__table__
    one_more = (
        update(GroupSession)
        .where(table.c.id == uuid.UUID(key), table.c.opportunity_id == opportunity_id)
        .where(table.c.used < table.c.cap, table.c.expires_at > clock.now())
        .values(used=table.c.used + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(db.session.execute(one_more).rowcount)  # type: ignore[attr-defined]
