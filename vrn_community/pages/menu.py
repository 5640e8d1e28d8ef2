"""The desk's menu: entries that an account may use; many of them are folded into sections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from vrn_community.accounts.roles import permissions_of
from vrn_community.foundation.permissions import Permission

P = Permission
#: From how many entries on they are folded: more do not fit into a row of a screen.
MOST = 8


@dataclass(frozen=True)
class Entry:
    """One page of the menu; without a permission it is for every account."""

    label: Any
    endpoint: str
    permission: Permission | None = None
    #: More blueprints whose pages lie below it.
    below: tuple[str, ...] = ()

    @property
    def blueprint(self) -> str:
        """The blueprint that its page belongs to."""
        return self.endpoint.rpartition(".")[0]


@dataclass(frozen=True)
class Section:
    """Entries that belong together; the label stands for them where there are several."""

    label: Any
    entries: tuple[Entry, ...]


def _alone(label: Any, *parts: Any) -> Section:
    return Section(label, (Entry(label, *parts),))


SECTIONS: tuple[Section, ...] = (
    _alone(_l("Start"), "pages_desk.dashboard"),
    Section(
        _l("Opportunities"),
        (
            Entry(_l("Opportunities"), "opportunities_desk.index", P.OPPORTUNITY_READ_DRAFT),
            Entry(_l("Proposals"), "proposals_desk.index", P.ACTIVITY_PROPOSAL_READ),
        ),
    ),
    Section(
        _l("Results"),
        (
            Entry(_l("Results"), "results_desk.index", P.INSIGHT_READ_DRAFT, ("insights_desk",)),
            Entry(_l("Words to code"), "words_listing.closed", P.THEME_CODE),
            Entry(_l("What we know"), "evidence_desk.index", P.INSIGHT_READ_DRAFT),
            Entry(_l("Exports"), "exports_desk.index", P.EXPORT_ASK),
        ),
    ),
    _alone(_l("Insights for us"), "received_desk.index", P.INSIGHT_RECEIVE),
    _alone(_l("Sessions"), "sessions_desk.index", P.SESSION_RUN),
    _alone(_l("Words to read"), "moderation_desk.index", P.PASSAGE_MODERATE),
    Section(
        _l("Concerns"),
        (
            Entry(_l("Concerns"), "safeguarding_desk.index", P.CONCERN_DECIDE),
            Entry(_l("Concerns in figures"), "figures_desk.index", P.SAFEGUARDING_READ_FIGURES),
            Entry(_l("Key of cases"), "keys_desk.index", P.CONCERN_DECIDE),
            Entry(_l("Screening"), "phrases_desk.index", P.SCREENING_EDIT),
        ),
    ),
    Section(
        _l("Who is there"),
        (
            Entry(_l("Who is there"), "cover_desk.index", P.COVER_EDIT),
            Entry(_l("Contacts"), "contacts_desk.index", P.CONTACT_CHECK),
        ),
    ),
    Section(
        _l("Oversight"),
        (
            Entry(_l("Oversight"), "oversight_desk.index", P.OBSERVATION_WRITE),
            Entry(_l("What we look into"), "scrutiny_desk.index", P.MEETING_READ),
            Entry(
                _l("Recommendations"),
                "recommendations_desk.recommendations",
                P.OBSERVATION_WRITE,
                ("recommendations_desk",),
            ),
        ),
    ),
    _alone(_l("Meetings"), "meetings_desk.index", P.MEETING_READ, ("items_desk", "papers_desk")),
    Section(
        _l("Decisions"),
        (
            Entry(_l("Decisions"), "ballots_desk.index", P.BALLOT_READ),
            Entry(_l("Published texts"), "statements_desk.index", P.STATEMENT_WRITE),
        ),
    ),
    Section(
        _l("Replies and decisions"),
        (
            Entry(
                _l("Replies"),
                "replies_desk.inbox",
                P.RECOMMENDATION_REPLY,
                ("replies_desk", "commitments_desk"),
            ),
            Entry(
                _l("Evidence asked of us"), "asked_desk.inbox", P.EVIDENCE_ANSWER, ("asked_desk",)
            ),
            Entry(
                _l("All replies and debts"),
                "board_page.index",
                P.ESCALATION_ANSWER,
                ("board_desk",),
            ),
            Entry(_l("Decisions and changes"), "decisions_desk.index", P.DECISION_RECORD),
            Entry(_l("All decisions"), "decisions_desk.everything", P.DECISION_WITHDRAW),
        ),
    ),
    Section(
        _l("Members"),
        (
            Entry(_l("Members"), "members_desk.index", P.MEMBER_MANAGE),
            Entry(_l("Time and expenses"), "claims_desk.claims", P.CLAIM_APPROVE),
            Entry(
                _l("My membership"), "membership_desk.own", P.MEMBER_EDIT_OWN, ("membership_desk",)
            ),
        ),
    ),
    Section(
        _l("Requests"),
        (
            Entry(_l("Rights and complaints"), "rights_desk.index", P.PRIVACY_REQUEST_ANSWER),
            Entry(_l("Enter a request"), "rights_desk.enter", P.PRIVACY_REQUEST_ENTER),
            Entry(_l("Breaches"), "breaches_desk.index", P.BREACH_RECORD),
            Entry(_l("Raw answers"), "raw_data_desk.index", P.RAW_DATA_ASK),
            Entry(_l("Exports to approve"), "exports_desk.approvals", P.EXPORT_APPROVE),
        ),
    ),
    Section(
        _l("Records"),
        (
            Entry(_l("Records of processing"), "records_desk.index", P.RECORD_EDIT),
            Entry(_l("What is deleted"), "retention_desk.index", P.AUDIT_READ),
        ),
    ),
    _alone(_l("Accounts"), "accounts_desk.accounts", P.ACCOUNT_MANAGE),
    Section(
        _l("Audit trail"),
        (
            Entry(_l("Audit trail"), "accounts_desk.audit", P.AUDIT_READ),
            Entry(_l("Unusual access"), "unusual_desk.index", P.ACCESS_REVIEW),
        ),
    ),
    _alone(_l("Raise a concern"), "report_desk.new"),
    _alone(_l("My settings"), "accounts_desk.settings"),
)
NAMED = {entry.endpoint for section in SECTIONS for entry in section.entries}


@dataclass(frozen=True)
class Item:
    """One link of a menu; `here` is "page" on its own page, "true" above it, or nothing."""

    label: Any
    url: str
    here: str = ""


@dataclass(frozen=True)
class Menu:
    """The first row of the desk's menu, and the entries of the section where somebody is."""

    items: list[Item]
    section: Any = ""
    inner: Sequence[Item] = ()


