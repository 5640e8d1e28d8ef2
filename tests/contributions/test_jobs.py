"""What runs by itself does run: a module of jobs that nobody names would never be loaded."""

import vrn_community
from vrn_community.config import PROJECT_ROOT


def test_every_module_of_jobs_is_loaded() -> None:
    folder = PROJECT_ROOT / "vrn_community"
    paths = (path.relative_to(folder) for path in folder.rglob("jobs.py"))
    written = {".".join(path.with_suffix("").parts) for path in paths}

    assert written == set(vrn_community.JOBS)


def test_the_process_of_jobs_knows_what_to_do_every_hour_and_every_night(app) -> None:
    tasks = app.extensions["jobs"]._registry.periodic_tasks

    assert {task.name for task in tasks} >= {
        "vrn_community.accounts.jobs.purge",
        "vrn_community.contributions.jobs.shuffle",
        "vrn_community.privacy.jobs.apply_retention",
    }
