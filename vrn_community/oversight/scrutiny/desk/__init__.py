"""Pages of the desk for the group that looks into things, and for bodies that it asks."""

from vrn_community.oversight.scrutiny.desk.asked import asked_desk as asked_desk
from vrn_community.oversight.scrutiny.desk.topics import desk as desk
