"""Making themes, coding passages, and asking for suggestions of themes."""

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select, update

from vrn_community import audit, config
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.db import table_of
from vrn_community.foundation.errors import NotAllowed
from vrn_community.foundation.upsert import upsert
from vrn_community.insights.suggestions import SuggestedTheme, Suggestions
from vrn_community.insights.words import queries
from vrn_community.insights.words.models import (
    CodeFrame,
    Coding,
    Reading,
    RunState,
    SuggestedPassage,
    Suggestion,
    SuggestionState,
    Theme,
    ThemeRun,
)
from vrn_community.insights.words.queries import Text

#: The themes of each passage, or None where a coder has not decided.
Decisions = Mapping[uuid.UUID, set[uuid.UUID] | None]


def frame_of(opportunity_id: uuid.UUID, question_id: str) -> CodeFrame:
    """Return the code frame of a question with words, begun now if there is none."""
    queries.question(opportunity_id, question_id)
    row = {
        "id": uuid.uuid4(),
        "created_at": clock.now(),
        "opportunity_id": opportunity_id,
        "question_id": question_id,
    }
    keys = [CodeFrame.opportunity_id, CodeFrame.question_id]
    db.session.execute(upsert(CodeFrame).values(row).on_conflict_do_nothing(index_elements=keys))
    of_this = (CodeFrame.opportunity_id == opportunity_id, CodeFrame.question_id == question_id)
    return db.session.scalars(select(CodeFrame).where(*of_this).with_for_update()).one()


def add_theme(
    frame: CodeFrame, name: str, definition: str, *, key: uuid.UUID, by: Account
) -> Theme:
    """Add a theme to a frame; sent twice, it is one theme."""
    there = db.session.get(Theme, key)
    if there:
        return there
    _refuse_same_name(frame, name)
    theme = Theme(id=key, frame=frame, name=name, definition=definition, former=[])
    db.session.add(theme)
    db.session.flush()
    audit.record("theme:add", theme, actor=by)
    return theme


def _refuse_same_name(frame: CodeFrame, name: str, but: Theme | None = None) -> None:
    others = [theme for theme in queries.active_themes(frame) if theme is not but]
    if name.lower() in {theme.name.lower() for theme in others}:
        raise NotAllowed(_("There is a theme with this name already."))


def change_theme(theme: Theme, name: str, definition: str, *, by: Account) -> None:
    """Name or define a theme anew; the words of before are kept with it."""
    if (theme.name, theme.definition) == (name, definition):
        return
    _refuse_retired(theme)
    _refuse_same_name(theme.frame, name, but=theme)
    before = {"name": theme.name, "definition": theme.definition, "until": str(clock.today())}
    theme.former = [*theme.former, before]
    theme.name, theme.definition = name, definition
    db.session.flush()
    audit.record("theme:change", theme, actor=by)


def merge(theme: Theme, into: Theme, *, by: Account) -> None:
    """Give every passage of one theme another one too, and give the first one up."""
    if theme.merged_into_id == into.id:
        return
    _refuse_retired(theme)
    if into.frame_id != theme.frame_id or into.id == theme.id or not into.is_active:
        raise NotAllowed(_("Choose another theme of the same question."))
    given = select(Coding.passage_id, Coding.coder_id).where(Coding.theme_id == theme.id)
    rows = [
        {"theme_id": into.id, "passage_id": passage, "coder_id": coder}
        for passage, coder in db.session.execute(given)
    ]
    if rows:
        db.session.execute(upsert(Coding).on_conflict_do_nothing(), rows)
    theme.merged_into, theme.retired_at = into, clock.now()
    db.session.flush()
    audit.record("theme:merge", theme, actor=by, into=str(into.id))


def retire(theme: Theme, *, by: Account) -> None:
    """Give a theme up; what was coded with it stays stored, and is no longer shown."""
    if not theme.is_active:
        return
    theme.retired_at = clock.now()
    db.session.flush()
    audit.record("theme:retire", theme, actor=by)


def _refuse_retired(theme: Theme) -> None:
    if not theme.is_active:
        raise NotAllowed(_("This theme was merged or given up."))


def code(frame: CodeFrame, decisions: Decisions, *, coder: Account) -> None:
    """Set which themes one coder finds in some passages: none, or nothing decided yet."""
    known = {theme.id for theme in queries.active_themes(frame)}
    if not known.issuperset(key for chosen in decisions.values() for key in chosen or ()):
        raise NotAllowed(_("One of these themes was merged or given up. Choose again."))
    kept = queries.still_readable(decisions, frame)
    before = queries.codes(frame, kept).get(coder.id, {})
    changed = {key: decisions[key] for key in kept if before.get(key) != decisions[key]}
    if not changed:
        return
    _forget(changed, known, coder)
    read = [
        {"passage_id": key, "coder_id": coder.id} for key, c in changed.items() if c is not None
    ]
    given = [row | {"theme_id": key} for row in read for key in changed[row["passage_id"]] or ()]
    for model, rows in ((Reading, read), (Coding, given)):
        if rows:
            db.session.execute(insert(table_of(model)), rows)
    audit.record("theme:code", frame, actor=coder, passages=len(changed))


