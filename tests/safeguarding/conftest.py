"""Keys of cases whose phrases cost little to try: how hard it is stands beside what is locked."""

import pytest

from vrn_community.safeguarding import keys


@pytest.fixture(autouse=True)
def _quick_phrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "MEMORY", 64)
