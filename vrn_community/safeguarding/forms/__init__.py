"""Forms of safeguarding: about concerns, about their key, and about who is there."""

from vrn_community.safeguarding.forms.asking import HelpForm as HelpForm
from vrn_community.safeguarding.forms.concerns import AccuseForm as AccuseForm
from vrn_community.safeguarding.forms.concerns import CloseForm as CloseForm
from vrn_community.safeguarding.forms.concerns import FactsForm as FactsForm
from vrn_community.safeguarding.forms.concerns import RaiseForm as RaiseForm
from vrn_community.safeguarding.forms.concerns import ReportForm as ReportForm
from vrn_community.safeguarding.forms.concerns import RevealForm as RevealForm
from vrn_community.safeguarding.forms.decisions import DecideForm as DecideForm
from vrn_community.safeguarding.forms.keys import ChangeForm as ChangeForm
from vrn_community.safeguarding.forms.keys import NewForm as NewForm
from vrn_community.safeguarding.forms.keys import OpenForm as OpenForm
from vrn_community.safeguarding.forms.keys import RecoverForm as RecoverForm
from vrn_community.safeguarding.forms.staff import CheckForm as CheckForm
from vrn_community.safeguarding.forms.staff import CoverForm as CoverForm
