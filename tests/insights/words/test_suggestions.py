from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.insights.words.conftest import cleared, suggested
from vrn_community.contributions import services as contributions
from vrn_community.contributions.models import Passage, PassageState
from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.foundation.errors import NotAllowed
from vrn_community.insights.suggestions import Problem
from vrn_community.insights.words import jobs, queries, services
from vrn_community.insights.words import suggested as shown
from vrn_community.insights.words.models import (
    RunState,
    SuggestedPassage,
    Suggestion,
    SuggestionState,
    ThemeRun,
)


class KilledError(BaseException):
    """What ends a process at any place."""


def number(model):
    return db.session.scalar(select(func.count()).select_from(model))


def stored(each):
    return db.session.get_one(Suggestion, each.id)


def at(percent, act):
    """Return what does something when a run is so far."""
    report = services.report

    def tell(run_id, progress):
        told = report(run_id, progress)
        if progress >= percent:
            act()
        return told

    return tell


def test_suggestions_wait_for_a_person_and_are_no_themes(frame, coders):
    run = suggested(frame, coders[0])

    found = shown.waiting(run)
    assert run.state is RunState.DONE
    assert run.progress == 100
    assert len(found) >= 2
    assert all(len(each.passages) >= 10 and each.words and each.nearest for each in found)
    assert queries.themes(frame) == []


def test_asking_twice_while_it_runs_is_one_run(frame, coders):
    assert services.ask(frame, by=coders[0]) is services.ask(frame, by=coders[1])
    assert number(ThemeRun) == 1


def test_asking_again_replaces_what_nobody_decided_about(frame, coders):
    first = suggested(frame, coders[0])
    one, *others = shown.waiting(first)
    theme = services.accept(stored(one), "Our own name", "", by=coders[0])

    second = suggested(frame, coders[0])

    assert first.state is RunState.SUPERSEDED
    assert queries.current_run(frame) is second
    assert theme.suggestion_id == one.id
    assert not {each.id for each in others} & set(db.session.scalars(select(Suggestion.id)))


def test_a_person_accepts_under_a_name_of_their_own_and_both_are_kept(frame, coders):
    one = shown.waiting(suggested(frame, coders[0]))[0]

    made = [services.accept(stored(one), "Dark streets", "", by=coders[0]) for _ in range(2)]

    assert made[0] is made[1]
    assert made[0].name == "Dark streets"
    assert stored(one).state is SuggestionState.ACCEPTED
    assert queries.codes(frame) == {}  # No passage is coded by a computer.
    with pytest.raises(NotAllowed, match="theme already"):
        services.dismiss(stored(one), by=coders[0])


def test_what_is_put_aside_is_not_shown_again(frame, coders):
    run = suggested(frame, coders[0])
    one = shown.waiting(run)[0]

    services.dismiss(stored(one), by=coders[0])
    services.dismiss(stored(one), by=coders[0])

    assert one.id not in {each.id for each in shown.waiting(run)}
    assert number(Suggestion) > 0


def test_a_job_that_is_killed_leaves_nothing_and_another_one_finishes(frame, coders, monkeypatch):
    run = services.ask(frame, by=coders[0])

    def kill():
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(services, "report", at(15, kill))
        with pytest.raises(KilledError):
            jobs.suggest()
    db.session.rollback()
    assert (run.state, number(Suggestion)) == (RunState.WAITING, 0)

    jobs.suggest()
    assert run.state is RunState.WAITING  # The first may still be alive.
    later = clock.now() + jobs.SILENT + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    jobs.suggest()

    assert run.state is RunState.DONE
    assert shown.waiting(run)


def test_a_job_that_runs_twice_at_once_stores_its_suggestions_once(frame, coders, monkeypatch):
    run = services.ask(frame, by=coders[0])
    begun = []

    def another():
        if not begun:
            begun.append(True)
            jobs.work(run.id)

    monkeypatch.setattr(services, "report", at(15, another))
    jobs.suggest()

    members = list(db.session.scalars(select(SuggestedPassage.passage_id)))
    assert begun
    assert run.state is RunState.DONE
    assert len(members) == len(set(members)) > 0


def test_two_jobs_do_not_begin_the_same_run(frame, coders):
    run = services.ask(frame, by=coders[0])

    assert [jobs.claim(run.id), jobs.claim(run.id)] == [True, False]


def test_a_run_that_is_overtaken_stores_nothing(frame, coders, monkeypatch):
    run = services.ask(frame, by=coders[0])

    def overtake():
        run.state = RunState.SUPERSEDED
        db.session.commit()

    monkeypatch.setattr(services, "report", at(15, overtake))
    jobs.suggest()

    assert number(Suggestion) == 0


def test_words_withdrawn_while_the_job_runs_leave_neither_word_nor_suggestion(
    frame, passages, coders, monkeypatch
):
    run = services.ask(frame, by=coders[0])
    gone = [passages[place] for place in range(3)]
    withheld = passages[40]
    keys = {passage.id for passage in (*gone, withheld)}

    def take_back():
        while gone:
            contributions.withdraw(gone.pop().contribution)
        withheld.state, withheld.cleared_words = PassageState.WITHHELD, None
        db.session.commit()

    monkeypatch.setattr(services, "report", at(15, take_back))
    jobs.suggest()

    assert run.state is RunState.DONE
    assert not keys & set(db.session.scalars(select(SuggestedPassage.passage_id)))
    assert shown.waiting(run)


def test_a_word_of_what_is_withdrawn_later_is_shown_no_more(frame, passages, coders):
    for passage in passages[:12]:
        passage.cleared_words = f"zebra crossing zebra {passage.cleared_words}"
    db.session.flush()
    run = suggested(frame, coders[0])
    assert "zebra" in str(shown.waiting(run))

    for passage in passages[:12]:
        contributions.withdraw(passage.contribution)
    db.session.expire_all()

    assert "zebra" not in str(shown.waiting(run))


def test_a_suggestion_that_too_few_passages_are_left_of_is_not_shown(frame, coders):
    run = suggested(frame, coders[0])
    one = shown.waiting(run)[0]

    for key in one.passages[9:]:
        db.session.get_one(Passage, key).state = PassageState.HELD
    db.session.flush()

    assert one.id not in {each.id for each in shown.waiting(run)}
    assert shown.one(stored(one)) is None


def test_what_cannot_be_suggested_is_kept_with_the_run(opportunity, coders):
    cleared(opportunity, ["Too dark at night"] * 5)
    run = suggested(services.frame_of(opportunity.id, "q1"), coders[0])

    assert run.state is RunState.DONE
    assert [note["problem"] for note in run.notes] == [Problem.FEW_TEXTS]
