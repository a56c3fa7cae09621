"""How English prose says what a record holds as codes, and how it takes it back.

The patterns are those of a careful writer, not of any sentence there could be: what they do not
find is left to the reviewer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from drugs.choices import INHERITED_MUTATIONS, Mutation, Route, Setting

# What is said: a question of the finder and the answer to it, how the medicine is given, how much
# of breast cancer it is for, whether it is approved at all.
Value = tuple[str, str]
HER2, HORMONE_RECEPTOR, SETTING, MUTATION = "her2", "hormone_receptor", "setting", "mutation"
ROUTE, REACH, STATUS = "route", "reach", "status"
# What a diagnosis is made of: one use has an answer to each.
OF_A_USE = (HER2, HORMONE_RECEPTOR, SETTING, MUTATION)
# Words of prose for several codes at once.
EARLY, ADVANCED, BRCA, ORAL = "early", "advanced", "brca", "oral"
INFUSION, INJECTION = Route.IV_INFUSION.value, Route.SUBCUTANEOUS_INJECTION.value
TABLET, CAPSULE = Route.ORAL_TABLET.value, Route.ORAL_CAPSULE.value
ROUTES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **{code: frozenset({code}) for code in (INFUSION, INJECTION, TABLET, CAPSULE)},
        ORAL: frozenset({TABLET, CAPSULE}),
    }
)
LOW: frozenset[Value] = frozenset({(HER2, "low"), (HER2, "ultralow")})
AROUND_SURGERY: frozenset[Value] = frozenset(
    {(SETTING, Setting.NEOADJUVANT.value), (SETTING, Setting.ADJUVANT.value)}
)
STAGES, TYPES = "stages", "types"
APPROVED, ENDED = "approved", "ended"


def words(expression: str) -> re.Pattern[str]:
    """Finds whole words, however they are capitalised."""
    return re.compile(rf"(?<![\w-])(?:{expression})(?!\w)", re.IGNORECASE)


_RECEPTOR = r"(?:(?:hormone|estrogen|progesterone)(?:[ -]receptor)?|HR|ER|PR)"
# "After treatment given before surgery" speaks of the time of another treatment.
_ITSELF = "".join(
    rf"(?<!{treatment} {given})"
    for treatment in ("treatment", "therapy", "medicines", "those")
    for given in ("", "given ", "had ")
)
_SURGERY = r"(?:(?:the |your |breast )?surgery|(?:an|the|your) operation)"
# "(adjuvant)" behind the words for it adds nothing.
_TERM = r"(?<!surgery \()"

VALUES: Mapping[Value, re.Pattern[str]] = MappingProxyType(
    {
        (HER2, "positive"): words(r"HER2[ -]?(?:positive|\+)"),
        (HER2, "low"): words(r"HER2[ -]low|(?:low levels? of|little(?: or no)?|low) HER2"),
        (HER2, "ultralow"): words(r"(?:HER2[ -])?ultra-?low"),
        (HER2, "negative"): words(r"HER2[ -]negative|triple[ -]negative|TNBC|without HER2"),
        (HORMONE_RECEPTOR, "positive"): words(rf"{_RECEPTOR}[ -]positive"),
        (HORMONE_RECEPTOR, "negative"): words(
            rf"{_RECEPTOR}(?:[ -]negative|-(?=[ .,;]))|triple[ -]negative|TNBC"
        ),
        (SETTING, Setting.METASTATIC.value): words(
            r"metastatic|metastas[ie]s|(?:has|have|had|that|already|cancers?) spread|stage (?:IV|4)"
            r"|(?:an)?other parts? of the body"
        ),
        (SETTING, ADVANCED): words(
            r"(?<!locally )advanced(?:[ ,]+[\w-]+){0,4} (?:cancers?|disease)"
        ),
        (SETTING, EARLY): words(
            r"early(?:-stage)?(?:[ ,]+(?!or\b|and\b)[\w-]+){0,4} (?:cancers?|disease)"
            r"|early[ -]stages?|stages? (?:I{1,3}|[123])[ABC]?"
        ),
        (SETTING, Setting.NEOADJUVANT.value): words(
            rf"{_ITSELF}before (?:(?:or|and) after )?{_SURGERY}|{_TERM}neoadjuvant"
        ),
        (SETTING, Setting.ADJUVANT.value): words(rf"{_ITSELF}after {_SURGERY}|{_TERM}adjuvant"),
        (MUTATION, BRCA): words(r"BRCA(?:1|2|1/2)?"),
        **{
            (MUTATION, gene.lower()): words(re.escape(gene))
            for gene in Mutation.values
            if gene not in INHERITED_MUTATIONS
        },
        (ROUTE, INFUSION): words(
            r"infusions?|infused|drips?|(?:in|into|through) (?:a|the|your) vein|IV"
            r"|intravenous(?:ly)?"
        ),
        (ROUTE, INJECTION): words(r"injections?|injected|shots?|under the skin"),
        (ROUTE, TABLET): words(r"tablets?"),
        (ROUTE, CAPSULE): words(r"capsules?"),
        (ROUTE, ORAL): words(r"pills?|by mouth|oral(?:ly)?"),
        (REACH, STAGES): words(r"(?:all|any|every|each) (?:the )?stages?"),
        (REACH, TYPES): words(
            r"(?:all|any|every) (?:the )?(?:kinds?|types?|forms?|subtypes?)(?: of)?(?: breast)?"
            r" cancers?|(?:all|any|every) breast cancers?|(?:anyone|everyone|everybody) with breast"
            r" cancer|(?:no matter what|whatever the) type"
        ),
        (STATUS, APPROVED): words(
            r"(?:(?:is|are|be|remains?) (?!not|no|never)(?:[\w-]+ )?"
            r"(?:approved|used|given|licensed|indicated|an option|a treatment)"
            r"|treats?|helps?|works?|(?:doctors|teams|people|they) use"
            r"|(?<!not )approved [\w -]+for)\b[^.;:]{0,60} breast cancer"
            r"|(?:is|are|remains?) (?:still )?FDA-approved"
            r"|(?:is|are|may be|can be) (?:an? |other |also )?(?:possible )?(?:choices?|options?)\b"
            r"|(?:choices?|options?) (?:then )?(?:is|are)\b"
        ),
        (STATUS, ENDED): words(
            r"(?:(?:is|are) (?:no longer|not|not yet) (?:FDA-)?(?:approved|licensed|used|sold)"
            r"|(?:has|have) (?:been withdrawn|not (?:yet )?been approved)"
            r"|(?:is|are|was|were) withdrawn|approval (?:has been|was|is) (?:revoked|withdrawn)"
            r"|lost (?:its|their) (?:\w+ )?approval|(?:is|are) (?:still )?experimental)"
            r"(?: (?:for breast cancer|by the FDA|in the (?:US|United States)))*(?=[.,;]|$)"
            r"|(?:took|taken) (?:away|back) (?:its|the) approval of"
            r"|withdrew (?:its|the) approval of|(?:is|was|were|been) taken off the market"
        ),
    }
)

# Any of the medicines of this guide.
ANY_MEDICINE = words(r"targeted (?:\w+ )?(?:therap(?:y|ies)|medicines?|drugs?|treatments?)")
# A sentence that names nobody else still is not about the page's own medicine.
OTHERS = words(r"(?:other|another|different) (?:medicines?|drugs?|treatments?)")
# What stands for the medicine that was named last.
PRONOUN = re.compile(
    r"(?:(?:Yes|No), )?(?:[Ii]t|[Tt]hey|[Tt]his|[Tt]hat|[Tt]hese|[Bb]oth"
    r"|[Yy]ou (?:take|get|have|receive|swallow)) \w"
    r"|(?:Doctors|Teams|People) (?:use|give) (?:it|them)\b"
)

_BE = r"(?:is|are|was|were|be)"
_GIVEN = r"(?:approved|used|given|taken|licensed|indicated|meant|offered)"
# A use is denied; a bare "not" may deny anything else.
DENIED = words(
    rf"{_BE} (?:not|never) (?:\w+ )?(?:{_GIVEN}|an option|a choice|for|in)"
    rf"|(?:isn|aren|can)['\u2019]t (?:be )?(?:{_GIVEN}|an option|a choice|for)"
    rf"|(?:may|must|should|can) ?not be {_GIVEN}"
    rf"|(?:has|have) (?:not|never) (?:yet )?(?:been {_GIVEN}|approved)"
    r"|(?:doesn|don)['\u2019]t (?:treat|work|help)|(?:does|do|can) ?not (?:treat|work|help)"
    r"|no (?:approved |current |labell?ed )?(?:uses?|approval|place|role)"
    r"|no (?:approved )?targeted (?:therap(?:y|ies)|medicines?|drugs?|treatments?)"
    r"|never (?:used|given)|(?:does|do) nothing"
    r"|not (?:for|in)|not(?= (?:HER2|triple|metastatic|early))"
)
# The same behind the name, where the cancer stands before it.
DENIED_BEHIND = re.compile(
    rf"\b(?:{_BE} not {_GIVEN}|{_BE} not (?:an option )?for (?:you|them|it)|not exist"
    r"|cannot (?:have|get|take|use)|not (?:help|work))\b"
    r"(?: (?:for|in|to treat|to help))?(?: (?:it|them|you))?(?=[.,;]|$)",
    re.IGNORECASE,
)
# The same between the cancer and the name.
DENIED_BETWEEN = re.compile(
    r"\b(?:(?:cannot|can not|do not|does not|should not|must not|never) (?:have|get|take|use|need)"
    r"|not (?:be )?treated with|not a reason (?:to take|to have|for)|other medicines than)"
    r"(?: the)?\s+$",
    re.IGNORECASE,
)
# What is denied of those who do not have it, or of some, is no denial of it.
LACKING = words(r"lack(?:s|ing)?|without|no|not|every|everyone|(?<!at )all")
# A denial of one stage is none of the others.
ONE_STAGE = re.compile(r"stages? (?:I{1,3}|[123])\b", re.IGNORECASE)
# The approval of a medicine is not that of one use.
ONE_USE = words(r"(?:this|that|such|one|another|other|new) (?:a )?uses?")
NEITHER = re.compile(r"(?:Neither|None of)\b")
NOT_ONLY = words(r"not (?:only|just)")
UNSURE = words(
    r"not|never|none|without|unless|neither|nor|whether|may have|could|would|\w+n['\u2019]t"
    r"|no (?:medicines?|drugs?)"
)
# Where what is denied or doubted ends.
TURN = re.compile(r"[;:]|, but |, and |\bbut\b|\bexcept\b", re.IGNORECASE)
ONLY = re.compile(
    r"\b(?:(?:only|just)(?! a (?:little|few))|solely|exclusively|strictly|reserved)\b",
    re.IGNORECASE,
)
# Around a name that means several: every one of them.
ALL_BEFORE = re.compile(r"\ball(?: of)?(?: the)?(?: \w+)?\s+$", re.IGNORECASE)
ALL_BEHIND = re.compile(r"\s+(?:are|is) all\b", re.IGNORECASE)
# Before a name: whom the sentence sets apart.
APART = re.compile(
    r"\b(?:apart from|except(?: for)?|other than|unlike|besides|instead of|rather than)\s+$",
    re.IGNORECASE,
)
# Behind such a name: something is said of it all the same.
SAID_OF_IT = re.compile(r"(?:\s\([^)]*\))?, (?:which|who|that)\b")
# What was so once.
PAST = words(
    r"withdr[ae]wn?|withdrawal|withdrew|revoked|taken (?:back|off|away)|no longer|ended"
    r"|in the past|formerly|used to be|was|were|had"
)
# What others say, what was tried, other countries, what to tell the team: no word that it is
# approved here.
REPORTED = words(
    r"trials?|stud(?:y|ies|ied)|compared|(?:was|were|being) tested|took part|researchers|news"
    r"|Europe(?:an)?|other countries|came back|think|believe"
    r"|(?:tell|ask) your (?:care )?(?:team|doctor)"
)
# "Before surgery" and "after surgery" then say when something else happens.
OF_ANOTHER_TIME = words(
    r"stop(?:ped)?|paus(?:e|ed)|tell|call|tests? (?:was|were|is|are)|scans?|returned|had"
    r"|(?:come|comes|came) back"
)
# Something else that is given beside, or one way set against another.
ANOTHER_WAY = words(
    r"white[ -](?:blood )?cells?|white-cell|hormone-blocking|hormone pills?|aromatase|ovar(?:y|ies)"
    r"|nausea|insulin|steroids?|prevent|biosimilars?|clots?"
    r"|fluids?|transfusions?|vaccin\w+|ports?|muscle|(?:anti-)?diarrhea|fever|blood pressure"
    r"|hormone shots?|one injection|unlike"
    r"|than|against|instead|switch|or the|(?:the|two) infusions|in 100|each other|either"
)
