"""What the job process imports: `huey_consumer vrn_community.worker.huey`."""

from wsgi import app

huey = app.extensions["jobs"]