def menu() -> Menu:
    """Return the entries that the signed-in account may use, folded if there are many."""
    sections = list(_usable())
    entries = [entry for section in sections for entry in section.entries]
    if len(entries) <= MOST:
        return Menu([_item(entry) for entry in entries])
    found = Menu([_first(section) for section in sections])
    here = [s for s in sections if len(s.entries) > 1 and any(map(_is_here, s.entries))]
    return Menu(found.items, here[0].label, _inner(here[0])) if here else found


def _usable() -> Iterator[Section]:
    if not current_user.is_authenticated:
        return
    held = permissions_of(current_user.roles)
    for section in SECTIONS:
        usable = (e for e in section.entries if not e.permission or e.permission in held)
        if entries := tuple(usable):
            yield Section(section.label, entries)


def _first(section: Section) -> Item:
    """Return the link of a section: it opens its first entry."""
    if len(section.entries) == 1:
        return _item(section.entries[0])
    here = "true" if any(map(_is_here, section.entries)) else ""
    return Item(section.label, url_for(section.entries[0].endpoint), here)


def _inner(section: Section) -> list[Item]:
    return [_item(entry) for entry in section.entries]


def _item(entry: Entry) -> Item:
    return Item(entry.label, url_for(entry.endpoint), "page" if _is_here(entry) else "")


def _is_here(entry: Entry) -> bool:
    """Return whether the page is the one of an entry, or one below it."""
    here = request.endpoint or ""
    below = (entry.blueprint, *entry.below) if entry.endpoint.endswith(".index") else entry.below
    return here == entry.endpoint or (here not in NAMED and request.blueprint in below)
