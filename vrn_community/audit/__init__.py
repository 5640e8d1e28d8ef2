"""Who did what: a chain of entries that cannot be changed or cut without being noticed."""

from vrn_community.audit.services import record as record
