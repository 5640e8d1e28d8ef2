"""VRN Community: residents answer, are kept safe, and see what changed."""

from importlib import import_module

from flask import Flask
from werkzeug.local import LocalProxy

from vrn_community import config

#: The pages of the service, in the order of the flow: module and its blueprints.
BLUEPRINTS = {
    "partnership.views": ("bp",),
    "accounts.views": ("desk",),
    "accounts.desk": ("desk",),
    "accounts.passkeys_desk": ("desk",),
    "opportunities.views": ("bp",),
    "opportunities.desk": ("desk",),
    "safeguarding.desk": ("desk", "report", "keys", "cover", "contacts"),
    "questionnaires.desk": ("desk",),
    "responses.views": ("bp",),
    "responses.entrance": ("bp",),
    "responses.reaching": ("bp",),
    "responses.desk": ("desk",),
    "responses.trial": ("desk",),
    "moderation.desk": ("desk",),
    "moderation.phrases": ("phrases",),
    "insights.desk": ("listing", "desk", "over_time_desk"),
    "insights.words.desk": ("listing", "desk"),
    "insights.evidence.desk": ("desk", "received"),
    "oversight.desk": ("desk",),
    "oversight.recommendations.desk": ("desk", "replies", "board"),
    "oversight.commitments.desk": ("desk", "group"),
    "oversight.ballots.desk": ("desk",),
    "oversight.proposals.desk": ("desk",),
    "oversight.publishing.views": ("bp",),
    "oversight.publishing.desk": ("desk",),
    "oversight.members.desk": ("desk", "own_desk", "claims_desk"),
    "oversight.meetings.desk": ("desk", "items_desk", "papers_desk"),
    "oversight.scrutiny.desk": ("desk", "asked_desk"),
    "oversight.own_data.desk": ("desk",),
    "outcomes.views": ("bp",),
    "outcomes.desk": ("desk", "board"),
    "outcomes.decisions.views": ("bp",),
    "outcomes.decisions.desk": ("desk",),
    "outcomes.reports.views": ("bp",),
    "outcomes.followers.views": ("bp",),
    "outcomes.followers.desk": ("desk",),
    "rights.views": ("bp",),
    "rights.desk": ("desk", "breaches", "raw_data", "unusual_access"),
    "privacy.views": ("bp",),
    "privacy.desk": ("desk", "retention"),
    "exchange.views": ("bp",),
    "exchange.desk": ("desk",),
    "pages.views": ("bp",),
    "pages.desk": ("desk",),
    "pages.concern_figures": ("desk",),
}

#: Modules that declare jobs: what none of these names never runs.
JOBS = (
    "accounts.jobs",
    "contributions.jobs",
    "exchange.jobs",
    "insights.jobs",
    "insights.words.jobs",
    "moderation.jobs",
    "notifications.jobs",
    "oversight.reminders.jobs",
    "privacy.jobs",
    "responses.jobs",
    "rights.jobs",
    "safeguarding.jobs",
)


def create_app(settings: config.Settings | None = None) -> Flask:
    """Return the application: this is the table of contents of the service."""
    settings = settings or config.from_environment()
    app = Flask(
        __name__, template_folder=str(config.PROJECT_ROOT / "templates"), static_folder=None
    )
    _configure(app, settings)
    _set_up_foundation(app)
    _register_stages(app)
    _keep_pages(app)
    return app


def _configure(app: Flask, settings: config.Settings) -> None:
    from vrn_community.foundation import engines

    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=settings.hosts,
        MAX_CONTENT_LENGTH=settings.largest_request,
        MAX_FORM_MEMORY_SIZE=settings.largest_request,
        MAX_FORM_PARTS=2_000,
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engines.options(settings),
        WTF_CSRF_TIME_LIMIT=None,  # The token lives as long as the session.
        BABEL_TRANSLATION_DIRECTORIES=str(config.PROJECT_ROOT / "translations"),
    )
    app.url_map.strict_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["settings"] = LocalProxy(config.current)


def _set_up_foundation(app: Flask) -> None:
    from vrn_community import cli, extensions
    from vrn_community.accounts import desk as sign_in_desk
    from vrn_community.accounts import refusals, sessions
    from vrn_community.foundation import assets, errors, http, i18n, permissions, shell, sqlite

    settings: config.Settings = app.config["SETTINGS"]
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    settings.data_dir.chmod(0o700)  # Databases, queue and salts are for nobody else.
    extensions.db.init_app(app)
    extensions.migrate.init_app(app, extensions.db, str(config.PROJECT_ROOT / "migrations"))
    if settings.uses_sqlite:
        with app.app_context():
            sqlite.listen(extensions.db.engine)
    i18n.init_app(app)
    http.init_app(app)
    sessions.init_app(app)
    sign_in_desk.init_app(app)
    refusals.init_app(app)
    permissions.init_app(app)
    extensions.csrf.init_app(app)  # After the guards: who is signed out gets their words back.
    assets.init_app(app)
    shell.init_app(app)
    errors.init_app(app)
    cli.init_app(app)


def _keep_pages(app: Flask) -> None:
    """Let public pages be kept in memory: last, so that every guard has been asked before."""
    from vrn_community.pages import memory

    memory.init_app(app)


def _register_stages(app: Flask) -> None:
    """Register the blueprints in the order of the flow, and the jobs."""
    from vrn_community import jobs

    for module, names in BLUEPRINTS.items():
        stage = import_module(f"vrn_community.{module}")
        for name in names:
            app.register_blueprint(getattr(stage, name))
    for module in JOBS:
        import_module(f"vrn_community.{module}")
    jobs.init_app(app)
