"""Words that places of the reader look for in English, with a `|` between them."""

from __future__ import annotations

# By what they are to the reader.
WORDS: dict[str, str] = {
    "turned_round": "other way round | other way around",
    "without_it": "scratch | lose | without | forget | skip | forget about",
    "pointing_articles": "",
    "being": "is | are | was | were | 's | looks | gets",
    "even": "even",
    "taken_away": "deleted | removed",
    "recorded_with_it": "camera | on-camera | location | ambient | recorded",
    "further": "further | farther | more",
    "around_a_name": "the | its | their | file | clip | own | respective",
    "labelling": "label | name | caption",
    "names_of_files": "names | name | filename | filenames",
    "numbers_on_them": "numbers | number",
    "numbering": "number | numbering",
    "together": "together | along",
    "in_the_middle": "in the middle",
    "genitives": "",
    "not_before": "",
    "spares": "not | but not",
    "a_piece": "part | piece | half | bit",
    "like_that": "like | as | same as",
    "who_did_it": "i | we | you",
    "who_has_done": "",
    "a_part": "part | bit | one | ones | clip | clips | piece | section | bits | parts",
    "in_case": "",
    "of_a_length": "is | are | long | in length | then | or so",
    "otherwise": "otherwise | else | if not",
    # what files are called that are laid over the picture
    "is_shown": "stay | stays | last | lasts | shown | is shown | are shown | stands | visible",
    "tosses": "chuck | drop | toss | dump | pop",
    "of_canvas": "wide | width | screen | frame | of width | screen width | of the screen | size",
    "appearing": ("appears | comes | comes up | comes on | comes in | shows | shows up | pops up"),
    "ending": ("end | ends | stop | stops | finish | finishes | disappears | vanishes | over | gone | done"),
    "slightly": "slightly | barely",
    "to_begin": "first | first of all | first up | firstly",
    "approximately": "about | around | roughly | approximately | like | circa",
    "film_look": "film look | movie look | cinema look",
    "names_of_logos": "logo | watermark",
    "names_of_b_roll": "broll | b-roll | b roll | cutaway",
    "middle": "middle | the middle",
    "from_the_end": "",
    "first_of_a_clip": "",
    "a_whole_one": "",
    "measures": "",
    "measures_clips": "",
    "measures_images": "",
    "measures_songs": "",
    "half_a_clip": "",
    "adverbs": "",
    "all_of_it": "",
    "owning": "'s",
    "one_of_them": " one",
    "all_titles": "titles | texts | labels | headings | lower thirds | name tags",
    "other_ones": "others",
    "other_one": (
        "other one | one | clip | video | photo | picture | image | title | text | caption | logo | song | track"
    ),
    "others_before_a_noun": "",
    "pointing": "",
    "plural": "s",
    "copy": "copy | duplicate | copies",
    "every_one": "every | each",
    "two": "two | both",
    "three": "three",
    "except": "",
    "excepts_behind": "",
    "after_it": "",
    "before_it": "",
    "on_it": "",
    "naming": "name | names",
    "abbreviations": "mr | mrs | ms | dr | prof | st | jr | sr | vs | vol | ep | no | feat | ft | capt | mt",
    "better": "nicer | better | prettier | looked better | preferred | prefer",
    "second_of_time": "second",
    "somebody": "i | he | she | they",
    "describes": "where | when | while | in which",
    "in_turn": (
        "behind each other | after each other | one behind the other"
        " | one after another | one after the other | one by one | in turn | in a row"
    ),
    "off_the_top": "off the top",
    "lower_third": "lower third",
    "box": "box | bar | strip | plate | panel | stripe",
    "lacking": "without | no",
    "lower": "lower | a bit lower | further down",
    "higher": "higher | higher up | further up",
    "a_new": "a | an | another",
    "polite": "please | pls | plz | thanks | thx | thank you",
    "may_say": "",
    "big": "massive | enormous | gigantic | big | large | huge",
    "small": "small | tiny",
    "down_to": "",
    "size": "size | font",
    "replacing": "replace | replaced | substitute | swap out | exchange | instead | in its place | in their place",
    "overlaying": "overlay | over | over the | on top | on top of | cover",
    "lays": "",
    "being_over": "",
    "swapping": "place | places | position | positions",
    "times": "times",
    "times_of_it": "s",
    "one_more": "",
    "inset": "picture in picture | picture-in-picture | pip | small window | inset",
    "shortest": "shortest",
    "in_all": "altogether | all together | total | overall | in total",
    "each_one": "per | apiece | each",
    "equally": "same | equal | equally | evenly",
    "later_part": "",
    "just_sent": "",
    "touching": "touch | change",
    "thanking": "thank",
    "thanks": "thx | cheers | ty",
    "introducing": (
        "i've got | i have some | i'm making | i am making | i'm working | here's what | here is what"
        " | this is a | this is my | this is for | it's for | we're making | i have a"
    ),
    "every": "every",
    "all_before": "everything before | all before | anything before",
    "turning": "turn it | turn that | turn this | turn",
    "photos": "photo | picture | image | pic | slide | still",
    "polite_you": "",
    "of_somebody": "his | her",
    "but_rather": "but | rather | but rather",
    "bare_sound": "sound | the sound | its sound",
    "moods": (
        "upbeat | calm | happy | sad | chill | relaxing | epic | soft | gentle | nice | good | cool"
        " | energetic | dramatic | inspiring | funky | ambient | acoustic | jazzy | cinematic"
        " | background | backing | attached | uploaded | provided | new | whole | entire | quiet | fun"
        " | cheerful | light | smooth | peaceful | romantic | instrumental | bg | lovely | catchy | slow"
        " | fast | lo-fi | lofi | following | actual | little | great | beautiful | wonderful | favourite"
        " | favorite | mp3 | royalty-free | free"
    ),
    "removes": (
        "is not needed | isn't needed | not needed | are not needed | aren't needed | don't need | don't want"
        " | delete | remove | drop | lose | erase | get rid of | take out | delete the | remove the | dump"
        " | ditch | bin | throw away | throw out | chuck | scrap | kill"
    ),
    "cuts_off": "",
    "nth": "",
    "up_to_a_length": "",
    "too_long": "too long",
    "shorter": "shorter",
    "sides": "after | before | what",
    "in_two": "half | two",
    "half_at_the_end": "",
    "too": "too ",
    "too_inside": "",
    "normal": "normal | original",
    "sets_to": "to",
    "frame": "frame | picture",
    "closing_title": "end card | closing card",
    "opening_title": "intro title",
    "of_letters": "font | color | colour | size | letters",
    "another_same": "",
    "one_before_same": "",
    "lines": "",
    "at_a_thing": "",
    "instead": "instead | insted",
    "standing": "",
    "of_length": "",
    "on_from_there": "on | onwards | onward | forward",
    "parts_of_a_song": "chorus | drop | beat drop | hook | refrain | verse | bridge | solo",
    "beside_a_name": "room | area | tour | view | interior | exterior | scene",
    "done_already": "ed",
    "downwards": "down to",
    "likening": "like  | as if  | as though ",
    "bits": "bit | chunk | stretch",
    "into_it": "into",
    "it_is": "it's | it is | it should be | it reads | that's",
    "in_point": "in point | the in point | in-point",
    "out_point": "out point | the out point | out-point",
    "slides": "slide | slides | slip | bump | nudge | scoot | shift | shove",
    "vo": "vo",
    "because": "because | 'cause | cuz | bc | b/c | coz | cos",
    "cuts_in": "cut",
    "puts_to": "",
    "between": "between",
    "behind_it": "",
    "onwards": "start at | starts at | starting at | begin at | begins at | beginning at | starting from",
    "dislikes": "don't like | do not like | hate | dislike | not happy with",
    "once_more": "",
    "other_side": "other side | the other side | opposite side | the opposite side",
    "top_to_bottom": "vertical",
    "restoring": "reset | restore | back in colour | back in color",
    "normal_speed": "",
    "volume": "",
    "colour": "colour | color",
    "whole_side": (
        "everything after | all after | anything after | whatever comes after"
        " | everything that comes after | the bit after | the part after | everything before"
        " | all before | anything before | everything up to | all up to | anything up to"
        " | everything until | everything till | everything up until | what comes before"
        " | whatever comes before | everything that comes before | what was before | the bit before"
        " | the part before"
    ),
    "part_of_it": "the bit | the part | that bit | that part",
    "only_that_part": "only the part | only the bit | just the part | just the bit",
    "of_it": "its | his | her | their",
    "stresses": "",
    "ahead_of": "",
    "halts": "",
    "in_between": "",
    "several_photos": "photos | pictures | images | pics | stills | slides | screenshots",
    "beside_it": "",
    "articles": "",
    "only_takes": "take",
    "lying_wrong": "is sideways | it's sideways | lies sideways | is upside down | it's upside down",
    "a_thing": "thing | stuff | bit | part | effect",
    "seen_through": (
        "transparent | transparency | see-through | see through | translucent | see thru | see-thru"
        " | seethrough"
    ),
    "which_is": "which | who",
    "no_more_of": "no",
    "several_clips": "clips | the clips | shots | the shots",
    "one_second": "one",
    "counted_edges": "last | first | final | opening",
    "needs": "needs | lacks | could use",
    "pushes": (
        "push | bump | knock | shove | pull | bring | move | shift | nudge | slide | drag | scoot | put"
    ),
    "pushed_later": "push back | bump back | knock back | shove back",
    "pushed_sooner": "pull forward | bring forward | pull up",
    "pushed_somewhere": "back | backward | backwards | forward | forwards | up",
    "jump_cuts": "jump cuts | jump cut",
    "sound_on_it": "sound on | audio on",
    "at_full": "full",
    "opaque": "opaque | solid",
    "size_of_it": "size",
    "position": "position | place",
    "sounds": (
        "talks | speaks | runs | sounds | is heard | can be heard | is | on | is on | goes on | is playing | is talking"
    ),
    "appears": "appear | appears | show up | be shown | be visible | be seen | show",
    "a_writing": "writing",
    "as_loud": "as loud | as high",
    "halving": "halve | by half | in half",
    "at_all_times": "always | at all times",
    "topmost": "on top",
    "there": "there",
    "colour_back": "colour | color | there",
    "of_shapes": "plain | size | format | filling",
    "kept_volume": "same volume | the same volume | at the same volume | with the same volume",
    "all_that_sounds": "sound | audio",
    "total_length": "total | whole | overall | altogether | entire | complete",
    "way": "way in | way through | way into it",
    "off_a_price": "off",
    "wanting": "need | want | only | just",
    "lower_down": "lower",
    "is_there": "is there | are there | do i have | did you | have you | was there | are there any | is there any",
    "of_loudness": "bring | the whole mix | mix | levels",
    "another": "another",
    "up_to_here": "",
    "reaches": "",
    "joining": "too",
}

