"""Forms about rights requests, breaches and raw data."""

from vrn_community.rights.forms.breaches import BreachEntryForm as BreachEntryForm
from vrn_community.rights.forms.breaches import BreachForm as BreachForm
from vrn_community.rights.forms.raw_data import DecideForm as DecideForm
from vrn_community.rights.forms.raw_data import RawDataForm as RawDataForm
from vrn_community.rights.forms.requests import AnswerForm as AnswerForm
from vrn_community.rights.forms.requests import AskForm as AskForm
from vrn_community.rights.forms.requests import ComplainForm as ComplainForm
from vrn_community.rights.forms.requests import EnterForm as EnterForm
from vrn_community.rights.forms.requests import ExtendForm as ExtendForm
from vrn_community.rights.forms.requests import NoteForm as NoteForm
from vrn_community.rights.forms.requests import ReadForm as ReadForm
