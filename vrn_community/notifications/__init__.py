"""Mail that says that something waits at the desk, and not what.

`notify` stores that somebody is to be told, in the transaction of what they are told of; a job
sends it. A row keeps a day and no time, and its key says nothing to whoever lacks the pepper.
"""

from vrn_community.notifications.models import MailKind as MailKind
from vrn_community.notifications.services import notify as notify
