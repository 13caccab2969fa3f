"""English. Verbs and nouns are given plainly; -s, -ed and -ing are added to the first word by themselves."""

from __future__ import annotations

BORROWS: tuple[str, ...] = ()
INFLECTED = True  # words take -s, -ed and -ing
ENDINGS: dict[str, tuple[str, ...]] = {}  # what a sign at the end of a phrase stands for
SPELLINGS: dict[str, str] = {}  # letters that are also written otherwise
NOUNS: dict[str, str] = {}  # what a word means that is written large inside a sentence

_SPEAKERS = (
    "he", "she", "they", "i", "we", "you", "someone", "somebody", "anyone", "anybody", "people", "the speaker",
    "the narrator", "the host", "the presenter", "the guest",
)  # fmt: skip
_SPEAKING = ("speak", "speaks", "talk", "talks", "speaking", "talking")
_WHILE_THEY_SPEAK = " | ".join(
    f"{when} {who}{being} {speaking}"
    for when in ("when", "while", "whenever", "as long as", "every time", "wherever")
    for who in (*_SPEAKERS, "there")
    for being in ("", "'s", "'m", "'re", " is", " am", " are")
    for speaking in (*_SPEAKING, "speech")
    if bool(being) == (speaking.endswith("ing") or who == "there")
)

