"""The site's own emergency rules: the same on every medicine's page, whatever its label lists.

Signs for 911 and the one fever rule of the whole site (content standard B2a; a house rule drawn
from cancer charities and hospitals, stricter than any single label).
"""

from django.utils.translation import gettext_lazy as _

GENERAL_SIGNS = (
    _("trouble breathing, or breathlessness at rest"),
    _("chest pain, pressure or tightness"),
    _("swelling of the face, lips, tongue or throat"),
    _("signs of a stroke: a drooping face, a weak arm or leg, trouble speaking"),
    _("a seizure"),
    _("passing out"),
    _("new confusion"),
    _("bleeding that does not stop, or coughing up or vomiting blood"),
    _("thoughts of harming yourself"),
)
