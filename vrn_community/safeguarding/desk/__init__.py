"""Pages of the desk for concerns, and for who is there to decide about them."""

from vrn_community.safeguarding import checks as checks
from vrn_community.safeguarding.desk.concerns import desk as desk
from vrn_community.safeguarding.desk.contacts import contacts as contacts
from vrn_community.safeguarding.desk.cover import cover as cover
