"""Deciding about a passage as somebody does who has opened its words."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from vrn_community.accounts.models import Account
from vrn_community.contributions.models import Passage
from vrn_community.moderation import services, welfare


def _once_read(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def acted(passage: Passage, *told: Any, moderator: Account, **more: Any) -> Any:
        welfare.note(passage, by=moderator)
        return act(passage, *told, moderator=moderator, **more)

    return acted


clear = _once_read(services.clear)
clear_alike = _once_read(services.clear_alike)
redact = _once_read(services.redact)
agree = _once_read(services.agree)
