"""Addresses of the pages of several lists on one page, each list with a parameter of its own."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import url_for


def turner(
    endpoint: str, numbers: Mapping[str, int], **fixed: Any
) -> Callable[[str], Callable[[int], str]]:
    """Return what gives for a list the address of each of its pages, the others where they are."""
    turned = {name: number for name, number in numbers.items() if number > 1}

    def turn(name: str) -> Callable[[int], str]:
        def address(number: int) -> str:
            values: dict[str, Any] = {**turned, **fixed, name: number}
            return url_for(endpoint, _anchor=name, **values)

        return address

    return turn
