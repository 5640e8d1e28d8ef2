"""Who did what: a chain of entries that cannot be changed or cut without being noticed.

Its oldest entries go after six years, which is an act in the chain itself.
"""

from vrn_community.audit.reasons import name_reasons as name_reasons
from vrn_community.audit.services import cut as cut
from vrn_community.audit.services import record as record
