"""Words that nobody has cleared, in activities that have been through every stage."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import current_app

from tests.conftest import make_account
from tests.factories import deciding
from tests.factories.cover import make_cover
from tests.factories.keys import make_key
from tests.factories.meetings import store_group
from tests.factories.opportunities import make_opportunity
from tests.factories.passages import make_passage
from tests.factories.questionnaires import DOCUMENT, make_version
from tests.factories.records import make_record
from tests.insights.conftest import CROWD, answered
from tests.insights.evidence.conftest import drafted
from tests.outcomes.conftest import make_closed, make_outcome
from tests.oversight.recommendations.conftest import make_recommendation
from tests.oversight.scenes import decide_together
from vrn_community.accounts.models import Account, Passkey
from vrn_community.accounts.roles import Role
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.exchange import services as exports
from vrn_community.exchange.making import File
from vrn_community.exchange.models import ExportContent
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.insights import services as insights
from vrn_community.insights.evidence import services as evidence
from vrn_community.insights.words import services as themes
from vrn_community.insights.words.models import Coding, SuggestedPassage, Suggestion
from vrn_community.moderation import appeals, services
from vrn_community.moderation.reasons import RevealReason
from vrn_community.opportunities.lifecycle import OpportunityState
from vrn_community.opportunities.models import Opportunity
from vrn_community.outcomes.decisions import services as decisions
from vrn_community.outcomes.reports.labels import COLUMNS
from vrn_community.oversight import services as oversight
from vrn_community.oversight.commitments import services as commitments
from vrn_community.oversight.recommendations import answering
from vrn_community.oversight.recommendations import services as recommendations
from vrn_community.oversight.recommendations.models import Answer
from vrn_community.partnership import queries as partnership
from vrn_community.partnership.models import SupportService
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState
from vrn_community.questionnaires.question_types import TYPES
from vrn_community.rights import breaches, raw_data
from vrn_community.rights import services as rights
from vrn_community.rights.models import LegalBasis, RequestKind, Result
from vrn_community.safeguarding import queries as safeguarding_queries
from vrn_community.safeguarding import services as safeguarding
from vrn_community.safeguarding.asking import ask_for_help
from vrn_community.safeguarding.kinds import Outcome, Source
from vrn_community.safeguarding.models import CoverRole, Urgency
from vrn_community.screening import services as screening
from vrn_community.screening.models import PhraseChange
from vrn_community.screening.phrases import Phrase
from vrn_community.screening.signals import Signal

PENDING, HELD, WORRYING = "Zanzibarquail", "Marmosetfern", "Quokkabramble"
WITHHELD, REDACTED = "Okapithistle", "Pangolinmoss"
#: What one moderator wants to let others read, and no second one agreed to.
PROPOSED = "Wombatsorrel"
WRITTEN = (PENDING, HELD, WORRYING, WITHHELD, REDACTED, PROPOSED)
#: What a moderator wrote about a worry, what came by phone, what was decided, and a way to reach.
NOTE, CALLED, DECIDED, REACH = "Axolotlreed", "Wombatsedge", "Numbatclover", "Quollbracken"
#: Why somebody asked to look again at the words that are withheld.
AGAIN = "Narwhalsedge"
#: What somebody asked about their information, what went wrong, and what a body wants to know.
ASKED, BROKEN, WANTED = "Wombatclover", "Echidnalarch", "Numbatheath"
#: Words that others may read: where none of them is found, the look is blind.
CLEARED = "Tamarindwren"
CLEAR = PassageState.CLEARED
#: What nobody but a moderator or the safeguarding lead may read.
SECRETS = (*WRITTEN, NOTE, CALLED, DECIDED, REACH, AGAIN, ASKED, BROKEN, WANTED)


@dataclass
class Scene:
    """Everything stored, with a real value for every parameter of every address."""

    author: Account
    #: The word by which the words of a passage are known, by its key.
    words: dict[uuid.UUID, str] = field(default_factory=dict)
    waiting: set[uuid.UUID] = field(default_factory=set)
    #: Passages that somebody asked to look at again.
    asked: set[uuid.UUID] = field(default_factory=set)
    concerns: dict[str, str] = field(default_factory=dict)
    known: dict[str, list[Any]] = field(default_factory=dict)


def store() -> Scene:
    """Store an open, a closed and an unfinished activity; the partnership is there."""
    author = make_account(Role.PUBLISHER, Role.MODERATOR, email="noor@example.org")
    scene = Scene(author)
    if safeguarding_queries.team_key() is None:
        make_key(author)
    opened = make_opportunity(author, is_public=True)
    hard = make_opportunity(author, is_public=True, is_sensitive=True)
    make_version(hard)
    closed, draft = make_closed(author), make_opportunity(author)
    versions = [make_version(opened), make_version(closed), _draft_of(draft)]
    versions.append(_next_of(versions[0]))
    answered(versions[1], CROWD)
    _add_words(scene, opened)
    release = _add_words(scene, closed, is_quoted=True)
    overseen = _oversee(closed)
    for asked in (opened, closed):
        make_record(asked)
    make_outcome(closed)
    make_outcome(opened, is_published=False)
    assert closed.asking_body
    _account, token = _invited()
    scene.known |= {
        "opportunity_id": [opened.id, closed.id, draft.id],
        "code": [opened.code, closed.code, hard.code],
        "version_id": [version.id for version in versions],
        "release_id": [release.id, insights.draft_release(closed, by=author).id],
        **overseen,
        "account_id": [author.id],
        "passkey_id": [_passkey(author).id],
        "token": [token],
        "session_id": [uuid.uuid4()],
        **_find_themes(scene, closed),
        **_tell_bodies(closed, release),
        "phrase_id": [_change_phrase(author).id],
        **_ask_about_rights(closed),
        **decide_together(),
        **store_group(closed, closed.asking_body),
        **_parts(),
    }
    scene.known["concern_id"].append(_ask_for_help())
    return scene


def _passkey(account: Account) -> Passkey:
    made = Passkey(account_id=account.id, name="A phone", sign_count=0)
    made.credential_id, made.public_key = b"a credential", b"a public key"
    db.session.add(made)
    db.session.flush()
    return made


def _ask_for_help() -> uuid.UUID:
    key = uuid.uuid4()
    ask_for_help(key, {"reach": REACH}, area_id=None)
    return key


def _change_phrase(by: Account) -> PhraseChange:
    return screening.add(Phrase(Signal.WEAPON, "pointy thing"), by=by)


def _tell_bodies(opportunity: Opportunity, release: Any) -> Mapping[str, Sequence[Any]]:
    """Store an insight that waits, and one that a body was told of."""
    by = make_account(Role.ANALYST, email="ari@example.org")
    checker = make_account(Role.APPROVER, email="bo@example.org")
    made = [drafted(by, release) for _number in range(2)]
    evidence.publish(made[1], by=checker)
    assert opportunity.asking_body
    routing = evidence.route(made[1], opportunity.asking_body, by=by)
    return {"insight_id": [insight.id for insight in made], "routing_id": [routing.id]}


def _find_themes(scene: Scene, opportunity: Opportunity) -> Mapping[str, Sequence[Any]]:
    """Store a theme and a suggestion that name every passage, whatever its state."""
    by = make_account(Role.ANALYST, email="ana@example.org")
    frame = themes.frame_of(opportunity.id, "why")
    theme = themes.add_theme(frame, "Light", "It is dark.", key=uuid.uuid4(), by=by)
    suggestion = Suggestion(run=themes.ask(frame, by=by), language="en", stability=0.8)
    db.session.add(suggestion)
    db.session.flush()
    texts = (f"Then {CLEARED} came back, number {n}." for n in range(12))
    readable = [make_passage(opportunity, text, CLEAR, question_id="why").id for text in texts]
    for key in (*scene.words, *readable):
        db.session.add(SuggestedPassage(suggestion_id=suggestion.id, passage_id=key, is_near=True))
        db.session.add(Coding(theme_id=theme.id, passage_id=key, coder_id=by.id))
    db.session.flush()
    return {"theme_id": [theme.id], "suggestion_id": [suggestion.id]}


def _ask_about_rights(closed: Opportunity) -> Mapping[str, Sequence[Any]]:
    """Store a complaint, a breach, a request for raw data, and exports that wait and are ready."""
    officer = make_account(Role.DATA_PROTECTION_OFFICER, email="ola@example.org")
    analyst = make_account(Role.ANALYST, email="ines@example.org")
    complaint = rights.receive(rights.Asking("a-token", RequestKind.COMPLAINT, ASKED, ASKED))
    rights.answer(complaint, Result.REFUSED, ASKED, by=officer)
    rights.note(uuid.uuid4(), complaint, ASKED, by=officer)
    breach = breaches.begin(uuid.uuid4(), clock.now(), BROKEN, by=officer)
    wish = raw_data.Wish(WANTED, WANTED, LegalBasis.CRIME, "A newspaper")
    wanted = raw_data.ask(uuid.uuid4(), wish, by=officer)
    made = [
        exports.ask(uuid.uuid4(), closed, content, "To look closer.", by=analyst)
        for content in ExportContent
    ]
    exports.approve(made[0], by=officer)
    exports.store(made[0], File(CLEARED.encode(), 10), "")
    return {
        "request_id": [complaint.id],
        "breach_id": [breach.id],
        "raw_id": [wanted.id],
        "export_id": [export.id for export in made],
    }


def _draft_of(opportunity: Opportunity) -> QuestionnaireVersion:
    version = make_version(opportunity)
    version.state, version.published_at = VersionState.DRAFT, None
    return version


def _next_of(version: QuestionnaireVersion) -> QuestionnaireVersion:
    following = QuestionnaireVersion(
        opportunity_id=version.opportunity_id, number=2, document=version.document
    )
    db.session.add(following)
    db.session.flush()
    return following


def _invited() -> tuple[Account, str]:
    from vrn_community.accounts import services as accounts

    return accounts.invite("new@example.org", "New Here", [Role.ANALYST], by=None)


def _parts() -> Mapping[str, Sequence[Any]]:
    """Return values for the parameters that stand for no row."""
    sections = [section["id"] for section in DOCUMENT["sections"]]
    questions = [asked["id"] for section in DOCUMENT["sections"] for asked in section["questions"]]
    return {
        "section_id": sections,
        "question_id": [*questions, "worry-1"],
        "part_id": [*sections, questions[1]],
        "kind": [*TYPES, *COLUMNS],
        "language": ["ur"],
        "ages": ["10-12", "adult"],
        "place": ["feel.text"],
        "number": [1, 4],
        "act": ["disable", "enable", "link", "reset", "end"],
        "answer": ["keep", "reopen"],
        "name": [
            "json",
            current_app.extensions["assets"].url("img/mark.svg").partition("/static/")[2],
        ],
    }


def _add_words(scene: Scene, opportunity: Opportunity, *, is_quoted: bool = False) -> Any:
    """Store a passage in every state; quote what may be quoted, and for a while could be."""
    by = scene.author
    made = {word: _passage(opportunity, word) for word in (*WRITTEN, CLEARED)}
    deciding.clear(made[CLEARED], moderator=by)
    deciding.clear(made[WITHHELD], moderator=by)
    deciding.redact(made[REDACTED], [[1, 1]], moderator=by, reason="place")
    release = _quote(opportunity, made, by) if is_quoted else None
    services.withhold(made[WITHHELD], moderator=by, reason="A case is open.")
    if release:
        insights.freeze(release, by=by)
    services.reveal(made[WITHHELD], RevealReason.ASKED, moderator=by)
    services.hold(made[HELD], moderator=by, reason="Ask somebody.")
    _propose(opportunity, made[PROPOSED], by)
    appeals.ask(made[WITHHELD], f"Read it again, {AGAIN}.")
    scene.asked.add(made[WITHHELD].id)
    concern = safeguarding.raise_concern(made[WORRYING], Urgency.ROUTINE, NOTE, by=by)
    told = safeguarding.Report(Source.PHONE, Urgency.TODAY, {"words": CALLED})
    reported = safeguarding.report(told, by=by, key=uuid.uuid4())
    safeguarding.decide(reported, Outcome.POLICE, {"reasons": DECIDED}, by=by)
    scene.words |= {passage.id: word for word, passage in made.items()}
    # What is with the safeguarding lead, no moderator reads meanwhile.
    waiting = (made[word] for word in (*WRITTEN, CLEARED) if word != WORRYING)
    scene.waiting |= {passage.id for passage in waiting if passage.is_waiting}
    scene.known.setdefault("passage_id", []).extend(passage.id for passage in made.values())
    scene.known.setdefault("concern_id", []).extend([concern.id, reported.id])
    days = (clock.today(), clock.today())
    cover = make_cover(by, CoverRole.LEAD, days)
    scene.known.setdefault("cover_id", []).append(cover.id)
    scene.known["contact_id"] = [db.session.scalars(db.select(SupportService.id)).first()]
    return release


def _propose(opportunity: Opportunity, passage: Passage, by: Account) -> None:
    """Let words wait for a second moderator, as those of a sensitive activity do."""
    opportunity.is_sensitive = True
    deciding.clear(passage, moderator=by)
    opportunity.is_sensitive = False


def _passage(opportunity: Opportunity, word: str) -> Passage:
    made = make_passage(opportunity, f"Then {word} came.", question_id="why")
    made.contribution.may_quote = True
    return made


def _quote(opportunity: Opportunity, made: Mapping[str, Passage], by: Account) -> Any:
    """Choose quotes for a release; one of them is withheld before it is frozen."""
    opportunity.state, opportunity.closed_on = OpportunityState.CLOSED, clock.today()
    release = insights.draft_release(opportunity, by=by)
    keys = [made[word].id for word in (CLEARED, WITHHELD, REDACTED)]
    insights.choose_quotes(release, keys, among=keys, is_checked=True, by=by)
    return release


def _oversee(closed: Opportunity) -> dict[str, list[uuid.UUID]]:
    """Store an observation, and recommendations that wait, are sent and are answered."""
    chair = make_account(Role.OVERSIGHT_CHAIR, email="joy@example.org")
    body = closed.asking_body
    assert body
    oversight.observe(uuid.uuid4(), closed, "It is dark.", by=chair)
    made = [make_recommendation(closed, body, chair, text=f"Number {n}") for n in range(5)]
    for recommendation in made[1:]:
        recommendations.send(recommendation, by=chair)
    partner = make_account(Role.PARTNER, email="max@example.org")
    partner.body_id = body.id
    answering.reply(made[2], Answer.PARTLY, "It costs little.", by=partner)
    # Nobody brings the board before itself.
    board = current_app.config["SETTINGS"].escalation_body
    for late in made[3:]:
        late.body = next(each for each in partnership.bodies() if each.slug != board)
        late.reply_by = clock.today() - timedelta(days=1)
    answering.escalate(made[4], "Nobody answers.", by=chair)
    day = clock.today()
    promised = commitments.Promise("Head of parks", "Put up lights.", day, [("Order them.", day)])
    made_promise = commitments.promise(uuid.uuid4(), made[2], promised, by=partner)
    said = decisions.Decided(day, "Lights.", "It is dark.", "No cameras.", [], [made[2]])
    decided = decisions.decide(uuid.uuid4(), body, said, by=partner)
    changed = decisions.Changed(day, "Lights stand there.", "It is lit.", decided)
    change = decisions.change(uuid.uuid4(), body, changed, by=partner)
    db.session.flush()
    return {
        "decision_id": [decided.id],
        "change_id": [change.id],
        "row_id": [decided.id, change.id],
        "slug": [body.slug, "places-with-most-violence", "feeling-safe"],
        "recommendation_id": [recommendation.id for recommendation in made],
        "commitment_id": [made_promise.id],
        "milestone_id": [made_promise.milestones[0].id],
    }
