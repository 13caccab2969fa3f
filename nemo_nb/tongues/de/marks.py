"""What the small words of German do in a sentence, by the mark that `nemo_nb.intent` knows them by."""

from __future__ import annotations

MARKS: dict[str, str] = {
    "the": "der | die | das | den | dem | des | ein | eine | einen | einem | einer | eines | einige | beim | am | im",
    "my": "mein | meine | meinen | meinem | meiner | unser | unsere | unseren | ihr | ihre | sein | seine",
    "this": "dies | dieser | diese | dieses | diesen | diesem | jener | jene | jenes",
    "these": "diese hier | die hier",
    "it": "es | das da | dessen | sie | ihn | ihm",
    "them": "ihnen | die beiden",
    "one": "eins | ding | dinge",
    "other": "andere | anderen | anderer | anderes | die anderen | übrige | übrigen",
    "rest": "rest | der rest | den rest | alles andere | alles übrige",
    "all": "alle | allen | aller | alles | überall | jeder | jede | jedes | jeden | jedem"
    " | ganz | ganze | ganzen | sämtliche",
    "both": "beide | beiden | beides",
    "odd": "ungerade | ungeraden | jeder zweite | jeden zweiten | jede zweite",
    "even": "gerade | geraden",
    "numbered": "nummeriert",
    "number": "nummer | nr | nr.",
    "first": "erste | ersten | erster | erstes | erstem | vordere | vorderen | vorderer | vorderes | vorderem",
    "last": "letzte | letzten | letzter | letztes | letztem | hintere | hinteren | hinterer | hinteres | hinterem",
    "shorter": "kürzer",
    "same": "gleich | gleiche | gleichen | genauso | genauso lang | ebenso | ebenso lang | dasselbe | dieselbe",
    "again": "wieder | nochmal | noch einmal | noch mal | erneut",
    "also": "auch | ebenfalls | dazu | zusätzlich",
    "more": "mehr | weiter | etwas mehr | noch mehr | noch",
    "less": "weniger",
    "back": "zurück",
    "normal": (
        "volle | vollen | voller | normal | normale | original | originale | wie vorher | wie zuvor | wie am anfang"
    ),
    "only": "nur | bloß | ausschließlich | lediglich",
    "but": "aber | sondern",
    "except": "außer | ausgenommen | bis auf | mit ausnahme von | abgesehen von",
    "of": "von | vom",
    "with": "mit | durch",
    "on": "auf | an",
    "in": "in | innerhalb",
    "over": "über | oberhalb",
    "under": "unter | unterhalb",
    "for": "für",
    "to": "zu | zum | zur | nach",
    "as": "als",
    "while": "während | wenn | solange | wo",
    "until": "bis",
    "so": "damit | weil | denn | so dass | sodass | da",
    "if": "falls | sofern | es sei denn",
    "than": "als",
    "new": "neu | neue | neuen | neues | neueste",
    "old": "alt | alte | alten | vorherige | vorherigen",
    "caps": "großbuchstaben | versalien",
    "lower": "kleinbuchstaben",
    "step": "schritt | änderung | bearbeitung",
    "mistake": "fehler | falsch | verkehrt | hoppla",
    "dismiss": "vergiss es | schon gut | egal | lass gut sein",
    "plenty": "genügt | genügen | reicht | reichen",
    "want": "ich möchte | ich will | ich hätte gern",
    "shall": "soll | sollte | sollen | sollten | muss | müssen",
    "whichever": "egal welcher | egal welche | irgendeiner | irgendeine",
    "praise": (
        "perfekt | super | toll | klasse | prima | schön | danke | dankeschön | vielen dank | wunderbar | großartig"
        " | gefällt mir | sieht gut aus | das wars"
    ),
    "please": "kannst du | könntest du | kannst | würdest du",
    "greet": "hallo | hi | moin | servus | guten morgen | guten tag | guten abend",
    "help": "hilf mir | hilfe",
    "light": "soll | sollte | möchte | klick | klicke | drücke | knopf | schaltfläche",
    "yes": "ja | jawohl | okay | ok | genau | richtig | gerne | mach das",
    "no": "nein | nee | nö | ne",
    "u": "ach | na ja | naja | äh | ähm | hm | bitte | mal | doch | halt | eben | also gut",
}

# What begins or holds a complaint.
FAULTS: tuple[str, ...] = ("zu ", "viel zu", "nicht laut genug", "nicht hell genug")
# What says that each of several is meant.
EACH: tuple[str, ...] = ("je ", "jeweils", "jeder ", "jedes ")
# What says that it takes its time.
SLOWLY: tuple[str, ...] = ("langsam", "allmählich", "nach und nach", "sanft")
# What excepts, before a name.
NOT: tuple[str, ...] = ("nicht", "kein", "keine")
# The verbs of a sentence that states how something is.
STATING: tuple[str, ...] = ("ist", "sind", "war", "waren", "klingt", "wirkt")
