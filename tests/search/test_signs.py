"""Signs that cannot wait, in the words people type."""

from __future__ import annotations

import pytest
from django.test import Client

from drugs.emergency import GENERAL_SIGNS, GENERAL_TEAM_SIGNS
from drugs.search import signs
from tgsite.search import intents
from tgsite.search.words import words


def typed(text: str, *, medicines: int = 0, is_begun: bool = False) -> list[signs.Typed]:
    """The readings of what a person typed, before anything is known of the site's own words."""
    return signs.readings(words(text), medicines=medicines, is_begun=is_begun)


def is_red(text: str, *, medicines: int = 0) -> bool:
    """Whether it brings the call to 911."""
    return signs.is_emergency(typed(text, medicines=medicines))


# A sign of the site's own list: how people say it. Misspelt as they type it.
ENGLISH = {
    GENERAL_SIGNS[0]: """
        i can't breathe, cant catch my breath, hard time breathing, breathing is hard,
        short of breth, gasping for air, not getting enough air, out of breath sitting still,
        struggling to breathe, brething trouble, blue lips, can hardly breathe, wheezing badly,
        dificulty breathing, breathles""",
    GENERAL_SIGNS[1]: """
        chest hurts, my chest feels tight, pain in the chest, pressure on my chest,
        crushing chest, elephant on my chest, cheast pain, chest pian, chestpain,
        heaviness in chest, heart attack, pain in left side of chest, chest ache,
        squeezing in chest, chest tightnes, pain under my breast bone""",
    GENERAL_SIGNS[2]: """
        my lips are swelling, tongue is swelling, face swollen, throat is closing up,
        eyes swollen shut, throat feels tight, puffy face, hives all over and trouble breathing,
        severe allergic reaction, anaphylactic shock, can't swallow, swelling of my face, epipen""",
    GENERAL_SIGNS[3]: """
        face is drooping, one side of my face is numb, slurring my words, speech slurred,
        cant talk, trouble speaking, having a stroke, stroke symptoms, stroke, mixed up words,
        left side weak, cant find the right words, my dad is having a strok""",
    GENERAL_SIGNS[4]: """
        arm went numb, sudden weakness in my leg, can't move my arm, left arm is weak,
        arm weak suddenly, sudden vision loss, lost my sight, can't see out of one eye,
        went blind in one eye, suddenly cant see, leg went weak, double vision suddenly""",
    GENERAL_SIGNS[5]: """
        worst headache of my life, sudden bad headache, thunderclap headache,
        splitting headache, extreme headache, terrible headache all at once,
        headache came on suddenly, bad headache, my head is exploding with a headache""",
    GENERAL_SIGNS[6]: """
        seizure, seizures, i had a seizure, convulsions, convulsing, having a fit, siezure,
        epileptic, shaking uncontrollably, mom is seizing""",
    GENERAL_SIGNS[7]: """
        fainted, i feel faint, passed out after infusion, blacked out, lost consciousness,
        collapsed, heart racing and dizzy, almost passed out, about to faint, he collapsed,
        unconcious, syncope, found her unconscious""",
    GENERAL_SIGNS[8]: """
        confused, mom is confused, acting confused, won't wake up, can't wake her up,
        hard to wake, disoriented, doesn't know where she is, not making sense,
        very confused today, hallucinating, suddenly confused after her test results,
        new confusion""",
    GENERAL_SIGNS[9]: """
        bleeding won't stop, nosebleed that will not stop, cant stop the bleeding,
        bleeding heavily, coughing up blood, spitting blood, throwing up blood, blood in vomit,
        vomiting coffee grounds, uncontrolled bleeding, bloody cough, hemoptysis,
        bleeding for hours, vommiting blood""",
    GENERAL_SIGNS[10]: """
        fruity breath, breath smells fruity, breath smells like nail polish, ketoacidosis, DKA,
        high blood sugar and very sleepy, high sugar fast breathing, breath smells like acetone,
        sugar too high and drowsy""",
    GENERAL_SIGNS[11]: """
        suicidal, thinking of killing myself, i want to die, i don't want to live, end my life,
        want to end it all, self harm, hurting myself, better off dead, no reason to live,
        sucidal, i wish i was dead, take my own life, i dont want to be here anymore,
        give up on life""",
}
# Words beside a sign that tell of something else must not hide it.
NOT_HIDDEN = """
    on blood thinners and bleeding wont stop, short of breath really bad,
    my mom cannot talk what to do, one side of me went weak after the infusion,
    lots of blood and my pressure is low, her2 positive and i feel faint,
    i cant wake my husband since last night,
    heavy bleeding not my period, passed out in the exam room
"""
SPANISH = """
    dolor en el pecho, me duele el pecho, presión en el pecho, opresion en el pecho,
    pecho apretado, no puedo respirar, me cuesta respirar, dificultad para respirar,
    me falta el aire, me ahogo, labios hinchados, se me hincha la cara, hinchazón de la lengua,
    garganta cerrada, cara caída, derrame cerebral, no puedo hablar, se me duerme un brazo,
    me desmayé, desmayo, convulsiones, sangrado que no para, no para de sangrar,
    vómito con sangre, tos con sangre, toser sangre, confundida, dolor de cabeza muy fuerte,
    perdí la vista de repente, quiero morir, no quiero vivir, pensamientos suicidas,
    quiero matarme, ataque al corazón, infarto, no puedo despertar a mi mamá, reacción alérgica,
    herceptin falta de aire
"""
CALM = """
    faint staining, ihc 0 with faint staining, confused about her2 low, confusing report,
    i am confused about my pathology report, confused by her2 results,
    name confusion trastuzumab, history of stroke can i take kisqali,
    stroke risk with tamoxifen, unconscious bias, collapsed vein, chest port, chest wall,
    breast pain, chest x ray, bad breath, air travel, seizure medication with tukysa,
    had a stroke last year, end of life care, will it hurt me, harm my baby,
    can i talk to my doctor about cost, heavy periods on kadcyla, eye exam, insurance confusion,
    deep breath, her2 positive metastatic, hair loss, side effects of ibrance,
    can't swallow ibrance capsules, low blood counts, dónde puedo ver los medicamentos,
    should i stop blood thinners or not, words hard to say, do i need er test,
    emergency contact, i cant afford my medicine, numb on one side after mastectomy,
    can i get pregnant
"""
TEAM = """
    yellow eyes, yellow skin, jaundice, black stools, bloody diarrhea, blood in my poop,
    heces negras, sangre en las heces, blood in urine, leg painful and swollen, swollen leg,
    my arm is warm and hurts, blood clot in leg, dvt, cant keep liquids down, can't pee,
    gained 5 pounds in a day, dark urine, rash all over my body, skin peeling, blisters,
    severe stomach pain, eye pain, blurred vision, i might be pregnant, i am pregnant,
    estoy embarazada, fever 100.4, fiebre de 38, ojos amarillos, overdose, took too many pills,
    took too much ibrance, accidentally took double dose, took two by mistake, pierna hinchada,
    palpitations
"""
NOT_FOR_THE_TEAM = """
    can i get pregnant, pregnancy and kadcyla, ibrance dose, blood test, fever, rash, diarrhea,
    does verzenio cause blood clots, how to take ibrance, red devil, double mastectomy,
    port placement
"""


