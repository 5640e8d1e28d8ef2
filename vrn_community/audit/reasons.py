"""Why somebody looked at what is sealed, in words: chosen reasons alone, never what was typed."""

from collections.abc import Mapping
from typing import Any

from vrn_community.audit.models import AuditEntry

_labels: dict[str, dict[str, Any]] = {}


def name_reasons(action: str, labels: Mapping[Any, Any]) -> None:
    """Let a later package say what the reasons that can be chosen for an act are called."""
    _labels[action] = {str(reason): label for reason, label in labels.items()}


def said(action: str, details: Mapping[str, Any]) -> str:
    """Return the chosen reason of an act in words; nothing where none was chosen from a list."""
    return str(_labels.get(action, {}).get(str(details.get("reason", "")), ""))


def of(entry: AuditEntry) -> str:
    """Return the chosen reason of an entry in words; nothing where it has none."""
    return said(entry.action, entry.details)