PHRASES: dict[str, str] = {
    # ---- what is to be done
    "Do.CUT_BOTH_ENDS": "top and tail",
    "Do.CUT_HEAD": "trim the head | cut the head | trim the head by | cut the head by",
    "Do.CUT_TAIL": "trim the tail | cut the tail | trim the tail by | cut the tail by",
    "Do.SPARE": (
        "as it is | as is | as they are | as it was | as they were | alone | untouched | unchanged"
        " | the way it is"
        " | the way they are | the way it was | like it is | like they are"
        " | where it is | where they are | in place | be as it is | stay put | stays put"
        " | nothing cut | nothing cut out | nothing is cut | nothing gets cut | nothing removed | nothing lost"
        " | stays | can stay | may stay | stay where it is | stays where it is"
        " | must stay where he is | stays where he is | stay where they are | stays where she is"
        " | must stay where it is | should stay where it is"
        " | can stay as it is | stays as it is | stays the same | stay the same | stays untouched"
        " | in the same order | in the same order as before | in their order | in the order they are"
    ),
    "Do.CUT": (
        "is not needed | isn't needed | not needed | are not needed | aren't needed | not necessary"
        " | cut | cut out | cut off | cut away | remove | delete | drop | lose | get rid of | take off"
        " | take out | take away | erase | discard | chop | chop off | snip | ditch | kill"
        " | throw away | throw out | throw … away | chuck … away | toss … away"
        " | skip | strip | dump | crop out | shave | shave off | take"
        " | knock off | lop off | hack off"
        " | clear | eliminate | omit | don't need | don't want | do not want | do not need"
        " | no longer need | no longer want | don't need anymore | be gone | can be dropped"
        " | throw it away | throw it out"
        " | banish | exclude | leave out | skip over | toss | toss out | trash | axe | nix | scrap"
        " | lop off | trim away | dispose of | do away with | don't want any | don't need any | bin"
        " | hide | get shot of | remove all of | chuck | chuck out | wipe out | zap | slice off"
        " | chop away | lop | disappear | vanish | go away | gone | sever | be removed | be deleted"
        " | be cut | away | nuke | obliterate | excise | redact"
        " | scratch | ripple delete | lift out | blow away | prune | snip off | snip out | shed | x out | pull out"
        " | cut out of it"
    ),
    "Do.TRIM": (
        "trim | trim down | shorten | cut down | cut it down | shorten it down | reduce the length | clip it"
    ),
    "Do.FIT": (
        "trim down to | cut down to | cut it down to | shorten it down to | shorten to"
        " | shorten it to | trim it down to | shorter | fit it into | fit into | squeeze it into"
        " | squeeze into | fits in | fits into | fits within | fit within"
        " | squeeze into"
        " | squeeze | squeezed into | fit the whole thing into | fit all of it into"
        " | cap it at | cap at | limit it to | limit to | hold it to | get it down to"
        " | whittle it down to | cut it to | cut to"
    ),
    "Do.KEEP": (
        "only show | show only | just show | only show me | just show me | show me only"
        " | keep | keep only | only keep | just keep | i only need | only need | i only want"
        " | i just want | i just need | leave only | only leave | retain | extract | isolate"
        " | save only | take only | take just | only use | just use | use only | want only | need only | only want"
        " | just want | just need | just the part | just the bit | only the part | only the bit"
        " | preserve | leave just | just leave | require only | leave me with | hold on to | kept | remain"
        " | remaining only | leave | go on talking | goes on talking | carry on talking | continue talking"
        " | nothing else | and nothing else | nothing more | nothing but that"
    ),
    "Do.SPLIT": (
        "split | spilt | divide | slice | break it at | break it | break the clip | break the video | break this"
        " | chop it into | chop into"
        " | chop it up into | chop up | slice it into | cut in two | cut in half | cut into | cut it in two"
        " | cut it in half | cut it into | break into | break up | break it into | split up"
        " | cut the clip in half | cut the video in half | cut the clip in two | cut the video in two"
        " | cut the clip into | cut the video into | separate | cut it in | cut this in"
        " | cut the video in | cut the clip in | halve the clip | halve the video | halve it at | razor"
        " | blade | razor blade | make a cut at | put a cut at | add a cut at | add an edit at | splice"
        " | break | breaks"
    ),
    "Do.ADD": (
        "could use | gimme | add | insert | include | overlay | put in | give me | give it | give | use | want | need"
        " | place | attach | drop in | throw in | apply | stick | slap | layer | make a | create"
        " | i'd love | i would love | i'd prefer | i would prefer | i'd like | bring in | lay | superimpose"
        " | add in | mix in | add on"
    ),
    "Do.PUT": "put | position | throw",
    "Do.MOVE": (
        "move | shift | come | go | goes | bring | make it the | send | drag | drag and drop"
        " | sit | sits | shove | slide it to | relocate | bump it to | push it to | shuffle"
    ),
    "Do.SWAP": "change the order of | swap the order of | switch the order of"
    " | swap | switch | exchange | trade places | swap around | swap places",
    "Do.MERGE": (
        "merge | join | combine | stitch | concatenate | put together | glue | string together"
        " | stitch together | join together"
        " | strung together | string these together | string them together | string those together"
        " | put these together | put those together | cut these together | cut them together | edit these together"
        " | edit them together | stitch these together | stitch them together | join these together"
        " | join them together | tie these together"
        " | tie them together"
        ""
        " | string"
    ),
    "Do.REPEAT": (
        "repeat | loop | duplicate | copy | play again | replay | in a row"
        " | over and over | on repeat | repeated"
        " | a copy of | another copy of | put a copy of"
    ),
    "Do.PLAY": "play | run | kick in | kicks in | set in | sets in | take over | takes over",
    "Do.FASTER": (
        "speed up | faster | accelerate | quicken | speed it up | speed things up | fast forward"
        " | timelapse | time lapse | sped up | quicker | hyperlapse | more fast"
        " | not that slow | not so slow | not as slow | quicken up | speeded up | pick up the pace"
        " | too slow | a bit slow | a little slow"
    ),
    "Do.SLOWER": (
        "slow down | slower | slow motion | slow mo | slowmo | slow it down | decelerate | slow-mo | slow"
        " | not that fast | not so fast | not as fast | slowed | more slow | too fast | too quick"
        " | a bit fast | a little fast"
    ),
    "Do.REVERSE": (
        "reverse | backwards | backward | rewind | play in reverse | in reverse | reversed"
        " | from the end to the start | from end to start | back to front"
    ),
    "Do.FREEZE": (
        "freeze | freeze frame | freeze-frame | hold the frame | hold | still frame"
        " | pause the picture | pause | pause on | stop on"
    ),
    "Do.MUTE": (
        "mute | needs no audio | needs no sound | need no sound"
        " | turn off the sound | turn the sound off | turn off the audio | without sound"
        " | no sound | no audio | turn off | sound off | silent | without audio | quiet completely"
        " | remove the background noise completely | silenced | soundless | hush | noiseless | muted"
        " | silence | mos"
    ),
    "Do.UNMUTE": (
        "unmute | turn the sound on | turn on the sound | sound back on | bring back the sound"
        " | sound on | restore the audio | restore the sound | turn the audio back on"
        " | turn the sound back on | bring the sound back | turn sound back on"
        " | restore the original sound | restore the original audio"
    ),
    "Do.LOUDER": (
        "louder | more loud | turn up | turn it up | boost | increase the volume | raise"
        " | raise the volume | amplify | pump up | crank up | increase | up the volume | up the music | crank"
        " | crank the volume | crank it up | bump | bump up | pump | up the sound | up the audio | beef up"
        " | more high | is very less | very less | is too less | too less"
        " | not that quiet | not so quiet | not as quiet | not this quiet"
        " | too quiet | too soft | not loud enough | too low"
    ),
    "Do.QUIETER": (
        "quieter | softer | turn down | turn it down | lower | lower the volume | reduce"
        " | reduce the volume | decrease | too loud | quiet down | tone down | bring down | less loud"
        " | bring it down | take it down"
        " | more low | more quiet | not that loud | not as loud | not this loud | not quite so loud"
    ),
    "Do.DUCK": (
        "can't hear the speaker over | can't hear the voice over | can't hear the speech over"
        " | can't hear the dialogue over | can't hear anyone over | can't hear him over | can't hear her over"
        " | can't hear me over | can't hear my voice over | drowns out | drowning out | overpowers"
        " | duck | ducking | lower the music when | lower the music while | dip the music when"
        " | under the voice | under the speech | under the dialogue | while talking | while speaking"
        " | during speech | during the speech | during dialogue | during the dialogue"
        " | " + _WHILE_THEY_SPEAK
    ),
    "Do.NORMALIZE": (
        "normalize | normalise | loudnorm | normalization | normalisation | balance the audio"
        " | balance the sound"
        " | balance the volume | balance the volumes | balance the levels | balance the audio levels"
        " | balance them"
        " | balance them out | balance the clips | balance the loudness | balance out the audio"
        " | balance out the sound"
        " | balance out the volume | balance sound | balance audio | level the audio | level the sound"
        " | level the volume | level out the audio | level out the sound | level out the volume | same volume"
        " | the same volume | same loudness | the same loudness | equally loud | fix the audio levels"
        " | fix the volume levels | fix the sound levels | volume match | loudness match | match loudness"
        " | match volume | match the volume | match the loudness | match the audio levels | match audio levels"
        " | is louder than | is much louder than | is way louder than | is quieter than | is much quieter than"
        " | is way quieter than | are louder than | are quieter than | too quiet compared with"
        " | too quiet compared to"
        " | too loud compared with | too loud compared to | volume the same | volumes the same"
        " | volume be the same"
        " | levels the same | level the same | loudness the same | volume even | volumes even"
        " | levels even"
    ),
    "Do.EVEN": (
        "even out | even it out | even them out | them even | more even | match | equalize | equalise"
        " | consistent"
        " | uniform | uneven | inconsistent | level out | balance the | balance out | balance between"
        " | same level"
        " | the same level | as loud as | balanced | unbalanced | all over the place | standardize"
        " | standardise"
    ),
    "Do.FADE": (
        "fade | ease | fade in and out | fade in and fade out | fades in and out | ease in and out"
        " | fade both ends"
    ),
    "Do.FADE_IN": "bring it in gently | bring it in slowly | bring it in softly | bring it in gradually"
    " | come in gently | come in slowly | come in softly | on the way in | swell | build up | builds up"
    " | fade in | fade up | ease in | fade-in | fadein | come in gradually",
    "Do.FADE_OUT": (
        "must go out slowly | should go out slowly | has to go out slowly | go out slowly"
        " | goes out slowly | go out softly | goes out softly | go out gently"
        " | goes out gently | bring it out gently | bring it out slowly | going out"
        " | on the way out"
        " | fade out | fade away | fade-out | fadeout | ease out | fade down | die away | fade off | trail off"
    ),
    "Do.TO_BLACK": (
        "fade to black | fade out to black | fades to black | fade into black | end in black | out to black"
        " | goes to black | go to black"
    ),
    "Do.FROM_BLACK": "fade from black | fade in from black | fade up from black | start from black",
    "Do.SET": (
        "set | dial | pull | make | make it | set it | turn | turn it | put it | bring it | keep it at | go"
        " | i want it"
        " | should be | convert | change it to | change to | resize | reformat | format | turn these"
        " | turn into | reframe | to be"
        " | shape it | reshape | reshape it"
    ),
    "Do.CHANGE": (
        "change | touch | rename | replace | edit | update | rewrite | modify | adjust | correct | restyle"
        " | recolor | recolour | colour | color | turn the | should say | should read | needs to say"
        " | should now say | should instead say | must say"
        " | reword | rephrase | retitle | retype | typo | spelling mistake"
    ),
    "Do.SAY": (
        "saying | that says | which says | reads | reading | that reads | that read | says | say"
        " | with the text"
        " | with text | with the words | with the caption | titled | called | the words | the word"
        " | text reading | named"
    ),
    "Do.CROP": "crop",
    "Do.ZOOM": (
        "zoom in | zoom | zoom in on | zoom in by | zoom to | punch in | blow it up | blow up"
        " | blow this up | blow that up | blow them up | crop in | crop in on | crop in by"
    ),
    "Do.ZOOM_OUT": "zoom out | zoom out by | zoom back out | zoom back",
    "Do.ROTATE": (
        "turn it to the right | turn to the right | turn it right | rotation | rotate | turn by | spin"
        " | clockwise | quarter turn | a quarter turn | it's sideways"
        " | is sideways"
        " | was sideways | turn it sideways | rotate it"
        " | turn it by | turn the picture"
        " | turn the video"
    ),
    "Do.COUNTERCLOCKWISE": (
        "turn it to the left | turn to the left | turn it left | counterclockwise | counter-clockwise"
        " | anticlockwise | anti-clockwise | to the left by"
    ),
    "Do.OTHER_WAY": (
        "other way | the other way | wrong way | the wrong way | other direction | the other direction"
        " | opposite direction | the opposite direction | wrong direction | the wrong direction"
    ),
    "Do.UPSIDE_DOWN": "upside down | upside-down | on its head",
    "Do.MIRROR": "mirror | flip | flip horizontally | mirror image | flop",
    "Do.SLIDESHOW": (
        "slideshow | slide show | slide-show | photo montage | photo video | picture show | montage"
    ),
    "Do.SCALE": "scale | scale to | rescale | scale it to",
    "Do.BIGGER": (
        "not that small | not so small | bigger | more big | larger | enlarge | increase the size | scale up"
        " | too small | too tiny"
        " | hard to read | unreadable | a bit small | a little small"
    ),
    "Do.SMALLER": (
        "not that big | not so big | not that large | smaller | more small | shrink | scale down"
        " | reduce the size | tinier | too big | too large"
        " | too huge | a bit big | a bit large | a little big"
    ),
    "Do.UNDO": (
        "undo | go back | revert | take that back | step back | roll back | never mind that"
        " | reverse that | reverse the last change | change it back | back one step"
        " | undo that | scratch that | take back | ctrl+z | ctrl z | ctrl-z | cmd+z | cmd z"
        " | control z | take it back | that was wrong | that is wrong | changed my mind"
        " | not what i wanted | that was a mistake | wrong one"
        " | scrap that | forget that | forget it | liked it better before | it was better before"
        " | better before | put it back the way it was | nah go back | rewind that change"
    ),
    "Do.REDO": (
        "redo | do it again | do it after all | do that after all | undo the undo | reapply | put the change back"
        " | redo that | undid | undone | what i undid"
    ),
    "Do.BACK": (
        "put it back | put that back | put them back | bring it back | bring that back | bring them back"
        " | put those back | put these back | bring those back"
        " | get it back | bring back what"
        " | put back what | restore what | put everything back | put it back in | put that back in"
        " | i want it back"
    ),
    "Do.EXPORT": (
        "export | download | render | render out | save the video | save the file | send me the video"
        " | send me the file | give me the file | give me the video | send the video | send it to me"
        " | save it as | save as | export it | get the file | i want the file | save it | save this"
        " | give me the result"
        " | send me the result | give me the final video | send me the final video | save the result"
        " | output | save it to | give me the mp4 | send me the mp4 | hand me the file"
        " | let me have the file | save the final video | finalize | get me the file | send me an mp4"
        " | give me an mp4 | send over the file | send over the video | i need the file"
        " | let me have the mp4 | let me have the video | let me have it | hand me the video"
        " | i want the mp4 | get me the mp4 | get the mp4 | give it to me as | pass me the file"
    ),
    "Do.UPLOAD": "upload | import | upload a file | add a file from | load",
    "Do.CLICK": (
        "click | click on | press | tap | hit | push"
        " | double-click | double click | double-click on | right-click | right click"
    ),
    "Do.SHOW": "flash | show | show me | list | display | tell me | check | see | view | look at | describe",
    "Do.GO": "can go | has to go | needs to go | have to go | must go",
    "Do.HARD_CUT": "hard cut | straight cut | plain cut | simple cut | a hard cut | a straight cut",
    "Do.SKIP_TO": "skip to | skip straight to | skip ahead to | skip right to | skip forward to | go straight to",
    "Do.OPEN": "open on | start on | open with | start with | begin with | start off with | kick off with | lead with",
    "Do.CLOSE": "end with | finish with | close with | end on | finish on | wrap up with | conclude with",
    "Do.REVERSE_ORDER": (
        "reverse order | opposite order | backwards order | reversed order | order reversed"
        " | other way round | other way around"
    ),
    "Do.WRITE": "write | written | type | print",
    "Do.REORDER": "reorder | rearrange | reorder the clips | rearrange the clips | arrange the clips"
    " | order the clips",
    "Do.RESET": (
        "restore the original | back to the original | start over | from scratch | reset"
        " | reset everything | original version | undo everything | undo all | revert everything"
        " | go back to the start | all my changes back"
    ),
    "Do.SCORE": "set to music | set it to music",
    # ---- what it is done to
    "Thing.VIDEO": (
        "video | movie | footage | recording | film | picture | screen | frame | reel | mp4"
        " | v1 | mp4 clip | my video | edit | vlog | project | cut of it | version"
    ),
    "Thing.CLIP": "clip | shot | scene | segment | piece | part | take",
    "Thing.MUSIC": (
        "music | song | track | soundtrack | background music | bgm | tune | background track"
        " | music bed"
        " | background song | audio track | score | beat | mp3 | mp3 background track | mp3 track"
        " | audio file | backing track | jingle | melody | background audio | theme music"
        " | that song | this song | a2 | a3 | a4"
    ),
    "Thing.SOUND": (
        "sound | audio | a1 | original sound | original audio | clip sound | clip audio | own sound | voice"
        " | voices | speech | dialogue | video sound | video audio | clip's sound | clip's audio"
        " | video's sound | video's audio | noise | clip volume | video volume"
    ),
    "Thing.TITLE": (
        "title | text | heading | headline | letters | words | lettering | title card | intro title"
        " | name tag | lower third | banner | text overlay | label | wording | credits text | end card"
        " | my name | our names | name title | his name | her name"
    ),
    "Thing.CAPTIONS": "caption | subtitle | captions | subtitles | line of text",
    "Thing.IMAGE": (
        "image | photo | foto | fotos | photograph | picture of | pictures | pic | pics | photos | images | a still"
        " | the still"
        " | still image | still picture | still photo | stills"
        " | snapshots | png | jpg | jpeg | graphic"
    ),
    "Thing.B_ROLL": "b-roll | b roll | broll | cutaway | cutaway shot | cover shot | v2 | v3 | video 2 track",
    "Thing.LOGO": (
        "logo | watermark | brand mark | sticker | emblem | picture in picture | picture-in-picture | pip"
        " | small window | inset"
    ),
    "Thing.TRANSITION": (
        "soft passage | smooth passage | transition | transitions | between clips | between the clips"
        " | between each clip | between them"
        " | between all clips | between all the clips | between every clip | every cut | each cut | all cuts"
        " | all the cuts"
    ),
    "Thing.LOOK": (
        "intensity | strength | filter | filters | look | effect | effects | grade | color grade"
        " | colour grade | looks"
        " | color grading"
    ),
    "Thing.FADE": "fade effect | fading",
    "Thing.VOLUME": (
        "volume | loud | as loud | loudness | level | sound level | volume level | audio level"
        " | volume levels | audio levels | sound levels | loudness level | loudness levels | audio volume"
        " | sound volume"
    ),
    "Thing.SPEED": (
        "speed | retime | ramp to | fast | as fast | normal speed | pace | playback speed | original speed"
    ),
    "Thing.OPACITY": "opacity | transparent | transparency | opaque | see-through | see through | translucent"
    " | see thru | see-thru | seethrough",
    "Thing.BACKGROUND": "background | backdrop | background color | background colour",
    "Thing.CHANGE": (
        "change | changes | edits | last step | steps | step | thing i did | last thing | last edit"
        " | actions | last change | operation | message"
    ),
    "Thing.ORDER": "order | sequence",
    "Thing.REST": (
        "rest | remainder | everything else | the others | remaining | what follows"
        " | what comes after | everything after that | anything after that | all after that"
        " | everything after this"
        " | what's left | what is left | what remains | whatever is left"
    ),
    "When.FOR_NEXT": "for the next | over the next | during the next",
    "Thing.NEXT": "the next one | next one | the next clip | next clip | the next shot",
    "Thing.IT": "it | this | that | its | this one | that one | them",
    "Thing.ALL": "all | every | everything | both | whole | entire | all of them | all of it | the whole lot | the lot",
    "Thing.THESE": (
        "these two | those two | the two | these | those | both clips | two clips | these three | the three"
    ),
    "Thing.CREDITS": (
        "credits | balance | how much balance | credit balance | remaining credits | my credits"
    ),
    "Thing.STATUS": (
        "status | project status | tracks | timeline | show tracks | state | current state | track list"
    ),
    "Thing.FORMAT": "format | codec | quality | file format | bitrate | file size",
    "Thing.SETTINGS": "settings | options | setting | preferences | button | menu | icon | panel",
    "Thing.FILE": "file | files",
    "Thing.PARTS": "halves | parts | pieces | equal parts | sections | segments",
    "Thing.PLAYHEAD": "playhead | the playhead | cursor | the cursor | scrubber",
    "Thing.BLANK": (
        "black screen | blank screen | white screen | black slide | blank slide | black frame | black card"
        " | black outro | black intro | black ending | black end card | white outro | white intro | of black"
        " | of blackness | all black screen | blank outro"
    ),
    "Thing.DIMENSIONS": (
        "size of the video | size of my video | size of it | video size | frame size | canvas size"
        " | dimension | size of the picture | big is the video | big is my video | aspect ratio"
        " | frames per second | frames a second"
        " | dimensions | frame rate | fps | screen size | width and height | resolution | pixels"
        " | ratio | big is the picture | big is it | large is the video | wide is | tall is | high is"
    ),
    "Thing.LENGTH": "length | duration | long | runtime | running time | in length | in total",
    # ---- when
    "When.FIRST": "first | 1st | opening | initial | starting | leading | foremost",
    "When.LAST": "last | final | closing | ending | trailing | very last | most recent | tail end | last few",
    "When.START": (
        "off the top | off the head | start | beginning"
        " | the start | beginning of the video | front | very beginning | very start"
        " | the top of the video | head | at first | intro | introduction | start of the video"
        " | the beginning | the front | very front | the very front | at the beginning | begin"
        " | left edge | left handle | in point | inpoint | left-hand edge"
    ),
    "When.END": (
        "off the tail | off the back | outro | end | the end | very end"
        " | the back | at the back | to the back | very back"
        " | tail | outro | end of the video | finish | the last position"
        " | right edge | right handle | out point | outpoint | right-hand edge | tail handle"
    ),
    "When.MIDDLE": (
        "middle | halfway | the middle | center of the video | midpoint | half way | halfway point"
        " | half-way | halfway through"
    ),
    "When.FROM": (
        "from | appear at | show up at | starting at | starting from | since | beginning at | start at"
        " | starts at | begins at"
        " | onwards from | beginning from | commencing at | commencing from"
    ),
    "When.TO": (
        "to | until | disappear at | vanish at | go away at | be gone at"
        " | till | til | through | up to | thru | - | – | — | ~ | ending at | onwards | onward"
        " | end at | ends at | down to | up until | last until | lasts until | last till | stay until"
        " | stays until | remain until | stay till | stop at | stops at"
        " | wrap it up at | wrap up at | end it at | finish at | finish it at | stop it at"
    ),
    "When.BETWEEN": "between | in between | in the gap | in between them",
    "When.AT": "way in | way through | way into it | at | around | @ | at about | at the | right at",
    "When.AFTER": (
        "after | past | later than | following | beyond | everything after | all after | right after"
        " | anything after | whatever comes after | everything that comes after | the bit after | the part after"
        " | straight after | directly after | immediately after"
        " | directly behind | right behind | straight behind | just behind"
    ),
    "When.BEFORE": (
        "in front of | infront of | ahead of"
        " | before | right before | just before | straight before | directly before | immediately before"
        " | earlier than | prior to | preceding | everything before | leading up to"
        " | all before | anything before | the bit before | the part before"
        " | everything up to | all up to | anything up to | everything until | everything till"
        " | everything up until"
        " | what comes before | whatever comes before | everything that comes before | what was before"
    ),
    "When.FOR": "for | lasting | during | over | long for | over the | that lasts | lasts | last for",
    "When.OFF": "off the tail | off the back | off the top | off the head | off | off of",
    "When.BY": "by",
    "When.EXCEPT": (
        "everything except | everything but | except | all but | except for | other than | apart from"
        " | all except | besides | anything but | anything except | everything outside"
        " | everything that is not | outside of | outside | anything outside"
    ),
    "When.AT_THE_CUT": (
        "at that cut | right at that cut | right at the cut | at this cut | where the cut is"
        " | at the cut | over the cut | on the cut | where i cut it"
        " | where i cut it out | where it was cut | at the join | at the joint | at the seam"
        " | over the seam | on the seam"
        " | over the join | over the joint | the seam | the jump cut | at the jump cut | over the jump cut"
        " | where you cut it"
    ),
    "When.BOTH_ENDS": (
        "both ends | each end | either end | both sides | both the start and the end"
        " | beginning and end | start and end | front and back | the start and the end"
    ),
    "When.EACH": (
        "each | apiece | per photo | per image | per picture | each photo | each image | each one"
        " | per slide | every photo | each picture | every picture | every image | each slide"
        " | every slide"
    ),
    "When.EARLIER": "earlier than that | earlier than now | earlier than this | earlier | sooner",
    "When.LATER": "later than that | later than now | later than this | later | delay | delayed | postpone",
    # ---- where
    "Where.CENTER": (
        "dead centre | dead center"
        " | center | centre | in the center | centered | centred | in the middle of the screen"
        " | in the middle of the picture | middle of the picture | in the middle of the frame"
        " | middle of the screen | middle of the frame | center of the screen | in the centre"
    ),
    "Where.TOP": (
        "top | upper | up part | upper part | top part"
        " | at the top | on top | along the top | top center | top middle | top of the screen"
        " | upper part | up top | above"
        " | top-center | top-centre | top-middle"
    ),
    "Where.BOTTOM": (
        "below in the middle | down in the middle | bottom middle | bottom center | bottom centre"
        " | bottom | lower part | at the bottom | along the bottom | underneath | bottom center"
        " | bottom middle | bottom of the screen | down part | lower side | below | lower edge"
        " | foot of the screen"
        " | bottom-center | bottom-centre | bottom-middle"
        " | under it | under the video | under the clip | under everything"
    ),
    "Where.LEFT": "left | on the left | left side | left hand side | to the left | left-hand side",
    "Where.RIGHT": ("right | on the right | right side | right hand side | to the right | right-hand side"),
    "Where.TOP_LEFT": (
        "top left | top-left | upper left | upper-left | top left corner | upper left corner"
        " | top left-hand corner"
    ),
    "Where.TOP_RIGHT": (
        "top right | top-right | upper right | upper-right | top right corner | upper right corner"
        " | top right-hand corner"
    ),
    "Where.BOTTOM_LEFT": (
        "bottom left | bottom-left | lower left | lower-left | bottom left corner | lower left corner"
        " | bottom left-hand corner"
    ),
    "Where.BOTTOM_RIGHT": (
        "bottom right | bottom-right | lower right | lower-right | bottom right corner"
        " | lower right corner | bottom right-hand corner"
    ),
    "Where.CORNER": "corner | in the corner",
    # ---- shapes and looks
    "Shape.VERTICAL": (
        "vertical | portrait | tiktok | reels | shorts | for tiktok | instagram story | stories"
        " | vertically | phone format | upright | tiktok format | youtube shorts | for reels | for shorts"
        " | for my phone | vertical video"
    ),
    "Shape.SQUARE": "square | a square | instagram post | square format",
    "Shape.LANDSCAPE": (
        "landscape | widescreen | horizontal format | wide screen | youtube format | for youtube"
        " | horizontal video"
    ),
    "Shape.COVER": (
        "over the whole picture | over the entire picture | over the whole screen | fill the frame"
        " | fill the screen | crop to fill | keep the middle | keep the center"
        " | keep the centre | fill it | crop the sides | no black bars | without black bars | cover"
    ),
    "Shape.BLUR": (
        "blurred background | blurred picture filling | blurry background | blurred bars | blurred sides"
        " | blur the background | blur background | blurred fill | blurry sides | blurred edges"
        " | blurred borders | blurred copy | blur the sides | blur its sides | blur both sides | blur the edges"
        " | blur the bars | blur the black bars | blur the borders | blur behind | blurred behind | blurry behind"
        " | blur in the back | blur around it | blurred around"
    ),
    "Shape.CONTAIN": (
        "black bars | with black bars | letterbox | letterboxed | fit everything | don't crop"
        " | without cropping | fit inside | show everything | with bars | pillarbox"
        " | show the whole picture | whole picture | show the full picture | bars are fine | bars are ok"
        " | see the whole picture | show all of the picture | nothing cropped | nothing is cropped | no cropping"
        " | nothing gets cropped | uncropped | not cropped | nothing cropped off | nothing is cut off | nothing cut off"
        " | nothing gets cut off | don't crop it | don't crop anything | nothing cropped out | no crop"
    ),
    "Look.GRAYSCALE": (
        "black white | black-white"
        " | black and white | black-and-white | black n white | black & white | b&w | bw | grayscale | greyscale"
        " | monochrome"
        " | gray scale"
        " | b & w | b/w | noir | desaturated"
        " | drain all the colour | drain all the color | drain the colour | drain the color"
        " | take the colour out | take the color out | take out the colour | take out the color"
        " | remove the colour | remove the color | remove all colour | remove all color | no colour"
        " | no color | without colour | without color | colourless | colorless"
    ),
    "Look.SEPIA": "sepia | old photo",
    "Look.WARM": "warm | warmer | golden | sunny | warm it up",
    "Look.COOL": "cool | cooler | cold | colder | bluish | icy | cool it down",
    "Look.CINEMATIC": (
        "cinematic | film look | movie look | filmic | like a movie | cinema look | hollywood"
    ),
    "Look.VINTAGE": (
        "vintage | retro | old film | old school | nostalgic | old-fashioned | old movie | old-timey"
        " | old fashioned | antique | vhs | old style | 80s | 70s | 90s | aged"
    ),
    "Look.VIVID": (
        "vivid | vibrant | punchy colours | punchy colors | colours punchy | colors punchy | colours punchier"
        " | colors punchier | colours more punchy | colors more punchy | more vibrant | colourful"
        " | colorful | more vivid"
        " | brighten the colors | colors pop | colours pop | color pop | make the colors pop"
    ),
    "Look.BLUR": "blur | blurry | blurred | out of focus",
    "Look.SHARPEN": "sharpen | sharper | sharp | crisp | crisper",
    "Look.VIGNETTE": "vignette | dark edges | darken the edges | dark corners",
    "Look.BRIGHTER": (
        "not that dark | not so dark | brighter | brighten | lighten | lighter | more light | brightness"
        " | too dark | brighten up"
        " | increase the brightness"
    ),
    "Look.DARKER": (
        "not that bright | not so bright | darker | darken | dim | less bright | too bright | dimmer"
        " | reduce the brightness"
    ),
    "Look.MORE_CONTRAST": "contrast | more contrast | higher contrast | contrasty | contrastier",
    "Look.LESS_CONTRAST": (
        "less contrast | lower contrast | flatter | reduce the contrast | lower the contrast"
    ),
    "Look.MORE_COLOUR": (
        "saturation | more saturation | saturate | saturated | more saturated | more colour | more color"
        " | boost the colors | boost the colours | looks washed out | look washed out | is washed out"
        " | too washed out | looks dull | look dull | looks flat | looks faded | looks pale | too pale"
    ),
    "Look.LESS_COLOUR": (
        "less saturation | desaturate | muted colors | muted colours | less saturated | less colour"
        " | less color | washed out | too saturated | too colorful | too colourful | oversaturated | too vivid"
    ),
    "Look.SOFT": (
        "picture softer | softer picture | softer look | soften the picture | soft focus | soften"
        " | image softer | soften the image | video softer | softer image | dreamy | soft look"
    ),
    "Blend.CROSSFADE": (
        "crossfade | cross fade | cross-fade | dissolve | cross dissolve | smooth transition | blend"
        " | fade into the next | fade softly into | fade gently into | fade into each other"
        " | fade into one another | melt into | fade from one to the next | fade between"
        " | soft transition | fade transition | fade transitions | smooth transitions"
        " | cross-dissolve"
    ),
    "Blend.DIP_BLACK": "dip to black | fade through black | dip black | through black",
    "Blend.DIP_WHITE": (
        "dip to white | fade through white | flash | white flash | fade to white | through white"
        " | flash to white"
    ),
    "Blend.WIPE": "wipe",
    "Blend.SLIDE": "slide transition | slide | push transition",
    "Blend.CIRCLE": "circle | iris | circle wipe | iris wipe",
    # ---- how much
    "Degree.A_BIT": (
        "a bit | a little | slightly | somewhat | a touch | a tad | a little bit | a smidge | gently"
        " | just a bit | a tiny bit | a wee bit | a lil | a lil bit | a little more | a bit more"
    ),
    "Degree.MUCH": (
        "much | a lot | way | far | significantly | considerably | very | really | too | strongly | heavily"
    ),
    "Degree.HALF": "half | halve | by half | in half | half of | one half | at half",
    "Degree.THIRD": "a third | one third | third of",
    "Degree.QUARTER": "a quarter | one quarter | quarter of | quarter",
    "Degree.DOUBLE": "double | twice",
    "Degree.SOFTLY": (
        "quietly | softly | quiet | soft | keep it low | keep it quiet | keep it down | keep it subtle"
        " | nice and low | down low | not too loud | not so loud | low volume | under my voice"
        " | under my speech"
    ),
    "Degree.LONGER": "longer | extend | lengthen | prolong | extended | too short | too brief",
    "Degree.LESS": "less | reduce by | fewer",
    "Degree.BOLD": "bold | heavy",
    "Degree.OUTLINED": "outline | outlined | with an outline | stroke | with a stroke | outlines",
    "Degree.SHADOWED": "shadow | drop shadow | with a shadow | with a drop shadow | shadowed",
    "Degree.ITALIC": "italic | slanted | italics",
    # ---- how loud, by where it is heard
    "Standard.STREAMING": (
        "for streaming | streaming loudness | streaming standard | for spotify | spotify loudness"
        " | youtube loudness"
        " | youtube levels | youtube level | youtube volume | youtube standard | youtube standards"
    ),
    "Standard.PODCAST": (
        "for podcast | for podcasts | for a podcast | for my podcast | podcast loudness | podcast level"
        " | podcast levels | podcast standard | apple podcasts | for apple music"
    ),
    "Standard.BROADCAST": (
        "for broadcast | for broadcasting | broadcast loudness | broadcast level | broadcast levels"
        " | broadcast standard | broadcast standards | broadcast | ebu r128 | ebu r 128 | ebu | r128 | for tv"
        " | for television | tv standard | tv loudness"
    ),
    # ---- questions
    "Ask.WHAT": "what | what's | whats | what is | what are | what does",
    "Ask.WHERE": "where | where's | where is",
    "Ask.WHEN": (
        "when does | when do | when is | when are | when will | when did | at what time | at what point"
        " | what time"
        " | at which second | at what second"
    ),
    "Ask.HOW": "how | how do i | how can i | how to | how does | why",
    "Ask.HOW_LONG": (
        "how long | what length | what is the length | what's the length | what is the duration"
        " | what's the duration | total duration | total length | how many seconds | how many minutes"
        " | what's the total | what is the total | whats the total | how long altogether | what's the total now"
        " | how long is | how many time | how much time | how many second | how many minute"
        " | trt | total runtime | total running time"
    ),
    "Ask.HOW_MANY": "how many | how much",
    "Ask.HOW_LOUD": "how loud | how quiet",
    "Ask.HOW_FAST": "how fast | how slow",
    "Ask.WHICH": "which",
    "Ask.LONGEST": "longest",
    "Ask.SHORTEST": "shortest | briefest",
    "Ask.WHETHER": (
        "is there | are there | is | are | does | do i have | did you | has | have you | was | did"
    ),
    "Ask.ABILITIES": (
        "what can you do | what can i say | help | what can i do | how does this work"
        " | what are you able to do | what can i ask | what do you do | your abilities | list of commands"
        " | what commands | how do you work | what else can you do | what can you actually do"
        " | what kinds of edits | what kind of edits | what edits | what do you support"
        " | what are your features | what features | what can this do | what can it do | which edits"
        " | what sort of edits"
    ),
    # ---- what cannot be done
    "Beyond.DUB": "dub | dubbing | dubbed | lip sync | lipsync | lip-sync",
    "Beyond.VOICE": (
        "woman's voice | man's voice | female voice | male voice | robot voice | voiceover | voice over"
        " | voice-over | narration | narrate | narrator | text to speech"
        " | text-to-speech | tts | ai voice | clone my voice | voice clone | read it aloud | read aloud"
        " | aloud | out loud | read the words aloud | read the text aloud | read them aloud | read them out"
        " | robot voice | change the voice"
    ),
    "Beyond.GENERATE": (
        "generate | ai video | ai generated | ai-generated | imagine | create a video of"
        " | create a video about | make a video of | make a video about | generate a video"
        " | generate an image | write a song | compose | make me a video of | make me a video about"
        " | create an animation | produce a video about | ai footage | deepfake | synthesize"
        " | write me | write a script | a script for | write a story | screenplay"
    ),
    "Beyond.ANIMATE": (
        "animate | animated | bring to life | bring it to life | bring this photo to life | come alive"
        " | make the person | make the man | make the woman | make the people"
        " | make it move | make the photo move | bring the photo to life | make him dance"
        " | make her dance | dancing | anime | anime style | cartoon | a cartoon | cartoon style | oil painting"
        " | look like a painting | watercolor style | pixar style"
    ),
    "Beyond.FACE": (
        "face swap | swap faces | swap the face | change the face | blur faces | blur the face"
        " | blur the faces | face | faces | face-swap | replace the face | replace my face | beautify"
        " | skin | smile | make him look | make her look | make them look | make him smile"
        " | make her smile | hair | eyes | younger | thinner"
    ),
    "Beyond.TRANSCRIBE": (
        "auto captions | automatic captions | auto-captions | auto subtitles | automatic subtitles"
        " | transcribe | transcript | transcription | auto caption | caption what"
        " | captions from the speech | speech to text | generate captions | generate subtitles"
        " | auto generate captions | subtitle the speech | caption the speech"
        " | caption everything they say | what i say | what i am saying | what i'm saying | what is said"
        " | what they say | what is being said | what we say | add captions automatically"
        " | captions automatically"
        " | subtitles automatically | caption everything"
    ),
    "Beyond.TRANSLATE": (
        "translate | translation | into spanish | into french | into german | into chinese | into english"
        " | into japanese | in spanish | in french"
    ),
    "Beyond.HIGHLIGHTS": (
        "highlights | best moments | best parts | highlight reel | most interesting | funniest"
        " | best bits | key moments | viral clips | boring parts | most exciting"
    ),
    "Thing.SILENCES": (
        "silences | the silence | silence parts | remove silence | silent bits | quiet parts"
        " | silence removal | silent parts | pauses | dead air | jump cuts | awkward pauses"
        " | silent sections | silent moments | silent gaps | gaps of silence | quiet moments"
        " | dead spots | dead space | silent pauses | long pauses | cut silence | cut out silence"
        " | trim silence | delete silence | any silence | all silence | all the silence"
    ),
    "Thing.WHOLE": (
        "thru the whole thing | through the whole thing | through the whole video | thru the whole video"
        " | the whole way thru | whole way thru | whole way through | the whole way | all the way through"
        " | all the way thru | through it all | the entire way | "
        "whole thing | whole video | entire video | throughout | whole time | entire time"
        " | all the time | whole clip | entire clip | whole duration | start to finish"
        " | beginning to end | the whole way through | full video | entire duration"
    ),
    "Beyond.ERASE": (
        "remove the person | remove the watermark from | remove the object | remove objects"
        " | erase the person | object removal | inpaint | remove people | remove the man"
        " | remove the woman | remove the car | remove the background from"
    ),
    "Beyond.STABILIZE": "stabilize | stabilise | shaky | stabilization | steady the",
    "Beyond.DENOISE": (
        "denoise | noise reduction | background noise | clean up the audio | remove the noise"
        " | reduce noise | hiss | remove noise | remove background noise | clean up the sound"
        " | enhance the audio | isolate the voice | remove the vocals | upscale | upscaling"
    ),
    "Beyond.PUBLISH": (
        "publish | post it | post to | share on | post on | upload to youtube | upload it to youtube"
        " | upload to tiktok | email it | post this | upload it to | upload this to | publish to | tweet"
    ),
    "Beyond.CUTOUT": (
        "green screen | greenscreen | chroma key | background removal | virtual background"
        " | change the background behind | 3d | motion tracking | track the | tracking | beat sync"
        " | sync to the beat | to the beat | beats"
    ),
    "Beyond.FORMAT": ("gif | animated gif | as a gif | into a gif | webm | avi | prores | mkv | as a mov"),
    "Beyond.RAMP": (
        "speed ramp | speed ramps | speed ramping | ramp up | ramp it up | gradually faster | gradually slower"
        " | faster and faster | slower and slower | gradually speed up | gradually slow down | gradually speed it up"
        " | faster n faster | slower n slower | start slow and | starts slow and | start slow then"
        " | starts slow then | start fast and | starts fast and"
        " | gradually slow it down | slowly speed up | slowly gets faster | gets faster and faster"
    ),
    "Beyond.FONT": (
        "serif | serif font | sans serif | sans-serif | sans serif font | sans-serif font"
        " | script font"
        " | handwriting font | handwriting style | handwritten | handwritten font | handwriting | cursive"
        " | cursive font | calligraphy"
        " | impact font | arial | helvetica | times new roman | comic sans | typewriter font | monospace font"
        " | fancy font | fancier font | nicer font | different font | another font | other font | elegant font"
        " | modern font | retro font | futura | garamond | montserrat"
    ),
    "Beyond.MOTION": (
        "letter by letter | word by word | typewriter effect | typewriter style | fly in | flies in | flying in"
        " | pop in | pops in | popping in | bounce in | bounces in | bouncing | scroll | scrolls | scrolling"
        " | with shake | shaking | wiggle | wiggling | pulsating | pulsing | spin in | spins in | spinning in"
        " | slides in from | slide in from | sliding in from | rolling up | rolling credits"
    ),
    "Beyond.EFFECT": (
        "glitch | glitchy | page turn | page curl | page peel | star wipe | heart wipe | whip pan | lens flare"
        " | light leak | light leaks | film grain | grainy | grain | film burn"
    ),
    "Beyond.TONE": (
        "sound younger | sound older | sound deeper | sound like a robot | deeper voice | higher voice | pitch"
        " | pitch up | pitch down | lower the pitch | raise the pitch | pitch shift | autotune | auto-tune | chipmunk"
    ),
    "Beyond.SPLIT_SCREEN": (
        "split screen | split-screen | splitscreen | both at the same time | at the same time side by side"
    ),
    "Beyond.SPLIT_EDIT": "j-cut | l-cut | j cut | l cut | j-cuts | l-cuts | split edit | j/l cut",
    "Beyond.PROJECT": (
        "delete the project | delete this project | delete my project | remove the project | remove this project"
        " | rename the project | rename this project | rename my project | close the project | close this project"
        " | copy the project | copy this project | duplicate the project | duplicate this project"
        " | save the project | save this project | save my project | new project | another project"
    ),
    "Beyond.VERSIONS": (
        "two versions | different versions | multiple versions | several versions | three versions"
        " | another version"
        " | alternate version | a/b versions"
    ),
    "Beyond.SHRINK": (
        "compress | smaller file | file smaller | reduce the file size | under 10 mb | smaller file size"
        " | compression"
    ),
    "Beyond.FILLERS": "filler words | ums | umms | ums and ahs | uhs | ums and uhs | stutters | filler sounds",
    # ---- joints and the rest
    "Join.THEN": (
        "then | and then | after that | afterwards | next | finally | and finally | followed by | lastly"
        " | once done"
    ),
    "Join.AND": (
        "and | n | & | + | but | also | and also | plus | as well as | in addition | while you're at it"
        " | on top of that"
    ),
    "Filler.NOT": (
        "don't | do not | dont | not | never | without | no | no need to | stop | isn't | doesn't"
        " | mustn't | must not"
        " | don't want to | do not want to | didn't | won't | should not | shouldn't | don't you"
    ),
    "Filler.CORRECTION": (
        "wait no | no wait | actually no | no actually | i mean | i meant | or rather | no sorry | sorry no"
        " | make that"
        " | oh no | oops no | correction | no no | no i mean | no make it | no scratch that"
    ),
    "Filler.RATHER": "rather than | instead of | as opposed to | in place of",
    "Filler.YET": "yet | for now | right now",
    "Particle.IN": "in",
    "Particle.OUT": ("out | to nothing | to silence | to zero | into silence | into nothing | back out"),
    "Particle.UP": "up",
    "Particle.DOWN": "down",
    "Filler.WORD": (
        "so that it takes | so it takes | so that it only takes | so it only takes | until it takes"
        " | i'd rather have it | i'd rather have | i'd rather | i would rather have it"
        " | i would rather have"
        " | at the sides | on the sides | on both sides | instead of black | instead of black bars | insted"
        " | if not | one more thing | one last thing | another thing | last thing | by the way | btw"
        " | other side | the other side | opposite side | the opposite side"
        " | on the other hand | as well | how it was | how it was before | the way it was before | how they were"
        " | back to back | back-to-back | right so | so right | see you"
        " | right when | just when | right as | just as"
        " | one after another | one after the other | one by one | in turn"
        " | gotta pop | gotta | cinematic bars | letterbox bars"
        " | please | just as long | exactly as long | equally long | for as long | same length | the same length"
        " | for the same length | the same duration | same duration | for the same time"
        " | the same length of time"
        " | not too fast | not too slow | not too big | not too small | not too long"
        " | not too short | still | though | from the timeline | off the timeline"
        " | looks good | looks great | looks nice | looks perfect | looks right | looks fine"
        " | close the gap | close the gaps | close up the gap | all done | all set"
        " | next to | next to the others | next to the rest | compared to the others"
        " | compared to the rest | than the others | than the rest"
        " | after all | rather | how about | why not | why don't you | why don't we"
        " | teh | the cuts | cuts | should | shall | must | that's all | the | a | an | of | my"
        " | your | our"
        " | me | i"
        " | we | you | on | with | so | is | be | just | can | could | would | will | like"
        " | would like | let's | lets | ok | okay | hi | hey | hello | thanks | thank you | as | into"
        " | onto | there | here | some | any | one | now | only | only the | their | his | her | bit"
        " | too | also | when | who | if | or | us | want to | need to | i want to | i need to"
        " | help me | want you to | able to | lie | lies | what lies | same | online | content"
        " | creators | for content creators | online for content creators | sure | maybe | perhaps"
        " | second long | new | own | more | time | point | mark | across | under | it's | that's"
        " | i'm | color | colour | color to | style | size | big | small | white letters | font"
        " | long | short | show up | appear | appears | appearing | display it | letter | using | via"
        " | main | file called | clip called | exactly | low | high | full | fully | original | normal"
        " | regular | overlap | equal | bring | get | do | go ahead | try | much | they | he | she"
        " | these | those | at once | after all | currently | already"
        " | that is to say | so to speak"
        " | if that is possible | if that's possible | actually | again | first of all"
        " | as soon as possible | asap | instead | right away | if possible | if you can"
        " | would you mind | mind | wanna | gonna | i'd like you to | i would like to"
        " | i would like you to | i want you to | simply | entirely | completely | totally"
        " | altogether | kind of | kinda | sort of | sorta | yes | yeah | yep | wait | oh | um | hmm | well"
        " | alright"
        " | cheers | thx | pls | plz | lol | today | for me | anyway | i'm going to | ones | let"
        " | been | being | such | itself | whatever | everyone | everybody | people | viewer"
        " | viewers | bad | ugly | useless | unnecessary | of it | thing | way | got | have"
        " | longer than | than | over | seconds | secs | disk | computer | desktop | laptop | folder | drive"
        " | plain cuts | hard cuts | straight cuts | simple cuts | in order | in that order | in upload order"
        " | stretch | section | portion | chunk | passage | stuff"
        " | right in | right in the | instagram feed | insta feed | for instagram | for the instagram feed"
        " | for insta | horizontally | yo | feed | grid"
        " | oops | whoops | oh right | ah right | right then | all right | just so you know | fyi"
        " | slider | knob | fader"
        " | i'm done | we're done | that's it | i am done | all good"
        " | sorry | my bad | apologies"
        " | on screen | on the screen | on-screen"
        " | possible | be possible | would it be possible | be great | be nice"
        " | other | others | other one"
        " | strong | intense | heavy-handed | spell"
        " | behind each other | after each other | one behind the other"
    ),
    "Filler.DISLIKE": (
        "is lying on its side | is on its side | lies on its side | don't like | do not like"
        " | hate | dislike | not happy with | is ugly | looks bad | is bad"
        " | drags | drags on | dragging | is boring | is slow | is too slow for me | feels slow"
        " | feels long | is dull"
        " | gone too fast | goes away too fast | goes away too quickly | goes too fast | leaves too early"
        " | gone too soon | disappears too fast | disappears too quickly"
        " | vanishes too quickly | too long | a bit too long | stays too long | stays on too long"
        " | stays up too long"
        " | is on too long | is up too long | goes by too fast | runs too long"
    ),
    "Filler.VAGUE": (
        "editing | some editing | do some editing | some edits | jazz it up | make it shine | wow"
        " | stunning | catchy | eye-catching | fix it | magic | edit for me | better | nice | nicer"
        " | isn't right | is not right | aren't right | not quite right | doesn't look right"
        " | improve | cool video | professional | edit my video | edit the video | edit this video"
        " | edit this | make a video | short video | good | great | amazing | awesome | fix | enhance"
        " | interesting | engaging | viral | a video | work your magic | do something | surprise me"
        " | prettier | beautiful | edit it | fun | clean it up | make me a video | polish | polished"
        " | do your thing | best | help me edit | something | edit video | aesthetic | edit my clip"
        " | video editing | make it pop | spice it up | spruce it up | exciting | fancy"
        " | something cool | cool intro | cool edit | cool effects | look cool"
        " | cool stuff | pop | dynamic | help me with my video"
        " | help with my video | more energy | energetic | modern | stylish | creative | unique"
        " | vibe | a vibe"
        " | punchy | punchier | more punch | more punchy | snappy | snappier"
        " | really cool | so cool | super cool | something really cool | very cool | cool for my channel"
    ),
}

COLOURS: dict[str, str] = {
    "white": "#ffffff", "black": "#000000", "red": "#ff0000", "green": "#00c853", "blue": "#2979ff",
    "yellow": "#ffeb3b", "orange": "#ff9800", "pink": "#ff4081", "purple": "#9c27b0",
    "gray": "#9e9e9e", "grey": "#9e9e9e", "gold": "#ffd700", "silver": "#c0c0c0", "cyan": "#00bcd4",
    "brown": "#795548", "navy": "#1a237e",
}  # fmt: skip

# How a colour is called that is lighter, or below zero darker.
SHADES: dict[str, float] = {"light ": 0.5, "pale ": 0.6, "bright ": 0.0, "dark ": -0.45, "deep ": -0.35}

# How often a word is used, in `language/ordinary.py`, that no slip is seen in: rarer ones may be slips themselves.
ORDINARY = 500