def each(text: str) -> list[str]:
    """The phrases of a list with commas."""
    return [" ".join(phrase.split()) for phrase in text.split(",")]


def test_every_sign_of_the_list_has_its_words() -> None:
    assert set(map(str, GENERAL_SIGNS)) <= signs.EMERGENCY.names
    said = {str(sign) for sign in GENERAL_TEAM_SIGNS}
    assert said - signs.TEAM.names == {
        # They have pages of their own, which say when to call.
        "a new or worse cough, or getting out of breath when you move",
        "diarrhea; if you do not know your medicine's rule, the first loose stool",
    }


@pytest.mark.parametrize(
    "text", [phrase for several in (*ENGLISH.values(), NOT_HIDDEN) for phrase in each(several)]
)
def test_sign_of_an_emergency_is_red_in_many_words(text: str) -> None:
    assert is_red(text)


@pytest.mark.parametrize("text", each(SPANISH))
def test_sign_of_an_emergency_is_red_in_spanish(text: str) -> None:
    assert is_red(text)


@pytest.mark.parametrize("text", each(CALM))
def test_other_meaning_of_the_words_stays_calm(text: str) -> None:
    assert not is_red(text)


def test_unclear_word_is_red_beside_one_medicine_and_calm_between_two() -> None:
    assert is_red("kisqali confusion", medicines=1)
    assert not is_red("kadcyla enhertu confusion", medicines=2)


@pytest.mark.parametrize("text", each(TEAM))
def test_sign_for_the_team_is_found_and_is_not_red(text: str) -> None:
    assert signs.is_for_the_team(typed(text))
    assert not is_red(text)


@pytest.mark.parametrize("text", each(NOT_FOR_THE_TEAM))
def test_question_about_the_same_is_none_for_the_team(text: str) -> None:
    assert not signs.is_for_the_team(typed(text))


@pytest.mark.parametrize("sign", ["my chest hurts", "no puedo respirar", "i feel faint"])
def test_sign_at_the_end_of_a_long_message_is_found(sign: str) -> None:
    assert is_red(f"{'the treatment has gone well so far ' * 9}but {sign}")


@pytest.mark.parametrize("text", ["suic", "seiz", "suicidal", "chest pai", "trouble breat", "fain"])
def test_word_only_begun_is_enough_while_typing(text: str) -> None:
    assert signs.is_emergency(typed(text, is_begun=True))


@pytest.mark.parametrize("text", ["bre", "her", "chest por", "hair lo", "conj", "tr", "che"])
def test_beginning_of_other_words_is_not(text: str) -> None:
    assert not signs.is_emergency(typed(text, is_begun=True))


def test_words_of_the_signs_are_no_misspellings() -> None:
    assert {"pecho", "respir", "slurred"} & intents.known_words() == {"pecho", "slurred"}


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["suicidal", "seizure", "chest pai"])
def test_emergency_is_offered_while_typing(client: Client, text: str) -> None:
    first = client.get("/search/suggest/", {"q": text}).json()["groups"][0]["items"][0]
    assert first["label"] == "Call 911 if this is happening now"
    assert first["url"] == "/side-effects/"


@pytest.mark.django_db
def test_sign_beyond_what_is_read_is_found_on_the_page(client: Client) -> None:
    text = f"{'word ' * 60}no puedo respirar"
    assert "suggestion--urgent" in client.get("/search/", {"q": text}).text


@pytest.mark.django_db
def test_overdose_leads_to_when_to_call_the_team(client: Client) -> None:
    text = client.get("/search/", {"q": "took two by mistake"}).text
    assert "Call your care team now about this" in text
    assert "suggestion--urgent" not in text
