"""The Flask extensions, bare: each is set up by `create_app`."""

from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from vrn_community.foundation.catalogues import KeptBabel
from vrn_community.foundation.db import Base

db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
babel = KeptBabel()
