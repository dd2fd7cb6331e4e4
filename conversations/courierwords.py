"""The few words of a courier with one hand on the handlebar: "ja hoor", "ik ben ziek", "niemand doet open", "lekke band"."""

from __future__ import annotations

import re

_TAIL = r"(?:[\s,.!]+(?:hoor|graag|dan|nu|maar|sorry|helaas|bedankt|dank ?(?:je|u)(?: ?wel)?))*"
_YES = (
    r"(?:ja+|jawel|jazeker|jep|yes|ok|oke|oké|okee|prima|graag|goed|top|fijn|mooi|natuurlijk|tuurlijk|is goed|dat is goed|"
    r"doe ik|dat doe ik|ik doe het|kan|dat kan|kan ik(?: doen| wel| rijden)?|"
    r"ik kan(?: wel)?|lukt|dat lukt|komt goed|ik rijd?(?: wel)?|👍\S?|✅|👌\S?)"
)
_CANNOT = r"(?:ik )?(?:kan|lukt|gaat|red)(?: ik| het)?(?: dan| die dag| vrijdag| morgen)?(?: helaas| echt)? niet(?: rijden)?"
_DAY = r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|morgen|vandaag|vanmiddag|vanochtend|die dag)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("yes", rf"{_YES}(?:[\s,.!]+{_YES})*"),
    ("no", rf"(?:nee|neen|helaas|sorry)?[\s,.!]*(?:{_CANNOT}|liever niet|helaas niet|geen tijd|geen zin|ik heb geen tijd)"),
    ("no", r"nee|neen|nee bedankt|nee dank je"),
    ("no", rf"(?:nee[\s,]+)?(?:{_DAY}|dan) (?:kan|lukt|red) (?:ik )?(?:het |dat )?(?:helaas |echt )?niet"),
    (
        "swap",
        r"(?:ik wil |kan ik |wil )?ruilen|(?:ik )?(?:kan |doe het )?toch niet|(?:ik )?kan toch niet(?: rijden)?|"
        r"(?:(?:nee|helaas|sorry)[\s,]+)*(?:ik )?(?:ben|voel me|voel mij)? ?(?:ziek|grieperig|beroerd)(?: geworden)?|"
        r"kan iemand anders(?: rijden)?|(?:ik heb )?vervanging(?: nodig)?",
    ),
    ("start", r"(?:ik )?(?:ga |ben )?(?:start|starten|begin|beginnen|begonnen|gestart|vertrokken|rijden)"),
    (
        "done",
        r"(?:(?:ok|ja)[\s,]+)?(?:is |ben |het is |ik ben |alles is )?(?:klaar|gedaan|afgegeven|afgeleverd|geleverd|bezorgd|"
        r"gebracht|opgehaald|meegenomen|ingeladen|gelukt)|alles (?:ingeladen|mee|meegenomen|opgehaald)|"
        r"hebbes|(?:ik )?heb (?:het|hem|ze|alles)(?: mee)?|"
        r"volgende(?: halte)?|verder",
    ),
    (
        "not_home",
        r"(?:er is |is |ze is |hij is |ze zijn )?(?:niet|niemand) thuis|"
        r"(?:er )?(?:doet niemand|niemand doet|doen niet|doet niet) open|"
        r"geen gehoor|er is niemand|niemand|(?:ze|hij|zij|mevrouw|meneer) (?:is|zijn) er niet",
    ),
    (
        "undo",
        r"(?:(?:nee|oeps|sorry)[\s,]+)?"
        r"(?:te vroeg(?: getikt)?|fout|foutje|oeps|vergissing|vergist|verkeerd|terugdraaien|dat klopt niet|klopt niet)",
    ),
    (
        "show",
        r"rit|lijst|waar|waar nu|wat nu|adres|welk adres|waar (?:moet|ga) ik (?:nu )?(?:heen|naartoe|naar toe)|"
        r"(?:wanneer|hoe laat) ?(?:moet ik|rijd ik|begin ik|is mijn rit|begint het)?(?: rijden| beginnen)?|"
        r"hoeveel(?: adressen| kratten| stops| haltes| pakketten)?(?: (?:is|zijn) (?:het|er))?|mijn rit(?:ten)?|"
        r"misschien\b.{0,40}|(?:ik )?weet (?:ik )?het (?:nog )?niet(?: zeker)?|alleen als\b.{0,40}|"
        r"(?:ik )?(?:moet |ga )?(?:nog )?even (?:kijken|overleggen|vragen)\b.{0,30}|ik ben er klaar voor|"
        r"ik sta (?:er|voor)\b.{0,30}|"
        r"waar (?:begin|start) ik|waar is de volgende|hoe laat moet ik er zijn|welk (?:huis)?nummer(?: was het)?|"
        r"wat moet (?:ze|hij|zij|ik) (?:betalen|vragen)",
    ),
    (
        "neighbours",
        r".{0,20}\b(?:bij|aan) (?:de|het|een) (?:buren|buurvrouw|buurman|buurjongen|buurmeisje|overburen)\b.{0,20}|"
        r"(?:de )?(?:buren|buurvrouw|buurman)\b.{0,25}\b(?:aangenomen|genomen|aan)|"
        r"(?:ik heb )?(?:het |alles |de krat )?"
        r"(?:in|achter|bij|naast|op) (?:de|het) (?:schuur|schuurtje|garage|berging|achterdeur|"
        r"voordeur|stoep|carport)\b.{0,20}",
    ),
    (
        "trouble",
        r".{0,30}\b(?:lekke band|band (?:is )?lek|lek|pech|gevallen|ongeluk|aanrijding|kapot|stuk|accu leeg|vergeten|ontbreekt|"
        r"mist|betaalt niet|niet betalen|geen geld|(?:winkel|bakker|slager) (?:is )?(?:dicht|gesloten)|weet niets|"
        r"(?:is|staat|zijn) nog niet klaar|ik mis|klopt (?:iets|wat|er iets) niet|past niet|niet vinden|verkeerde|"
        r"hond|bijt|kwartier(?:tje)? later|"
        r"uur(?:tje)? later|later starten|vertraging|te laat|opgehouden|glad|storm)\b.{0,40}",
    ),
    (
        "polite",
        r"tot (?:de )?(?:volgende|ziens|morgen|dan|gauw|straks|vrijdag|zaterdag)\b.{0,20}|dat was het(?: weer)?|"
        r"alles rond|fijne dag",
    ),
    ("question", r"(?:waar|welke?|wat|hoe|hoeveel|wanneer|wie|mag|moet|kan|kun|kunt|is|zijn|heeft|hebben)\b.{0,60}"),
    ("polite", r"hallo|hoi|hey|dag|goede?n?(?: |-)?(?:morgen|middag|avond)|bedankt|dank ?(?:je|u)(?: ?wel)?|graag gedaan"),
)
_COMPILED = tuple((verb, re.compile(rf"(?:{pattern}){_TAIL}")) for verb, pattern in _PATTERNS)


def hear(text: str) -> str | None:
    """What a courier means, as the name of one of the patterns above; None when it is none of them."""
    said = " ".join(text.casefold().split()).strip(" .!?")
    if len(said) > 80:
        return None
    return next((verb for verb, pattern in _COMPILED if pattern.fullmatch(said)), None)
