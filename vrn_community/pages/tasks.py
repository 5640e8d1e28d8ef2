"""What the lists of the desk's first page are made of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from vrn_community.accounts.models import Account
from vrn_community.foundation.permissions import Permission


@dataclass(frozen=True)
class Item:
    """One thing that waits: what it is called, where it is done, and what is urgent about it."""

    text: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Task:
    """One kind of work: who does it, and what waits."""

    permission: Permission
    heading: Any
    nothing: Any
    read: Callable[[Account], Iterable[Item]]
