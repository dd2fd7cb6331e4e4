"""The shapes in which people change their basket. Compared with a clause without accents and without politeness around it.

In ``MORE`` and ``SET`` the mark ``#`` stands for the amount, whatever it was ("twee", "een half pond").
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What points at the line put in last.
LAST = _words("die dat deze dit laatste ze hem m 'm het daar daarvan ervan er laatst leste ermee daarmee") | frozenset(
    (
        "die leste",
        "dat leste",
        "de leste",
        "die laatste",
        "de laatste",
        "het laatste",
        "dat laatste",
        "die ene",
        "de laatst",
        "het laatst",
    )
)
#: Every line that the words can mean.
BOTH = _words("allebei beide alletwee alle")
#: Politeness and breath around a change.
EDGES = _words(
    "zo graag hoor aub alstublieft alsjeblieft svp even dan nou eh he oh o ja nee sorry eigenlijk bij nader inzien gewoon oja "
    ", : ! wacht ho en oke ok ook toch maar"
)
ARTICLES = _words("de het een die dat mijn t")
WRONG_WORDS = _words("fout verkeerd foutje")
#: "laatste regel klopt niet, mag weg", "dat laatste was een vergissing".
LAST_WRONG = re.compile(
    r"(?:skip |vergeet )?(?:(?:die|de|het|dat) )?(?:laatste|leste)(?: regel| artikel| product| ding)? "
    r"(?:(?:is|was|klopt|weer|een|toch|ook|maar|mag|kan|moet|had) )*"
    r"(?:niet(?: goed| nodig)?|fout|foutje|vergissing|verkeerd|weg|eruit|eraf)(?: ,.*)?\Z"
    r"|(?:skip|schrap) (?:(?:die|de|het|dat) )?(?:laatste|leste)(?: maar| mor| weer| toch)*(?: ,.*)?\Z"
)
CHANGE_WORDS = _words(
    "minder haal af eraf nog bij erbij extra meer toch maar liever maak van er daar mag mogen doe zet stuks in plaats ipv"
)
#: "niet 4 maar 6": what follows is the amount it must be.
NOT_BUT = re.compile(r"(?:nee )?(?:niet|geen) # maar (?P<rest>.+)\Z")
SET_HINTS = _words("toch maar even ff effe liever maak bedoel bedoelde moeten moet worden van genoeg ervan maken wordt")

_OUT = (
    "weg|eruit|er uit|er af|eraf|schrappen|verwijderen|annuleren|wissen|vervalt|vervallen|niet|niet meer|niet doen|weghalen|"
    "eruit halen|laten zitten|laat zitten"
)

#: What takes something out; ``x`` is the thing. Tried in order.
REMOVE = tuple(
    re.compile(rf"(?:{pattern})\Z")
    for pattern in (
        r"(?:ik )?(?:hoef|wil|neem|doe)? ?(?:er )?(?:toch )?(?:maar )?(?:geen|zonder) (?P<x>.+?)"
        r"(?: meer| hebben| nodig| erbij| doen| toch)*",
        r"(?:doe |neem |wil )?(?:ik )?(?:toch |maar )*geen(?: meer| een)?",
        r"er (?:hoeft|hoeven)(?: toch| dan| maar)* geen (?P<x>.+?)(?: meer)? (?:bij|in|op)",
        r"laat (?:(?P<x>.+?) )?(?:toch |maar )*(?:zitten|weg|eruit|vallen)",
        r"laat (?:maar )?(?:zitten|weg) (?P<x>.+?)",
        r"(?P<x>.+?) (?:mag|kan|moet|kunnen|mogen)(?: er)?(?: toch| maar| weer| dus| ook| wel)* "
        r"(?:weg|uit|eruit|af|eraf|vervallen|geschrapt)",
        r"(?P<x>.+?) (?:hoeft|hoeven|hoef ik|hoef)(?: er)?(?: toch)? (?:niet|niet meer)(?: meer)?(?: bij)?",
        r"(?:haal|gooi|doe|zet|streep|neem|laat) (?P<x>.+?) (?:toch |maar )*"
        r"(?:er uit|er af|er weer uit|weg|eruit|eraf|af|door|uit|weer weg)",
        r"(?:schrap|verwijder|annuleer|wis|delete|vergeet) (?P<x>.+?)",
        rf"(?P<x>.+?) (?:toch |maar |er )*(?:{_OUT})",
        r"(?:toch )?(?:niet|zonder) (?P<x>de .+?|het .+?|die .+?)",
        r"min (?P<x>.+?)",
        r"(?:kan|mag|kunnen|mogen) (?P<x>.+?) (?:er )?(?:nog |toch |maar |weer )*(?:weg|uit|eruit|af|eraf)",
        r"laat (?P<x>die|dat|ze|(?:de|het) .+?) (?:dan |toch |ook )*maar",
        r"laat maar (?P<x>(?:die|de|het|dat) .+?)",
        r"(?:(?:kunt|kan|kun|wilt|wil|zou) (?:u|je|jij|jullie) )?(?P<x>.+?) (?:weer |maar |toch |nog )*"
        r"(?:van|uit) (?:de|het|mijn|m'n) (?:lijst|lijstje|bestelling|mandje|mand) (?:halen|verwijderen|schrappen)",
    )
)

#: "3 ipv 2 komkommers", "van die twee krentenbollen er vijf maken": another count (``n``) of what is named (``x``).
COUNTED = (
    re.compile(r"(?:ik wil |doe |maak |graag |liever )*(?P<n>\S+) (?:ipv|in plaats van) (?P<old>\S+) (?P<x>.+?)(?: graag)?\Z"),
    re.compile(
        r"(?:.* )?van (?:die |de |het |mijn )?(?P<x>\S.*?) (?:er )?(?:toch |maar )*(?P<n>\S+) "
        r"(?:willen |kunnen |te |van )*maken\Z"
    ),
    re.compile(r"(?P<x>\S.*?) (?:worden|wordt|moeten|moet|mogen|mag)(?: er)? (?P<n>\S+)(?: worden| zijn)?\Z"),
)

MORE = re.compile(
    r"(?:doe |zet |mag |mogen |moet |moeten |er |ik |wil |graag |geef |mij |me |ook |dan )*"
    r"(?:nog (?:maar |zo )?#(?: stuks)?(?: erbij| bij| extra| meer| hebben| krijgen)?"
    r"(?: van (?:de|die|het|dat) (?:laatste|zelfde))?|"
    r"# (?:er )?(?:bij|erbij|extra|meer))\Z"
)

SET = re.compile(
    r"(?:(?:toch|liever|maar|even|ff|effe|doe|doet|maakt|u|er|daar|dat|die|het|ik|bedoel|bedoelde|wil|wilde|maak|moet|moeten|worden|"
    r"wordt|zijn|mag|mogen|"
    r"van|neem|nee|zet|op|hou|houd|graag|meteen|gelijk)\s)*#"
    r"(?: (?:van|maken|stuks|zijn|worden|is genoeg|is goed|dan|maar|ervan|hebben|van maken|in plaats van \d+|ipv \d+|doen|"
    r"was genoeg))*\Z"
)
