"""What the audit trail keeps from the person whom an allegation is about (G10)."""

from vrn_community.audit import queries as audit
from vrn_community.safeguarding import queries

audit.conceal(queries.accused_in)
