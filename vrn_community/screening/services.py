"""Changing the phrase lists; a phrase holds nobody's words, so the audit trail may name its row."""

from flask_babel import gettext as _

from vrn_community import audit
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import kept
from vrn_community.foundation.errors import NotAllowed
from vrn_community.screening import lists, queries
from vrn_community.screening.models import PhraseChange
from vrn_community.screening.phrases import Phrase, PhraseError, parts_of


def add(phrase: Phrase, *, by: Account) -> PhraseChange:
    """Look for a phrase from now on, also one that was left out; the same twice is one."""
    return _set(phrase, by, is_left_out=False)


def leave_out(phrase: Phrase, *, by: Account) -> PhraseChange:
    """Look no more for a phrase of the lists that come with the service."""
    return _set(phrase, by, is_left_out=True)


def _set(phrase: Phrase, by: Account, *, is_left_out: bool) -> PhraseChange:
    try:
        parts_of(phrase.words)
    except PhraseError as error:
        raise NotAllowed(_("This cannot be looked for. Use one to ten words.")) from error
    change = queries.change_of(phrase)
    if is_left_out and change is None and phrase not in lists.all_shipped():
        raise NotAllowed(_("This phrase is in no list."))
    if change is None:
        change = PhraseChange(
            signal=phrase.signal, words=phrase.words, is_exception=phrase.is_exception
        )
        db.session.add(change)
    elif change.is_left_out is is_left_out:
        return change
    change.is_left_out = is_left_out
    db.session.flush()
    _tell("screening:leave-out" if is_left_out else "screening:add", change, by)
    return change


def take_back(change: PhraseChange, *, by: Account) -> None:
    """Undo a change: the list is as it came."""
    _tell("screening:take-back", change, by)
    db.session.delete(change)
    db.session.flush()


def _tell(action: str, change: PhraseChange, by: Account) -> None:
    audit.record(action, change, actor=by, signal=change.signal.value)
    kept.forget()
