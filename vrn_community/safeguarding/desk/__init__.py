"""Pages of the desk for concerns, for their key, and for who is there to decide about them."""

from vrn_community.safeguarding import checks as checks
from vrn_community.safeguarding import concealing as concealing
from vrn_community.safeguarding.desk.concerns import desk as desk
from vrn_community.safeguarding.desk.contacts import contacts as contacts
from vrn_community.safeguarding.desk.cover import cover as cover
from vrn_community.safeguarding.desk.keys import keys as keys
from vrn_community.safeguarding.desk.report import report as report
