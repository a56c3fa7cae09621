"""The word lists of the content standard, each word with a reason and better wording."""

from django.db import migrations

PROMISE = "No treatment keeps this promise for everybody."
COMPARED = "Only a trial that compared two medicines can say so."
NUMBER = "Readers take it for far more, or far less, than it is."
PEOPLE = "It puts a burden or a blame on the person."
EASY = "What is easy for the writer may not be for the reader."
FEAR = "It frightens or cheers where a fact would help."
RELIEF = "Only the care team can say so of one person's signs."
NOWHERE = "Who hears only the links does not learn where it goes."
ADVERT = "It is a maker's advert, or written to sell."
OPEN = "Anybody can change it, and it is no source of its own."

# list -> phrase, reason, better wording
WORDS = {
    "overclaim": [
        ("cure", PROMISE, "what was measured, e.g. the cancer did not come back in 5 years"),
        ("cures", PROMISE, "what was measured, e.g. the cancer did not come back in 5 years"),
        ("cured", PROMISE, "no sign of cancer was found"),
        ("miracle*", PROMISE, "what was measured, in numbers"),
        ("breakthrough*", "It praises news before it is known to last.", "new"),
        ("game-chang*", "It praises news before it is known to last.", "new, or what changed"),
        ("game chang*", "It praises news before it is known to last.", "new, or what changed"),
        ("smart bomb*", "War is no picture of a treatment, and no medicine is that exact.",
         "a medicine that brings chemotherapy to the cancer cell"),
        ("magic bullet*", "No medicine hits cancer cells only.",
         "a medicine made to act on one target"),
        ("without harming healthy cells", "Healthy cells are reached as well.",
         "healthy cells can be harmed too, but less often"),
        ("without harm to healthy cells", "Healthy cells are reached as well.",
         "healthy cells can be harmed too, but less often"),
        ("sparing healthy cells", "Healthy cells are reached as well.",
         "healthy cells can be harmed too, but less often"),
        ("spares healthy cells", "Healthy cells are reached as well.",
         "healthy cells can be harmed too, but less often"),
        ("no side effects", "Every medicine has some.", "fewer side effects, with the number"),
        ("safe", "Safe for whom, and compared with what?", "the harms in numbers"),
        ("kills only", "Other cells are reached as well.", "acts mostly on"),
        ("guaranteed", PROMISE, "may, with the number"),
        ("most effective", COMPARED, "what was measured, against what"),
    ],
    "balance": [
        ("better than", COMPARED, "the figures of the trial that compared them"),
        ("best", COMPARED, "what was measured, against what"),
        ("superior", COMPARED, "the figures of the trial that compared them"),
        ("works better", COMPARED, "the figures of the trial that compared them"),
        ("more effective", COMPARED, "the figures of the trial that compared them"),
        ("stronger than", COMPARED, "the figures of the trial that compared them"),
        ("revolution*", COMPARED, "new"),
        ("gold standard", COMPARED, "often used first"),
    ],
    "risk": [
        ("common", NUMBER, "the number of people in 100"),
        ("commonly", NUMBER, "the number of people in 100"),
        ("uncommon", NUMBER, "the number of people in 100"),
        ("rare", NUMBER, "the number of people in 1,000"),
        ("rarely", NUMBER, "the number of people in 1,000"),
        ("likely", NUMBER, "the number of people in 100"),
        ("unlikely", NUMBER, "the number of people in 100"),
        ("high risk", NUMBER, "the number of people in 100"),
        ("higher risk", NUMBER, "both numbers of people in 100"),
        ("low risk", NUMBER, "the number of people in 100"),
        ("lower risk", NUMBER, "both numbers of people in 100"),
        ("significant", "It means one thing in a trial and another to readers.", "large, or the number"),
        ("significantly", "It means one thing in a trial and another to readers.", "the number"),
    ],
    "hard": [
        ("adjuvant", "Few readers know it.", "after surgery (adjuvant)"),
        ("neoadjuvant", "Few readers know it.", "before surgery (neoadjuvant)"),
        ("metastatic", "Few readers know it.", "has spread (metastatic)"),
        ("subcutaneous", "Few readers know it.", "under the skin (subcutaneous)"),
        ("intravenous", "Few readers know it.", "into a vein (intravenous)"),
        ("neutropenia", "Few readers know it.", "low infection-fighting cells (neutropenia)"),
        ("pneumonitis", "Few readers know it.", "inflamed lungs (pneumonitis)"),
        ("adverse", "Few readers know it.", "harmful, or side effect"),
        ("efficacy", "Few readers know it.", "how well it works"),
        ("indicated", "Readers take it for “shown”.", "approved for, or used for"),
        ("contraindicated", "Few readers know it.", "must not be used"),
        ("administer*", "An office word.", "give"),
        ("concomitant*", "Few readers know it.", "at the same time"),
        ("progression", "Readers take it for something good.", "growing again (progression)"),
        ("cardiotoxicity", "Few readers know it.", "heart harm (cardiotoxicity)"),
    ],
    "people": [
        ("sufferer*", PEOPLE, "people with"),
        ("victim*", PEOPLE, "people with"),
        ("battle*", PEOPLE, "live with, be treated for"),
        ("fight", PEOPLE, "be treated for"),
        ("fights", PEOPLE, "is treated for"),
        ("fought", PEOPLE, "was treated for"),
        ("lost", PEOPLE, "died of"),
        ("failed treatment", "The treatment failed, not the person.", "the treatment did not work"),
        ("failed therapy", "The treatment failed, not the person.", "the treatment did not work"),
        ("patient failed", "The treatment failed, not the person.", "the treatment did not work"),
        ("patient refused", PEOPLE, "the person chose not to"),
        ("compliance", PEOPLE, "taking it as planned"),
        ("non-compliant", PEOPLE, "not taking it as planned"),
    ],
    "tone": [
        ("journey", FEAR, "treatment, or the time of treatment"),
        ("easy", EASY, "leave it out"),
        ("easily", EASY, "leave it out"),
        ("simple", EASY, "leave it out"),
        ("simply", EASY, "leave it out"),
        ("just", EASY, "leave it out, or only"),
        ("obviously", EASY, "leave it out"),
        ("terrible", FEAR, "the fact"),
        ("horrible", FEAR, "the fact"),
        ("deadly", FEAR, "people have died of it, with the number"),
        ("devastating", FEAR, "the fact"),
        ("amazing", FEAR, "the fact"),
        ("exciting", FEAR, "new"),
        ("wonderful", FEAR, "the fact"),
        ("don't worry", FEAR, "what to do, and whom to ask"),
        ("do not worry", FEAR, "what to do, and whom to ask"),
        ("nothing to worry", RELIEF, "what to do, and when to call"),
        ("harmless", RELIEF, "what to do, and when to call"),
        ("not dangerous", RELIEF, "what to do, and when to call"),
        ("usually mild", RELIEF, "the number of people in whom it was severe"),
        ("goes away by itself", RELIEF, "what to do, and when to call"),
    ],
    "link": [
        ("click here", NOWHERE, "the name of the page"),
        ("here", NOWHERE, "the name of the page"),
        ("read more", NOWHERE, "the name of the page"),
        ("more", NOWHERE, "the name of the page"),
        ("learn more", NOWHERE, "the name of the page"),
        ("this page", NOWHERE, "the name of the page"),
        ("this link", NOWHERE, "the name of the page"),
        ("link", NOWHERE, "the name of the page"),
    ],
    "spun": [
        ("hormone replacement treatment", "A program swapped words of another text.",
         "hormone therapy, and another source"),
        ("intentional drug administration", "A program swapped words of another text.",
         "another source"),
        ("maximum expected duration of illness", "A program swapped words of another text.",
         "another source"),
    ],
    "domain": [
        ("wikipedia.org", OPEN, "the document that its page names"),
        ("facebook.com", OPEN, "a label, a guideline or a trial"),
        ("reddit.com", OPEN, "a label, a guideline or a trial"),
        ("quora.com", OPEN, "a label, a guideline or a trial"),
        ("youtube.com", OPEN, "a label, a guideline or a trial"),
        ("blogspot.com", "A blog is one person's view.", "a label, a guideline or a trial"),
        ("medium.com", "A blog is one person's view.", "a label, a guideline or a trial"),
        ("wordpress.com", "A blog is one person's view.", "a label, a guideline or a trial"),
        ("prnewswire.com", ADVERT, "the label, or the notice of the FDA"),
        ("businesswire.com", ADVERT, "the label, or the notice of the FDA"),
        ("globenewswire.com", ADVERT, "the label, or the notice of the FDA"),
    ],
}


def fill(apps, schema_editor):
    rules = apps.get_model("editorial", "WordRule").objects
    for word_list, rows in WORDS.items():
        for phrase, reason, better in rows:
            rules.get_or_create(
                word_list=word_list, phrase=phrase, defaults={"reason": reason, "better": better}
            )


def empty(apps, schema_editor):
    apps.get_model("editorial", "WordRule").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("editorial", "0002_roles")]
    operations = [migrations.RunPython(fill, empty)]
