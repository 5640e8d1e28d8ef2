"""Who holds the key of cases: it is made, given on, changed, and opened with a passphrase.

Nobody's passphrase and no private key is stored or kept in memory beyond the request in which
it was typed. Whoever lost a passphrase is let in again by another holder, or by the recovery
key on paper; where all of that is lost, what is written in cases is lost as well.
"""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from vrn_community import audit, config
from vrn_community.accounts import passwords
from vrn_community.accounts.models import Account
from vrn_community.extensions import db
from vrn_community.foundation import clock, crypto, limits
from vrn_community.foundation.errors import NotAllowed
from vrn_community.safeguarding import entries, keys, queries
from vrn_community.safeguarding.models import KeyHolder, TeamKey

RECOVERY_LENGTH = 24
#: What leads of a demonstration open cases with; demo data is refused in production.
DEMO_PASSPHRASE = "seven slow silver ferries"  # noqa: S105 - it is shown where it is asked for.
PAPER, OWN, TEAM = "recovery-key", "own-key", "team-key"
NOT_A_HOLDER = _l("You do not hold the key of cases. Ask somebody who does to let you in.")


class WrongPassphrase(NotAllowed):
    """A passphrase or a recovery key does not fit."""

    def __init__(self) -> None:
        super().__init__(_("This does not fit. Try again."))


def opened(account: Account, passphrase: str) -> bytes:
    """Return the private key of the team to a holder; WrongPassphrase if theirs does not fit.

    Until the transaction ends nobody changes the key.
    """
    team, held = queries.team_key(to_change=False), queries.holder(account.id)
    if team is None or held is None or held.sealed_team_key is None:
        raise NotAllowed(NOT_A_HOLDER)
    own = _own_key(held, passphrase)
    private = keys.unseal(own, held.sealed_team_key, TEAM, str(account.id))
    if keys.public_of(private) != team.public_key:
        raise NotAllowed(NOT_A_HOLDER)
    return private


def _own_key(held: KeyHolder, passphrase: str) -> bytes:
    return _tried(held.locked_private, passphrase, (OWN, str(held.account_id)))


def _tried(locked: bytes, phrase: str, place: tuple[str, str]) -> bytes:
    """Return what a phrase opens; tries are counted, so that nobody can guess it here."""
    limits.count("case-key", place[1], most=config.current().second_factor_tries)
    try:
        found = keys.unlock(locked, phrase, *place)
    except keys.DoesNotOpenError as error:
        raise WrongPassphrase from error
    limits.forget("case-key", place[1])
    return found


def set_up(account: Account, passphrase: str) -> str:
    """Make the team's key with a first holder, and return the recovery key for paper."""
    private, public = keys.new_pair()
    recovery = crypto.new_code(RECOVERY_LENGTH)
    locked = keys.lock(private, recovery, PAPER, "1")
    db.session.add(TeamKey(public_key=public, locked_private=locked))
    db.session.flush()  # Of two people at once, one is told that things have moved on.
    _give(_new_pair(account, passphrase), private)
    entries.lock_open_ones()
    audit.record("case-key:make", account, actor=account)
    return recovery


def _new_pair(account: Account, passphrase: str) -> KeyHolder:
    """Make the key pair of one person, in place of one whose passphrase is lost."""
    _check(account, passphrase)
    private, public = keys.new_pair()
    held = queries.holder(account.id) or KeyHolder(account_id=account.id)
    held.public_key, held.made_at, held.sealed_team_key = public, clock.now(), None
    held.locked_private = keys.lock(private, passphrase, OWN, str(account.id))
    db.session.add(held)
    db.session.flush()
    return held


def _check(account: Account, passphrase: str) -> None:
    """Refuse the password of signing in: whoever learns that must not open cases with it."""
    if passwords.is_right(passphrase, account.password_hash):
        raise NotAllowed(_("Choose another passphrase than your password for signing in."))


def _give(held: KeyHolder, private: bytes) -> None:
    held.sealed_team_key = keys.seal(held.public_key, private, TEAM, str(held.account_id))
    db.session.flush()


def ask_in(account: Account, passphrase: str) -> KeyHolder:
    """Make the key pair of somebody who waits to be let in by a holder."""
    others = [row for row in queries.who_opens() if row.account_id != account.id]
    if queries.team_key() is None or not others:
        raise NotAllowed(_("Nobody could let you in. Use the recovery key."))
    held = _new_pair(account, passphrase)
    audit.record("case-key:ask-in", account, actor=account)
    return held


def let_in(newcomer: KeyHolder, passphrase: str, *, by: Account) -> None:
    """Give the team's key to somebody who waits for it; the holder has compared the marks."""
    if newcomer.account_id not in {account.id for account in queries.deciders()}:
        raise NotAllowed(_("This account cannot decide about concerns."))
    _give(newcomer, opened(by, passphrase))
    audit.record("case-key:let-in", newcomer.account, actor=by)


def recover(account: Account, recovery: str, passphrase: str) -> None:
    """Let in somebody who has the recovery key, with a passphrase of their own."""
    team = queries.team_key(to_change=False)
    if team is None:
        raise NotAllowed(_("There is no key of cases yet."))
    private = _tried(team.locked_private, crypto.read_code(recovery), (PAPER, "1"))
    _give(_new_pair(account, passphrase), private)
    audit.record("case-key:recover", account, actor=account)


def change_passphrase(account: Account, before: str, after: str) -> None:
    """Lock the key of one person with another passphrase."""
    held = queries.holder(account.id)
    if held is None:
        raise NotAllowed(NOT_A_HOLDER)
    own = _own_key(held, before)
    _check(account, after)
    held.locked_private = keys.lock(own, after, OWN, str(account.id))
    db.session.flush()
    audit.record("case-key:change-passphrase", account, actor=account)


def renew(passphrase: str, *, by: Account) -> str:
    """Change the team's key, seal every case again, and return the new recovery key for paper.

    Those who may still decide keep it; whoever may not, or only waited, is left out.
    """
    team = queries.team_key(to_change=True)
    if team is None:
        raise NotAllowed(NOT_A_HOLDER)
    before = opened(by, passphrase)
    keep = {row.account_id for row in queries.who_opens()} | {by.id}
    private, public = keys.new_pair()
    recovery = crypto.new_code(RECOVERY_LENGTH)
    team.public_key, team.made_at = public, clock.now()
    team.locked_private = keys.lock(private, recovery, PAPER, "1")
    for held in queries.holders():
        if held.account_id in keep:
            _give(held, private)
        else:
            db.session.delete(held)
    db.session.flush()
    number = entries.seal_again(before, public)
    audit.record("case-key:renew", by, actor=by, entries=number)
    return recovery
