"""Pages of the desk for meetings, and for the items of their agendas."""

from vrn_community.oversight.meetings.desk.items import items_desk as items_desk
from vrn_community.oversight.meetings.desk.meetings import desk as desk
from vrn_community.oversight.meetings.desk.papers import papers_desk as papers_desk
