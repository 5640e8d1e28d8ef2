"""Data that nobody on this project wrote; it is read where it lies, and never copied."""

import os
from pathlib import Path

import pytest

from vrn_community.config import PROJECT_ROOT

FOLDER = PROJECT_ROOT.parent / "shared" / "realdata"


def needs(folder: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        not folder.is_dir() and not os.environ.get("CI"),
        reason=f"../shared/realdata/{folder.name} is not here",
    )
