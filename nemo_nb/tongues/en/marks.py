"""What the small words of English do in a sentence, by the mark that `nemo_nb.intent` knows them by."""

from __future__ import annotations

MARKS: dict[str, str] = {
    "the": "the | a | an | some | any | that's the | only the",
    "my": "my | our | your | his | her | their | its",
    "this": "this | that | make that",
    "these": "these | those",
    "it": "it | him | that one | this one | its | the former | the latter",
    "them": "them | em | 'em | they | those ones | these ones",
    "one": "one | ones | thing | things | one's",
    "other": "other | other one | others | another | the others | the other | remaining",
    "rest": "rest | the rest | everything else | the others",
    "all": (
        "everywhere | all | every | everything | each | all of them | all of it | all the"
        " | every single | whole | entire | each one"
    ),
    "both": "both | both of them",
    "odd": "odd | odd-numbered | odd numbered | every other | every second",
    "even": "even-numbered | even numbered",
    "numbered": "numbered",
    "number": "number | no. | nr | num",
    "first": "first | 1st | opening",
    "last": "last | final | very last | closing",
    "shorter": "shorter",
    "same": "just as long | exactly as long | equally long | for as long | same length | the same length"
    " | for the same length | the same duration | same duration | for the same time | the same length of time"
    " | same | likewise | identical | ditto",
    "again": "again | once more | one more time | another",
    "also": "also | too | as well | aswell | likewise",
    "more": "more | further | additional | extra | some more | a bit more | a little more",
    "less": "less | fewer",
    "back": "back",
    "normal": (
        "full | normal | original | the way it was | regular | default | usual | as it was"
        " | how it was | to colour | to color"
    ),
    "only": (
        "only | just | solely | exclusively | only the | just the | keep only | keep just | only keep"
        " | just keep"
    ),
    "but": "but",
    "except": (
        "except | except for | apart from | other than | besides | excluding | not including | but not"
    ),
    "of": "of | 's",
    "with": "with | w | w/ | using",
    "on": "on | onto | upon",
    "in": "in | inside | within",
    "over": "over | over the | on top of | above | across",
    "under": "under | underneath | below | beneath",
    "for": "for",
    "to": "to | into",
    "as": "as",
    "while": "while | when | right when | just when | right as | just as | whenever | as long as | during | where",
    "until": "until | till | til",
    "so": "so | so that | in order to | because | bc | b/c | coz | cos | since | 'cause | cause | cuz"
    " | which | as it | so as to",
    "if": "if | in case | provided | unless",
    "than": "than | longer than | shorter than",
    "new": "new | latest | just added | i added | you added",
    "old": "old | previous | earlier",
    "caps": (
        "caps | capitalize | capitalise | capitalized | all caps | uppercase | capital letters | capitals"
        " | upper case"
    ),
    "lower": "lowercase | lower case | small letters",
    "step": "step | change | edit | thing | one | bit | part",
    "mistake": "mistake | wrong | error | oops | bad idea | not good",
    "plenty": "plenty | enough | is plenty | is enough | is fine | will do",
    "want": "i want | still want | want",
    "shall": "should | shld | shuld | shoud | shoudl | should be | must | must be | has to be | has to"
    " | needs to be | needs to | ought to be",
    "whichever": "whichever | whatever | any one | whichever one",
    "praise": (
        "perfect | great | nice | lovely | love | awesome | amazing | excellent | brilliant | fine"
        " | good | super | wonderful | beautiful | cool | fantastic | thanks | thank you | cheers"
        " | thx | ty | much better | yay | wow | sweet | neat | looks good | looks great | good job"
        " | well done | love it"
        " | thats good | that's good | that is good | thats great | that's great | that works"
        " | that's all | that's it | all done | that's all for today"
    ),
    "greet": "hi | hey | hello | yo | good morning | good evening | hiya | morning",
    "help": "help me | help | assist | assist me",
    "dismiss": "forget it | forget that | scrap that | never mind | nevermind",
    "light": (
        "go | goes | going | come | comes | bring | hit | press | click | click on | tap | push"
        " | double-click | need | want | i want | i'd like | i would like | i just want | button"
        " | strip | run | runs | sit | sits"
    ),
    "yes": "yes | yeah | yep | sure | ok | okay | k | right | correct | please do | go ahead | do it",
    "no": "no | nope | nah",
    "u": (
        "sorry | oops | whoops | ah | oh | ahh"
        " | u | uh | um | umm | uhm | er | hm | hmm | like | you know | so like | kindly | dear | sir"
        " | madam | needful"
    ),
}

# What begins or holds a complaint.
FAULTS: tuple[str, ...] = ("too ", "way too", "not loud enough", "not bright enough")
# What says that each of several is meant.
EACH: tuple[str, ...] = ("each", "every ")
# What says that it takes its time.
SLOWLY: tuple[str, ...] = ("slowly", "gradually", "gradual", "smoothly")
# What excepts, before a name.
NOT: tuple[str, ...] = ("not",)
# The verbs of a sentence that states how something is.
STATING: tuple[str, ...] = ("is", "are", "was", "were", "looks", "it's", "sounds")