def _forget(passages: Collection[uuid.UUID], themes: Collection[uuid.UUID], coder: Account) -> None:
    """Forget what a coder decided about some passages; given up themes stay."""
    mine = (Coding.coder_id == coder.id, Coding.passage_id.in_(passages))
    db.session.execute(delete(Coding).where(*mine, Coding.theme_id.in_(themes)))
    read = (Reading.coder_id == coder.id, Reading.passage_id.in_(passages))
    db.session.execute(delete(Reading).where(*read))


def ask(frame: CodeFrame, *, by: Account) -> ThemeRun:
    """Ask for suggestions of themes; who waits for some already gets those."""
    current = queries.current_run(frame)
    if current and current.state is RunState.WAITING:
        return current
    if current:
        current.state = RunState.SUPERSEDED
    run = ThemeRun(frame=frame, asked_by_id=by.id, notes=[])
    db.session.add(run)
    db.session.flush()
    audit.record("theme:ask", run, actor=by)
    return run


def store(run_id: uuid.UUID, found: Suggestions, texts: list[Text]) -> bool:
    """End a run with what was found, if it is still waiting; return whether it was.

    Of each suggestion only keys of passages are stored, of those that may be read now;
    what too few are left of is not stored.
    """
    waiting = (ThemeRun.id == run_id, ThemeRun.state == RunState.WAITING)
    notes = [{"language": n.language, "problem": n.problem.value} for n in found.notes]
    done = update(ThemeRun).where(*waiting)
    changes = {"state": RunState.DONE, "progress": 100, "notes": notes}
    if not db.session.execute(done.values(changes)).rowcount:  # type: ignore[attr-defined]
        return False
    run = db.session.get_one(ThemeRun, run_id, populate_existing=True)
    _forget_open(run.frame_id)
    allowed = queries.still_readable([text.passage_id for text in texts], run.frame)
    for theme in found.themes:
        near = {texts[place].passage_id for place in theme.nearest}
        keys = [texts[place].passage_id for place in theme.members]
        members = {key: key in near for key in keys if key in allowed}
        if len(members) >= config.current().disclosure_threshold:
            _store(run, theme, members)
    audit.record("theme:suggest", run, actor=None)
    return True


def _forget_open(frame_id: uuid.UUID) -> None:
    """Delete the suggestions of earlier runs that nobody accepted or dismissed."""
    runs = select(ThemeRun.id).where(ThemeRun.frame_id == frame_id)
    is_open = Suggestion.state == SuggestionState.OPEN
    db.session.execute(delete(Suggestion).where(Suggestion.run_id.in_(runs), is_open))


def _store(run: ThemeRun, theme: SuggestedTheme, members: dict[uuid.UUID, bool]) -> None:
    suggestion = Suggestion(run=run, language=theme.language, stability=theme.stability)
    db.session.add(suggestion)
    db.session.flush()
    rows: list[dict[str, Any]] = [
        {"suggestion_id": suggestion.id, "passage_id": key, "is_near": is_near}
        for key, is_near in members.items()
    ]
    db.session.execute(insert(table_of(SuggestedPassage)), rows)


def accept(suggestion: Suggestion, name: str, definition: str, *, by: Account) -> Theme:
    """Make a theme of a suggestion, in a person's words; the suggestion is kept beside it."""
    there = db.session.scalars(select(Theme).where(Theme.suggestion_id == suggestion.id)).first()
    if there:
        return there
    if suggestion.run.state is RunState.SUPERSEDED:
        raise NotAllowed(_("Somebody asked for new suggestions. Look at those."))
    theme = add_theme(suggestion.run.frame, name, definition, key=uuid.uuid4(), by=by)
    theme.suggestion_id, suggestion.state = suggestion.id, SuggestionState.ACCEPTED
    db.session.flush()
    audit.record("suggestion:accept", suggestion, actor=by, theme=str(theme.id))
    return theme


def dismiss(suggestion: Suggestion, *, by: Account) -> None:
    """Put a suggestion aside: no theme comes of it."""
    if suggestion.state is SuggestionState.DISMISSED:
        return
    if suggestion.state is SuggestionState.ACCEPTED:
        raise NotAllowed(_("This suggestion is a theme already."))
    suggestion.state = SuggestionState.DISMISSED
    db.session.flush()
    audit.record("suggestion:dismiss", suggestion, actor=by)


def report(run_id: uuid.UUID, progress: int) -> bool:
    """Say how far a run is; return whether anybody still waits for it."""
    waiting = (ThemeRun.id == run_id, ThemeRun.state == RunState.WAITING)
    told = update(ThemeRun).where(*waiting).values(progress=progress, begun_at=clock.now())
    return bool(db.session.execute(told).rowcount)  # type: ignore[attr-defined]
