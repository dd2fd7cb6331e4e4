"""What is heard everywhere, whatever the question on the table: stop, help, call me, back; and messages that are no text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from catalog.reading.intents import shaped_intent, whole_intent
from catalog.reading.tokens import lowers
from catalog.reading.words import plain as plain_word
from catalog.square import AMSTERDAM
from conversations.steps import Ask, Step, UnknownStep, load, step
from conversations.turn import Turn
from notifications import receipts
from notifications.messages import Choice, Outbound
from notifications.texts import names, plain

_WORDS = {
    "stop": "stop", "stoppen": "stop", "afmelden": "stop", "uitschrijven": "stop",
    "bel mij": "callme", "bel me": "callme", "belmij": "callme", "bel mij op": "callme", "bellen": "callme", "bel": "callme",
    "kunt u mij bellen": "callme", "kunt u ons even bellen": "callme", "ik wil gebeld worden": "callme",
    "hulp": "help", "help": "help", "?": "help", "/help": "help", "hoe werkt dit": "help", "hoe werkt het": "help",
    "terug": "back", "vorige": "back",
    "herroepen": "withdraw", "koop herroepen": "withdraw", "ik wil herroepen": "withdraw", "herroeping": "withdraw",
    "terugsturen": "withdraw", "retour": "withdraw", "retourneren": "withdraw", "ik wil iets terugsturen": "withdraw",
    "kan ik het ook terugbrengen": "withdraw", "kan ik het terugbrengen": "withdraw", "kan ik het ruilen": "withdraw",
    "kan ik iets terugsturen": "withdraw", "iets terugsturen": "withdraw", "ik wil iets terugbrengen": "withdraw",
    "mijn gegevens": "mydata", "/mijngegevens": "mydata", "mijngegevens": "mydata", "wat weet u van mij": "mydata",
    "vergeet mij": "forget", "vergeet me": "forget", "/vergeetmij": "forget", "vergeetmij": "forget",
    "wis mijn gegevens": "forget", "verwijder mijn gegevens": "forget", "gegevens wissen": "forget",
}  # fmt: skip
_BACK_WORDS = {"start", "begin", "ja", "weer mee doen", "weer meedoen"}
_PHONE = re.compile(r"(?:\+31|0031|0)[\s-]?(?:\(0\)[\s-]?)?[1-9](?:[\s-]?\d){8}(?!\d)")


def wants_back(turn: Turn) -> bool:
    """Whether someone who said STOP starts again: any greeting, order or START will do, silence will not."""
    return turn.inbound.kind in ("start", "choice") or (
        turn.inbound.kind == "text" and word(turn) != "stop" and bool(turn.text.strip())
    )


def word(turn: Turn) -> str | None:
    """The interrupt word that was typed, if any."""
    said = " ".join(turn.text.casefold().split()).strip(" .!,")
    return _WORDS.get(said) or ("help" if turn.text.strip() == "?" else None)


def hear(turn: Turn, standing: Step) -> Step | None:
    """The next step when the message is heard everywhere; None when the step itself must hear it."""
    if turn.choice in ("callme", "stop", "help"):
        return act(turn, standing, turn.choice)
    if turn.choice is not None:
        return None
    if turn.stale:
        turn.say(turn._("Deze knop hoort bij een eerder bericht. Ik heb niets veranderd."))
        return standing
    if turn.inbound.kind not in ("text", "start", "choice"):
        return _no_text(turn, standing)
    if not turn.text.strip():
        turn.say(turn._("Ik kreeg een leeg bericht."))
        return standing
    heard = word(turn)
    return act(turn, standing, heard) if heard else None


def in_other_words(turn: Turn, standing: Step) -> Step | None:
    """BEL MIJ and HULP as people say them ("kan iemand mij bellen"); those of a resident are read with the groceries."""
    words = [plain_word(word) for word in lowers(turn.text)]
    said = whole_intent(words) or shaped_intent(words)
    return act(turn, standing, said) if said in ("callme", "help") and not turn.choice else None


def act(turn: Turn, standing: Step, word: str) -> Step | None:
    """Do what an interrupt word asks. None for a word that is none."""
    from conversations.flows import mydata, returning

    if not turn.conversation.square:
        return leave(turn) if word == "stop" else _no_square_yet(turn, standing)
    doing: dict[str, Callable[[], Step]] = {
        "stop": lambda: WhatToStop(),
        "callme": lambda: call_me(turn, standing),
        "help": lambda: _help(turn, standing),
        "back": lambda: _back(turn, standing),
        "mydata": lambda: mydata.show(turn, standing),
        "withdraw": lambda: returning.begin(turn, standing),
        "forget": lambda: mydata.forget(turn, standing),
    }
    return doing[word]() if word in doing else None


def _no_square_yet(turn: Turn, standing: Step) -> Step:
    """Who could help depends on the square."""
    turn.say(turn._("Kies eerst uw dorpsplein. Daarna kan een mens u helpen."))
    return standing


def _no_text(turn: Turn, standing: Step) -> Step:
    orders = turn.conversation.hat == "resident"
    turn.say({
        "voice": turn._("Ik kan nog niet luisteren naar gesproken berichten. Typ het, of typ BEL MIJ."),
        "image": turn._("Ik kan nog geen foto’s lezen. Typ wat u wilt bestellen, of typ BEL MIJ.") if orders
        else turn._("Ik kan nog geen foto’s lezen. Typ het, of typ BEL MIJ."),
        "edited": turn._("Ik zie dat u een eerder bericht hebt aangepast. Typ het als nieuw bericht."),
        "location": turn._("Ik kan nog niets met een plek op de kaart. Typ uw postcode en huisnummer."),
        "contact": turn._("Ik kan nog niets met een contactkaart. Typ het, of typ BEL MIJ."),
    }.get(turn.inbound.kind, turn._("Dit soort bericht kan ik nog niet lezen. Typ het, of typ BEL MIJ.")))  # fmt: skip
    return standing


def _help(turn: Turn, standing: Step) -> Step:
    texts = {
        "resident": turn._(
            "Typ gewoon wat u wilt, bijvoorbeeld: half pond jong belegen en 6 krentenbollen, vrijdag graag.\n"
            "MANDJE laat zien wat u hebt. FOUT 2 haalt regel 2 weg. OPNIEUW begint opnieuw. TERUG gaat een vraag terug.\n"
            "BRIEFJE en dan uw tekst: een briefje voor de koerier. ANNULEREN stopt een bestelling. STOP: ik stuur u niets meer."
        ),
        "shopkeeper": turn._(
            "OK: bestelling aangenomen. OP 2: regel 2 is uitverkocht. 2 WEEGT 620: regel 2 weegt 620 gram. KAN 20: klaar over "
            "20 minuten. KLAAR: staat klaar. LIJST: alle bestellingen. DICHT MORGEN. KRENTENBOLLEN OP. AARDBEIEN 3,50. "
            "FOUT draait het laatste terug."
        ),
        "courier": turn._(
            "JA: u rijdt. NEE: u rijdt niet. RUILEN: u kunt toch niet. RIT: uw volgende rit. Onderweg: KLAAR, NIET THUIS, "
            "FOUT (laatste tik terug) en HULP (ik waarschuw de coördinator)."
        ),
        "coordinator": turn._(
            "OVERZICHT: de bestellingen. Een dag, zoals VRIJDAG: wie rijdt er. Een nummer, zoals 1000: hoe het daarmee staat. "
            "WENSEN: waar om gevraagd werd. SYNONIEM woord = winkel/artikel. BAKKER DICHT VRIJDAG: een dag dicht. "
            "FOUT draait het laatste terug."
        ),
    }
    if turn.conversation.hat == "courier" and _rides_today(turn):
        return _courier_help(turn, standing)
    turn.say(texts[turn.conversation.role])
    if turn.conversation.hat == "resident":
        turn.say(turn._("HERROEPEN: iets terugsturen. MIJN GEGEVENS: wat ik van u weet. VERGEET MIJ: ik wis dat."))
    turn.say(human_offer(turn))
    return standing


def _rides_today(turn: Turn) -> bool:
    """Whether a courier who asks for help may be standing in the rain; else the words to type are help enough."""
    mine = [run for run in turn.store.runs_of(turn.person.id) if run.courier == turn.person.id]
    moments = [receipts.departure_named(turn.square, run.departure) for run in mine if run.square == turn.square.slug]
    return any(one is not None and one.day == turn.now.astimezone(AMSTERDAM).date() for one in moments)


def _courier_help(turn: Turn, standing: Step) -> Step:
    tell_coordinators(turn, turn._("Koerier {name} vraagt hulp.").format(name=plain(turn.person.name or "?", 40)))
    turn.say(turn._("Ik heb hulp gevraagd. Blijf rustig staan. {who}").format(who=human_offer(turn)))
    return standing


def human_offer(turn: Turn) -> str:
    """Whom to call, with number and hours, as far as the square said so."""
    if not turn.conversation.square:
        return ""
    help_ = turn.square.help
    if not help_.phone:
        return turn._("Liever een mens spreken? Typ BEL MIJ.")
    hours = f" ({help_.hours})" if help_.hours else ""
    return turn._("Liever een mens spreken? Bel {name}: {phone}{hours}. Of typ BEL MIJ.").format(
        name=help_.name or turn.square.name, phone=help_.phone, hours=hours
    )


def _back(turn: Turn, standing: Step) -> Step:
    if (own := standing.back(turn)) is not None:
        return own
    before = (turn.conversation.step or {}).get("back")
    try:
        if isinstance(before, dict):
            return _back_to(turn, standing, load(before))
    except UnknownStep:
        pass  # an older version asked that question; this one cannot ask it again
    no_further(turn)
    return standing


def no_further(turn: Turn) -> None:
    """TERUG where nothing lies behind: what can be done instead."""
    turn.say(turn._("Verder terug kan niet. Typ FOUT 2 om regel 2 weg te halen, of OPNIEUW om opnieuw te beginnen."))


def _back_to(turn: Turn, standing: Step, before: Step) -> Step:
    """The earlier question; what the one on the table was about is not dropped in silence."""
    if left := standing.left_out(before):
        turn.say(turn._("Goed, {words} laat ik weg. Toch wel? Typ het gewoon opnieuw.").format(words=names(left, turn._)))
    return before.again(turn)


def phone_in(text: str) -> str | None:
    """A Dutch phone number in a text, digits only (+31 kept); None when there is none."""
    found = _PHONE.search(text)
    return re.sub(r"\(0\)|[^\d+]", "", found[0]) if found else None


def own_phone(turn: Turn) -> str | None:
    """A number this person can be called at: given before, or the address itself where the channel is a phone number."""
    known = turn.person.place.contact if turn.person.place and not turn.person.verify else ""
    return known or (phone_in(turn.inbound.sender.id) if turn.inbound.sender.channel == "whatsapp" else None)


def call_me(turn: Turn, standing: Step) -> Step:
    """BEL MIJ: tell the coordinators who to call; ask for a number when none is known."""
    phone = own_phone(turn)
    if phone is None:
        return CallWhere()
    ask_to_call(turn, phone)
    return standing


def ask_to_call(turn: Turn, phone: str) -> None:
    """Pass the request on, and say honestly what happens next."""
    who = plain(turn.person.name or turn._("iemand"), 40)
    tell_coordinators(turn, turn._("{who} wil graag gebeld worden: {phone}.").format(who=who, phone=phone))
    help_ = turn.square.help
    turn.say(
        turn._("Ik heb doorgegeven dat u gebeld wilt worden op {phone}. {name} belt u terug.").format(
            phone=phone, name=help_.name or turn._("Een medewerker")
        )
    )
    if help_.phone:
        turn.say(
            turn._("Zelf bellen kan ook: {phone} ({hours}).").format(phone=help_.phone, hours=help_.hours or turn._("overdag"))
        )


def tell_coordinators(turn: Turn, text: str) -> None:
    """Queue a notice to every coordinator of this square."""
    for place, role in enumerate(turn.store.people(turn.conversation.square, "coordinator")):
        key = f"{turn.inbound.sender.channel}:{turn.inbound.event_id}:coordinator:{place}"
        turn.notices.append(Outbound(key, role.person, text, topic="coordinator", if_unknown="resend"))


@step("interrupts.call_where")
@dataclass(frozen=True, slots=True)
class CallWhere(Step):
    """BEL MIJ from someone whose number we do not know."""

    def ask(self, turn: Turn) -> Ask:
        return Ask(turn._("Op welk telefoonnummer mogen wij u bellen?"), (Choice(turn._("Laat maar"), "never_mind"),))

    def hear(self, turn: Turn) -> Step:
        from conversations.hats import home_of

        phone = phone_in(turn.text)
        if turn.choice == "never_mind":
            return home_of(turn)
        if phone is None:
            turn.miss()
            turn.say(turn._("Ik lees daar geen telefoonnummer in. Typ het zo: 06 12345678."))
            return self
        ask_to_call(turn, phone)
        return home_of(turn)


@step("interrupts.stop")
@dataclass(frozen=True, slots=True)
class WhatToStop(Step):
    """STOP means this order; leaving for good is asked separately."""

    def ask(self, turn: Turn) -> Ask:
        everything = Choice(turn._("Alle berichten"), "stop_all", turn._("Ik stuur u niets meer"))
        if turn.conversation.hat != "resident":
            text = turn._("Wilt u geen berichten meer van mij? Dan krijgt u ook geen bestellingen en ritten meer.")
            return Ask(text, (everything, Choice(turn._("Toch doorgaan"), "go_on")))
        return Ask(
            turn._("Wat wilt u stoppen?"),
            (
                Choice(turn._("Deze bestelling"), "stop_order", turn._("Uw mandje wordt leeg")),
                everything,
                Choice(turn._("Toch doorgaan"), "go_on"),
            ),
        )

    def hear(self, turn: Turn) -> Step:
        from conversations.flows.emptied import empty
        from conversations.hats import home_of

        if turn.choice == "stop_all":
            return leave(turn)
        if turn.choice == "stop_order":
            placed = turn._("Een bestelling die al geplaatst is, gaat door. Typ ANNULEREN om die te stoppen.")
            return empty(turn, (), turn._("Uw mandje is leeg. {placed}").format(placed=placed))
        if turn.choice != "go_on":
            return home_of(turn).hear(turn)
        return home_of(turn)


def leave(turn: Turn) -> Step:
    """No more messages from us until this person writes again."""
    turn.person.opted_out = True
    turn.store.save_person(turn.person)
    turn.say(turn._("Goed. U krijgt geen berichten meer van mij. Wilt u later weer bestellen? Typ dan START."))
    return Silent()


@step("interrupts.silent")
@dataclass(frozen=True, slots=True)
class Silent(Step):
    """After STOP: nothing to ask; whoever writes again starts at home."""

    def ask(self, turn: Turn) -> Ask:
        return Ask("")

    def hear(self, turn: Turn) -> Step:
        from conversations.hats import home_of

        return home_of(turn).hear(turn)
