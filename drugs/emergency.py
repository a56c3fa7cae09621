"""The site's own emergency rules: the same on every page, whatever a label lists.

A house rule drawn from cancer charities, hospitals and labels, stricter than any single one of
them (content standard B2a); no entry says anything weaker. A clinician must sign it.
"""

from django.utils.translation import gettext_lazy as _

# Call 911.
GENERAL_SIGNS = (
    _("trouble breathing, or breathlessness at rest"),
    _("chest pain, pressure or tightness"),
    _("swelling of the face, lips, tongue or throat, or hives with trouble breathing"),
    _("signs of a stroke: one side of the face droops, trouble speaking or understanding"),
    _("sudden weakness or numbness in an arm or leg, or sudden loss of sight"),
    _("a sudden very bad headache"),
    _("a seizure"),
    _("passing out, or nearly, with a racing or irregular heartbeat"),
    _("new confusion, or being too sleepy to be woken properly"),
    _("bleeding that does not stop, or coughing up or vomiting blood"),
    _("fruity breath, fast or hard breathing, or unusual sleepiness when blood sugar may be high"),
    _("thoughts of harming yourself"),
)

# Call the care team at once, day or night. The fever rule stands beside them.
GENERAL_TEAM_SIGNS = (
    _("burning when passing urine, a sore throat, a red or oozing wound or port"),
    _("a new or worse cough, or getting out of breath when you move"),
    _("diarrhea, as your medicine's rule says"),
    _("black or bloody stools, blood in urine, new bruises, nosebleeds that come back"),
    _("not keeping liquids down, very little urine, dizziness on standing"),
    _("yellow skin or eyes, dark urine, pain on the upper right of the belly"),
    _("swollen ankles or legs, or 5 pounds or more gained in a day"),
    _("a pounding or irregular heartbeat"),
    _("pain, swelling or warmth in one leg or arm"),
    _("a rash over much of the body, blisters or peeling skin"),
    _("sores in the mouth, eyes or genitals"),
    _("great thirst and passing much urine"),
    _("eye pain, a red eye, light that hurts, blurred sight"),
    _("strong belly pain, or a wound that opens or does not heal"),
    _("you are or might be pregnant"),
)
