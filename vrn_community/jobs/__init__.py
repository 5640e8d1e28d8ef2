"""Work outside a request: a job is a nudge, the truth is a row with a state.

A job carries ids only, may run twice, and commits its own transaction.
"""

from vrn_community.jobs.queue import enqueue as enqueue
from vrn_community.jobs.queue import every_minute as every_minute
from vrn_community.jobs.queue import every_night as every_night
from vrn_community.jobs.queue import every_quarter as every_quarter
from vrn_community.jobs.queue import hourly as hourly
from vrn_community.jobs.queue import init_app as init_app
from vrn_community.jobs.queue import job as job
from vrn_community.jobs.queue import reading as reading