PATTERNS: dict[str, str] = {
    "sound_tracks": r"\b(?:sound|audio)[- ]?tracks?\b|\bmic(?:rophone)?s?\b",
    "perhaps_sound_tracks": r"\btracks?\b",
    "chooses": (
        r"^(?:(?:please|only|just|now|(?:can|could|would) you|i want to|i'd like to|let's) )*"
        r"(?:use|take|pick|choose|select|switch to|play|hear|mix|keep|show|add|display|enable|include|burn in"
        r"|turn on|only)\b"
    ),
    "subtitles": r"\b(?:subtitles?|captions?)\b",
    "of_its_own": (
        r"\b(?:own|embedded|built[- ]?in|internal|included|soft)\b|\btracks?\b"
        r"|\b(?:of|from|in|inside) (?:the|my|this|that) (?:film|video|movie|clip|file)\b"
        r"|\b(?:film|video|movie|clip|file)(?:'s|s'|’s)"
    ),
    "back_on": r"\bback on\b|\bon again\b",
    "says_more": (
        r"(?:still |it'?s |that'?s )*not (?:quite )?enough|(?:even |some |a bit |a little |little )?more(?: please)?"
    ),
    "says_less": r"(?:ok |hmm? |that'?s |it'?s )*(?:a bit |a little |way |still |far )?too much(?: now)?",
    "in_between": (
        r"\b(?:somewhere|something|halfway|half way|midway)(?: in)?[ -]between\b|\bin[ -]between (?:the two|both)\b"
        r"|\bsplit the difference\b|\b(?:meet|somewhere|something) in the middle\b"
        r"|^(?:so |then |just )*(?:in between|half ?way)(?: please)?$"
    ),
    "says_again": r"(?:and )?(?:once more|one more time|again)(?: please)?",
    "begs": r"\b(?:can|could|would|will) (?:you|u)\b",
    "adds_on": r"\b(?:and|plus)(?: also| as well)?[\s,]*$",
    "exceeds": r"\b(?:longer|over|more|above|exceeds?|exceeding|greater|bigger)\b",
    "falls_short": r"\b(?:shorter|under|less|below|fewer|smaller)\b",
    "explains": (
        r"^(?:(?:and|but|because|since|cos|cause|as|though|although|oh|ah|right|ok|okay|well|sorry|haha)[ ,]+)*"
        r"(?:im|ive|hes|shes|theyre|i|he|she|they|we|it|there|nothing|nobody|everyone|everybody|people|viewers|students|you)"
        r"(?:'m|'s|'re|'ve)?(?= |$)"
        r"(?! (?:really |just |only |also |still |all |both |then |now |do not |does not |don't |doesn't |else )*"
        r"(?:wants?|needs?|likes?|hates?|would|'d|wouldn't|prefer|meant?|should|must|ha(?:s|ve) to|else|"
        r"can|could|may|will|shall|gotta|fades?|goes?|gets?|plays?|starts?|ends?|comes?|stays?|stops?|says?|begins?)\b)"
        r"|^i (?:do |still |really )*(?:need|want|like) (?:it|that|this|them)(?: after all| there)?$"
        r"|^(?:the|that|this|my|our) (?:other |same )?\w+(?:'s| is| are| was) (?:where|why|what|how|because)\b"
        r"|^(?:people|viewers|guests|students|kids|parents|everyone|everybody|they)(?:'ll)? (?:really |still |just )?"
        r"(?:needs?|wants?|ha(?:s|ve)) to (?:hear|see|read|understand|follow|know)\b"
    ),
    "spells": (
        r"(?:no,? )?(?:it'?s|it is|that'?s|it should be|spelled|spelt) (?:spelled |spelt |written )?(\w+)"
        r"(?:,? (?:with|without) (?:an? )?(?:double \w|\w)(?: at the (?:end|start))?)?"
    ),
    "says_wrong": (
        r"(?:title|text|name|caption|wording|spelling|lower third|line|subtitle)s?"
        r"(?:'s| is| are| was) (?:still |all )?(?:wrong|incorrect|misspelled|misspelt|off|spelled wrong)\W*$"
    ),
    "only_tells": (
        r"(?:that|it)(?:'?s| is) (?:just |meant to be )?a (?:hard|straight|plain|clean) cut(?: there)?"
        r"|(?:the )?wrong (?:take|file|one|clip|shot|photo|picture|song|version)"
        r"|(?:the |my |your )?[\w.]+(?:'s| is| are|'re) (?:only |about |just |exactly )?\d[\d.:]*"
        r"(?: ?(?:s|secs?|seconds?|min(?:ute)?s?))?(?: long)?"
    ),
    "serves": (
        r"^(?:(?:and|but|because|since|cos|bc|so|lol|haha|it|that|this|which|really|just)[ ,]+)*"
        r"(?:gives|makes|adds|brings|sets|helps|creates|hides|suits|fits|kills|ruins|spoils|distracts|draws)\b"
    ),
    "judges": (
        r"^(?:otherwise )?(?:looks|feels|seems|sounds) (?!like )[\w' ]*"
        r"\b(?:otherwise|there|weird|odd|wrong|off|strange|silly|boring|better|nicer)$|"
        r"^(?:(?:and|because|since|cos|as) +)?(?:the|its?|his|her|their|my|our|th[eo]se|th[ai]t|this) [\w' ]{0,30}?"
        r"(?:is|are|was|were|looks?|feels?|seems?) (?:just |simply )?"
        r"(?:too|so|very|really|quite|kinda|kind of|sorta|pretty) \w+$"
    ),
    "meanwhile": (
        r"^\W*while (?:(?:the|my|our) )?\w+(?: \w+)?(?: is| are)? (?:talk|speak|explain|present)(?:s|ing)?(?: on)?"
        r"[ ,]+(?=(?:\w+ )?(?:show|cut to|put|lay|have|let))"
        r"|,? while (?:i|he|she|we|they|you) (?:keeps?|goe?s? on|continues?|(?:am|is|are) still)(?: on)?"
        r" (?:talk|speak|explain|present)ing\b"
    ),
    "by_itself": (
        r"[\s,]*(?:and |but )?(?:it |that |the (?:music|song|voiceover) )?(?:shouldn't|should not|mustn't|must not)"
        r" (?:go|run|play|last|carry on|continue) (?:on )?(?:past|beyond|longer than|over) the"
        r" (?:end|picture|film|video)(?: of the (?:picture|film|video))?"
        r"|[\s,]*(?:and |but )?(?:it |that |the (?:music|song|voiceover) )?(?:should|must|has to|needs to)"
        r" (?:stop|end|finish) (?:when|with|together with|as soon as) the (?:pictures?|films?|videos?)"
        r"(?: (?:stops?|ends?|finish(?:es)?|is over|are over))?(?=\W|$)"
    ),
    "announces": (
        r"^\W*(?:\w+ ){0,2}(?:notes?|feedback|changes|comments|wishes|tasks?|brief|to-?dos?|pass|round \d"
        r"|(?:rough|first|final|fine|second|quick) cut|assembly|edit list)\s*:"
        r"|^\W*dear (?:\w+ ?){1,3},"
        r"|^\W*(?:(?:ok(?:ay)?|so|now|please|can you|could you)\W+)*"
        r"(?:make|build|create|put together|edit|cut|(?:i|we)(?:'d)? (?:need|want|like))(?: me| us)? (?:a|an|the)"
        r"(?:[ -][\w.]+){0,3} (?:teaser|trailer|montage|reel|sequence|promo|opener|edit|cut|film|video|highlights?"
        r"|recap)\s*:"
        r"|^\W*highlights?\s*:"
    ),
    "reports": (
        r"^\s*(?:my|the|our) (?:boss|client|customer|bride|groom|wife|husband|mom|mum|mother|dad|father|teacher|manager"
        r"|director|producer|editor|friend|couple|kids|students|team|colleague|sister|brother)s? (?:says?|said|thinks?"
        r"|wants?|wanted|asks?|asked)(?: that| us to| me to| you to| to have| for)?(?=\s)"
        r"|^\s*(?!.{0,20}\b(?:text|title|caption|card|sign|heading|line|it|that|which|logo)s? says?)"
        r"(?:(?:my|the|our) )?[a-z]+(?: [a-z]+)? (?:says?|said|thinks?|reckons?|feels?|insists?)(?: that)?"
        r"(?= (?:the|it|that|this|my|our) (?:\S+ ){0,3}(?:needs?|should|has|have|must|is|was|looks?|sounds?)\b)"
    ),
    "as_it_was": r"\b(?:how|as|the way|what) (?:it|they|that) (?:was|were|looked)\b|\boriginal\b|\bbefore\b",
    "as_long_as_a_song": (
        r"\bas long as (?:the |my |that )?(?:song|music|track|tune)"
        r"|\b(?:fit|match|sync|time|spread|stretch)\w*\b[\w ]{0,30}"
        r"\b(?:to|with|over|of|across)(?: the length of)?(?: the| my)? (?:whole |entire )?(?:song|music|track|tune)"
    ),
    "when_over": (
        r"\bwhen (?:that|it|this)(?: one)?(?:'s| is) (?:over|done|finished)"
        r"|\b(?:once|as soon as|when) (?:it|that|this) ends"
    ),
    "voice_goes_on": (
        r"^(?:but |while |and |so )*(?:you |we |i )?(?:can |should |must |want to )?(?:still |always )?"
        r"(?:hear|hearing)\b"
        r"|\b(?:want|need|like) (?:to (?:be able to )?(?:hear|understand)\b|[\w' ]{1,30} to be (?:heard|understood)\b)"
        r"|\b(?:voice|sound|audio|talking|speech|interview|commentary|narration)\b[\w' ]{0,25}?"
        r"\b(?:goes on|keeps? (?:going|on|playing|running|talking)|continues?|runs on|carries on|stays? on)\b"
    ),
    "which_one": r"^(?:i mean )?(?:the|that) ones? (?!and\b)",
    "too_much": r"\b(?:too|not so|way too) (?:much|little|loud|quiet|fast|slow|big|small|long|short|strong|high|low)\b",
    "goes_on": r"(?:\bthen|\bafter (?:that|it)|\bafterwards|\bnext|\bfollowed by)[\s,]*$",
    "frame_filled": r"fill(?:s|ing)? (?:up )?(?:the|my) (?:whole |entire )?(?:frame|screen|canvas|picture)",
    "full_screen": r"full[ -]?screen|full[ -]?frame|(?:full|whole|entire) (?:picture|screen|frame)",
    "signs": r"logo|watermark|badge|icon|stamp|sticker|sign\b",
    "voices": r"voice|narrat|\bvo\b|speech|spoken|commentary",
    "obliges": r"(?:it|this|that|they|everything|the \w+) (?:has to|have to|needs? to|must|should|ought to)",
    "supposes": r"if (?:i|we)\b|what if",
    "after_all": r"\bafter all\b|\banyway\b|\bactually\b|\b(?:leave|keep)\b.*\bin(?: there)?$",
    "cut_too_much": "too much",
    "one_more_time": r"\b(?:more|another)\b",
    "uncut": r"\b(?:don'?t|do not|without|no|not) (?:want to )?(?:cut|los[ei]|remov|trim)",
    "frame_rate": r"frames? per second|\bfps\b|frame ?rate",
    "takes": r"\b(?:take|grab|get|pick|lift|pull)\b",
    "by_name": "alphabetic|by (?:file ?)?name",
    "longest_first": "longest (?:one |clip )?first",
    "shortest_first": "shortest (?:one |clip )?first|by length|by duration",
    "done_so_far": r"\b(?:change|changed|do|did|done|edit|edited|so far)\b",
    "no_place": "on (?:there|it|the timeline)|timeline|in (?:it|there)",
    "asks_whether": r"",
    "asks_when": r"\b(?:where|when|at what (?:time|second|point))\b",
    "until": r"until|till|\bup to|at$|end",
    "starts": "start|begin|commenc",
    "stops": "end|stop|finish|wrap",
    "names_a_moment": r"(?:second|minute|frame) \d",
    "begins": "start|begin",
}

# Whether nouns are counted with measure words and have no article.
MEASURED = False

# What a clip is like, and the words for it.
STATES: dict[str, str] = {
    "longest": "longest",
    "shortest": "shortest",
    "muted": "muted | silent",
    "fast": "sped up | fast",
    "slow": "slow | slowed | slowed down | slow motion | slow-mo | slow mo",
    "reversed": "reversed",
    "frozen": "frozen",
    "vertical": "vertical | portrait",
    "landscape": "landscape | horizontal",
    "square": "square",
}
