"""Pages of the desk: rights requests, breaches, requests for raw data, unusual access."""

from vrn_community.rights.desk.breaches import breaches as breaches
from vrn_community.rights.desk.raw_data import raw_data as raw_data
from vrn_community.rights.desk.requests import desk as desk
from vrn_community.rights.desk.unusual_access import unusual_access as unusual_access
