"""One message on paper: read, settled against what was said before, resolved, done to a copy of the draft."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pydantic import ValidationError

from ..draft import Segment
from ..language.concepts import Do, Thing
from ..language.corrections import dismisses
from ..tongues import Language
from .clause import OF_A_THING, Clause, Read
from .conditions import Condition, where_it_holds
from .dialogue import Settled, answered, look_gone, settle
from .doing import DOINGS
from .frames import (
    ASPECTS,
    AddText,
    Beyond,
    ChangeText,
    CutOut,
    Fade,
    Follow,
    Frame,
    Grade,
    Keep,
    Question,
    Redo,
    Remove,
    Restore,
    Spare,
    Swap,
    Talk,
    Transition,
    Undo,
    frame_of,
)
from .halfway import halfway
from .lexicon import listed, matching
from .memory import Deed, Mention
from .outcome import Outcome, Scene
from .reader import heard_again, read
from .resolve import ABOVE, ALL_KINDS, Ambiguous, Found, Ground
from .slots import Span, Target
from .stage import Done, Stage
from .taking_back import TakingBack
from .together import of_each_other, settle_among

_MOST_CLAUSES = 60
_TELLING_WHICH = frozenset({"target", "file", "time", "number"})
_OF_SOUND = frozenset({"mute", "set_volume", "normalize"})
_UNFOUND = frozenset({"which_absent", "which_one"})
_WISHED = frozenset({"do", "degree", "time", "percent", "look", "shape", "quoted"})
_BARE = frozenset({"do", "look", "degree", "mark", "filler", "join", "break"})


def respond(
    text: str, language: Language, scene: Scene, *, unused: Collection[tuple[int, int]] = ()
) -> Outcome:
    """What a message means and comes to. Changes nothing outside; never raises, whatever the text.

    `unused` are values that are known to make no difference (see `accounted`), as (start, end) in the text.
    """
    ground = Ground(scene.draft, scene.assets, scene.memory, scene.selected, scene.playhead)
    parts = read(text, ground, language)
    heard = of_each_other(parts)
    reads = [_without_use(part, unused) for part in heard[:_MOST_CLAUSES]]
    if scene.cues:
        reads = [_as_captions(part) for part in reads]
    question = scene.memory.question
    if question is not None and dismisses(text):
        return _dismissed(language, scene)
    if question is not None and question.slot == "words" and not _wishes(reads):
        said = text.strip().strip("\"'“”„‘’「」")
        return enact([frame_of({**question.frame, "words": said})], language, scene)
    stage = Stage(
        scene.draft,
        scene.assets,
        scene.memory,
        language,
        selected=scene.selected,
        playhead=scene.playhead,
        past=scene.past,
    )
    stage.pauses, stage.loudness, stage.cues = scene.pauses, scene.loudness, scene.cues
    stage.lines = scene.lines
    stage.memory = scene.memory.older()
    stage.stand_on(scene.draft)
    if len(heard) > _MOST_CLAUSES:
        stage.refuse("too_much", count=_MOST_CLAUSES)
    turn = _Turn(Outcome(stage, reads, memory=scene.memory, parts=parts), scene)
    turn.carry_out()
    return turn.outcome


def _without_use(part: Read, unused: Collection[tuple[int, int]]) -> Read:
    idle = any((item.start, item.end) in unused for item in part.clause.items)
    return replace(part, frame=None, left=tuple(part.clause.items)) if idle else part


def _as_captions(part: Read) -> Read:
    """ "Subtitles, please:", with lines below it."""
    named = any(
        item.value is Thing.CAPTIONS or (item.what == "target" and item.value.kind == "caption")
        for item in part.clause.items
    )
    if not named or (part.sure and not isinstance(part.frame, Follow)):
        return part
    return replace(part, frame=AddText(caption=True), family="add_text", left=())


def _dismissed(language: Language, scene: Scene) -> Outcome:
    """ "Never mind": what was asked about is wanted no more."""
    stage = Stage(scene.draft, scene.assets, scene.memory, language, past=scene.past)
    memory = scene.memory.older().model_copy(update={"question": None})
    return Outcome(stage, [], talk="no", memory=memory)


def _wishes(reads: Sequence[Read]) -> bool:
    """Whether a message wants something of its own, and so isn't the words that were asked for."""
    return any(
        isinstance(part.frame, Talk)
        or (part.sure and not isinstance(part.frame, Follow))
        or _does_it(part.clause)
        for part in reads
    )


def _does_it(clause: Clause) -> bool:
    """ "Give it a dark background": something is done to "it"; but not the title "Make It Pop"."""
    pronoun = any(item.what == "target" and item.value.refer in ("it", "them") for item in clause.items)
    return pronoun and any(item.what == "do" for item in clause.items) and not clause.said.istitle()


def enact(frames: Sequence[Frame], language: Language, scene: Scene) -> Outcome:
    """Frames that need no reading, carried out in their order as those of a message are."""
    stage = Stage(
        scene.draft, scene.assets, scene.memory.older(), language, selected=scene.selected, playhead=scene.playhead,
        past=scene.past,
    )  # fmt: skip
    turn = _Turn(Outcome(stage, [], memory=scene.memory), scene)
    turn.enact(frames)
    return turn.outcome


class _Turn:
    """Carries the frames of a message out, one after the other."""

    def __init__(self, outcome: Outcome, scene: Scene) -> None:
        self.outcome, self.scene, self.stage = outcome, scene, outcome.stage
        self.back = TakingBack(outcome, scene, self._carry)
        self.deeds: list[Deed] = []
        self.unclear = False  # whether a thing was named before that nobody understood
        self.refused = scene.memory.unmet  # whether the wish before was refused or asked about
        self.unmade = False  # whether that would have added something

    def carry_out(self) -> None:
        settle_among(self.outcome.reads, self.stage.ground)
        self._spare()
        for part in self.outcome.reads:
            if not self._waits(part):
                self._one(part)
        self._remember()

    def _waits(self, part: Read) -> bool:
        """ "Make the drone clip brighter and louder": what is said of a thing that was asked about waits for it."""
        question = self.stage.question
        if question is None or question.key not in _UNFOUND or part.frame is None:
            return False
        target = getattr(part.frame, "target", None)
        if target is None:
            return part.frame.frame in OF_A_THING
        return bool(target.plain and target.kind is None and target.every is None)

    def _spare(self) -> None:
        """What must not be touched is known before anything is."""
        ids = set[str]()
        for part in self.outcome.reads:
            if (
                isinstance(part.frame, Spare)
                and part.frame.target is not None
                and part.frame.target.refer != "others"
            ):
                target = part.frame.target
                if target.plain and target.kind in (None, "video", "all"):
                    continue
                found = self.stage.ground.find(target, ALL_KINDS)
                if isinstance(found, Found):
                    ids |= set(found.ids)
        self.stage.spared = frozenset(ids)

    def enact(self, frames: Sequence[Frame]) -> None:
        for frame in frames:
            if isinstance(frame, Undo):
                self.back.undo(frame)
            elif isinstance(frame, Redo):
                self.back.redo(frame)
            elif not isinstance(frame, (Follow, Spare, Talk)):
                self._carry(frame)
        self._remember()

    def _once_it_is_there(self, part: Read) -> Read:
        """ "(Put a title over it) and make it go away after 3 s": "it" is what this message has only just made."""
        ground = self.stage.ground
        spoken = [item.value for item in part.clause.items if item.what == "target"]
        pronoun = any(target.only_it or target == Target(refer="them") for target in spoken)
        as_heard = any(part is heard for heard in self.outcome.parts)
        if not (self.deeds and pronoun and as_heard) or ground.spoken_kind == part.clause.ground.spoken_kind:
            return part
        again = heard_again(part, replace(ground, memory=self.stage.memory.did(tuple(self.deeds))))
        return again if again.sure else part

    def _one(self, part: Read) -> None:
        part = self._once_it_is_there(part)
        frame = part.frame
        if frame is None and len(self.outcome.reads) > 1 and all(item.what == "filler" for item in part.left):
            return  # "…, please"
        if frame is None or part.lost or self._leans(frame):
            self.outcome.unread.append(part)
            told = any(item.what in _TELLING_WHICH for item in part.lost)
            self.unclear = self.unclear or told or bool(part.clause.times.spans)
            self.unmade = frame is not None and frame.frame.startswith("add_")
            spoken = self._speak_of(part)
            # "… b.mp4 to 40 percent and flop it"; "the first part until 0:20 is boring so get rid of it"
            timed = any(item.what == "time" for item in part.clause.items)
            self.refused = timed or (not spoken and _of_another(frame))
            return
        if self.unclear and self._goes_on(frame, part):
            self.outcome.unread.append(part)
            return
        self.unclear = False
        so_far = self._told()
        wanted = self._if_so(frame, part.condition) if part.condition is not None else frame
        if wanted is not None:
            self._do(wanted, part)
            for kind, wish in part.clause.beside:
                self._carry(Beyond(kind=kind, wish=wish))
        self.refused = self._told() > so_far
        if self.refused:
            self.outcome.declined.append(part)

    def _if_so(self, frame: Frame, condition: Condition) -> Frame | None:
        """ "If it's longer than 15 s, …": of what is so; where nothing is, that is told."""
        wanted = where_it_holds(frame, condition, self.stage.ground)
        if wanted is None and not condition.otherwise:
            self._carry(Question(about="length", target=condition.target))
        return wanted

    def _leans(self, frame: Frame) -> bool:
        """ "…, for 6 seconds", "… and loop it", of a wish that was refused: that isn't said of what was done before."""
        if isinstance(frame, Follow) and frame.way in ("except", "only", "instead") and not self.deeds:
            return bool(self.outcome.unread)  # "the super over all of it, not only the last shot"
        if self.scene.memory.lost and not self.deeds and self._of_what_was_lost(frame):
            return True
        wished = [part for part in self.outcome.unread if not isinstance(part.frame, Follow | None)]
        if frame == Undo() and (self.outcome.declined or wished) and not self.deeds:
            return True  # "the smaller writing was a mistake, take that back", where there is none
        if isinstance(frame, Follow) and frame.target is None and self.unclear and not self.deeds:
            return True  # "(the station between the two,) for five seconds"
        if not self.refused or self.deeds:
            return False
        if isinstance(frame, Follow) and self.scene.memory.question is not None and not self._told():
            return False  # an answer
        target: Target | None = getattr(frame, "target", None)
        if target is None:
            # "Still lower", of music that isn't there; "fade the music in, volume 25 percent", where there is none.
            unmet = self.scene.memory.unmet or self._told() > 0
            of_it = unmet and frame.frame in OF_A_THING
            return of_it or isinstance(frame, Follow) or (isinstance(frame, Fade) and self.unmade)
        return target.plain and target.kind is None and target.refer in ("it", "them")

    def _of_what_was_lost(self, frame: Frame) -> bool:
        """ "No, the first one", "a bit faster than that", after a wish that nobody understood."""
        if isinstance(frame, Follow) and frame.way in ("except", "only", "instead"):
            return True
        target: Target | None = getattr(frame, "target", None)
        named = any(not mention.age for mention in self.scene.memory.mentions)
        return target is not None and target.only_it and not named

    def _goes_on(self, frame: Frame, part: Read) -> bool:
        """配乐用第二首，小声点: what the first is about nobody knows, so the second isn't said of another."""
        if isinstance(frame, (CutOut, Keep)) and frame.target is None and not self.deeds:
            return True  # "the arrival is far too long …: keep only the middle 4 seconds"
        bare = all(item.what in _BARE for item in part.clause.items)
        return (
            bare and frame.frame in OF_A_THING and getattr(frame, "target", None) is None and not self.deeds
        )

    def _told(self) -> int:
        """How much was refused or asked so far."""
        return len(self.stage.refusals) + len(self.outcome.unread) + (self.stage.question is not None)

    def _do(self, frame: Frame, part: Read) -> None:
        frame = self._of_a_part(self._of_the_same(self._of_what_was_asked(frame), part), part)
        frame = self._of_what_lies_above(frame, part)
        if self._cuts_another(frame):
            self.outcome.unread.append(part)
            return
        if isinstance(frame, Talk):
            self.outcome.talk = self.outcome.talk or frame.kind
            self._speak_of(part)
            self._tell_of_music(part)
        elif isinstance(frame, Spare):
            alone = sum(not isinstance(other.frame, Talk) for other in self.outcome.reads) == 1
            if alone and self._was_touched(frame):
                self._follow(Follow(target=frame.target, way="except"), part)
            elif alone:
                self.stage.answer("left_alone", wish=part.clause.said)
        elif isinstance(frame, Undo):
            self.back.undo(frame)
        elif isinstance(frame, Redo):
            self.back.redo(frame)
        elif isinstance(frame, Follow):
            self._follow(frame, part)
        elif isinstance(frame, Question) and frame.about == "changes":
            self._tell_changes(frame.target)
        else:
            self._carry(self._in_a_copy(frame))

    def _of_what_was_asked(self, frame: Frame) -> Frame:
        """ "Just quieter", after "mute the Q&A" had to be asked about: still of that one."""
        question = self.scene.memory.question
        if question is None or question.slot != "target" or self.deeds or frame.frame not in OF_A_THING:
            return frame
        asked, target = question.frame.get("target"), getattr(frame, "target", None)
        if not asked or not (target is None or (target.plain and target.refer in ("it", "them"))):
            return frame
        alike = (
            question.frame.get("frame") == frame.frame
            or {question.frame.get("frame"), frame.frame} <= _OF_SOUND
        )
        if asked.get("unknown") and not alike:
            return frame  # "make the sky blue", "volume 50 %": nothing of the one is in the other
        return frame.model_copy(update={"target": Target.model_validate(asked)})

    def _of_the_same(self, frame: Frame, part: Read) -> Frame:
        """ "A bit brighter", after b.mp4 was made brighter: of that one, and no other."""
        last = (self.deeds or list(self.scene.memory.last_deeds))[-1:]
        if any(item.text in listed("instead") for item in part.clause.items):
            return self._instead(frame)
        if last and isinstance(frame, Remove) and frame.target is not None:
            return self._of_its_effect(frame, last[0])
        if not last or last[0].frame.get("frame") != frame.frame or not last[0].ids:
            return frame
        values = frame.data()
        if values.keys() & {"target", "spans"} or "target" not in type(frame).model_fields:
            return frame
        bare = all(item.what in _BARE and item.value is not Do.SET for item in part.clause.items)
        amount = getattr(frame, "amount", None)
        if not bare or amount is None or amount.value is not None:
            return frame
        return frame.model_copy(update={"target": Target(ids=last[0].ids)})

    def _of_what_lies_above(self, frame: Frame, part: Read) -> Frame:
        """ "And fade in over one second", after the logo was put there: it, and not the film."""
        last = self.scene.memory.last_deeds[-1:]
        bare = isinstance(frame, Fade) and not (frame.target or frame.of or frame.colour or frame.at)
        goes_on = matching("adds_on").match(part.clause.text.lower().split(" ")[0]) is not None
        if not last or self.deeds or not bare or not goes_on or last[0].kind not in ABOVE or not last[0].ids:
            return frame
        return frame.model_copy(update={"target": Target(ids=last[0].ids)})

    def _of_its_effect(self, frame: Remove, last: Deed) -> Frame:
        """ "Remove it", "the other one too", after a transition or a look: no clip is taken away."""
        effect, target = frame_of(last.frame), frame.target
        bare = target is not None and target.plain and target.kind is None and not frame.spans
        if not bare or target is None or not last.ids or not isinstance(effect, (Transition, Fade, Grade)):
            return frame
        if last.kind != "clip" or target.refer not in ("it", "others") or getattr(effect, "off", False):
            return frame
        ids = last.ids
        if target.refer == "others":
            there = [clip.id for clip in self.stage.ground.clips if clip.meta.get("transition")]
            ids = tuple(i for i in there if i not in ids) if isinstance(effect, Transition) else ()
        off = {"off": True, "target": Target(ids=ids), "length": None}
        fields = type(effect).model_fields
        return (
            effect.model_copy(update={name: value for name, value in off.items() if name in fields})
            if ids
            else frame
        )

    def _instead(self, frame: Frame) -> Frame:
        """ "Mirror instead", after a turn was taken back: what was turned, and no more."""
        there = [d for d in self.scene.memory.deeds if d.ids and set(d.ids) <= self.stage.ground.by_id.keys()]
        bare = "target" in type(frame).model_fields and getattr(frame, "target", None) is None
        if not there or not bare or isinstance(frame, Follow):
            return frame
        last = self.scene.memory.last_deeds[-1:]
        if isinstance(frame, Grade) and last and (gone := look_gone(last[0])) is not None:
            self._carry(gone)
        return frame.model_copy(update={"target": Target(ids=there[0].ids)})

    def _of_a_part(self, frame: Frame, part: Read) -> Frame:
        """ "The second half can go", after a clip was split in two: that part of it, and not half of all there is."""
        last = (self.deeds or list(self.scene.memory.last_deeds))[-1:]
        if isinstance(frame, Swap) and last and _halved(last[0]) and frame.second is None:
            vague = frame.first is None or (frame.first.plain and frame.first.count in (None, 2))
            ends = [Target(kind="clip", numbers=(n,), piece=True) for n in (1, -1)]
            return Swap(first=ends[0], second=ends[1]) if vague else frame  # "swap the two halves"
        spans: tuple[Span, ...] = getattr(frame, "spans", ())
        target: Target | None = getattr(frame, "target", None)
        if not last or len(spans) != 1 or "target" not in type(frame).model_fields:
            return frame
        if not _halved(last[0]) or not (target is None or (target.plain and target.kind in (None, "clip"))):
            return frame
        number = {"head": 1, "tail": -1}.get(spans[0].how) if _is_half(spans[0]) else None
        if number is None:
            return frame
        gone, kept = (Target(kind="clip", numbers=(n,), piece=True) for n in (number, -number))
        if isinstance(frame, (Keep, CutOut)):
            return Remove(target=kept if isinstance(frame, Keep) else gone)
        return frame.model_copy(update={"target": gone, "spans": ()})

    def _was_touched(self, frame: Spare) -> bool:
        """ "Leave the coffee alone", said of what the last message changed."""
        if frame.target is None or frame.target.plain:
            return False
        found = self.stage.ground.find(frame.target, ALL_KINDS)
        ids = set(found.ids) if isinstance(found, Found) else set()
        return any(ids & set(deed.ids) and len(deed.ids) > 1 for deed in self.scene.memory.last_deeds)

    def _tell_changes(self, target: Target | None) -> None:
        """What was changed so far, or of what is named: each message that still stands, with what came of it."""
        language = self.stage.language
        lines = []
        found = self.stage.ground.find(target, ALL_KINDS) if target is not None and not target.plain else None
        about = set(found.ids) if isinstance(found, Found) else set()
        for turn in self.back.editing()[::-1]:
            if about and not any(about & set(done.get("ids", ())) for done in turn.frames):
                continue
            changes = turn.before.diff(turn.after)
            told = "; ".join(change.text(language) for change in changes[:3])
            lines.append(f"- {told}")
        if lines:
            self.stage.answer("changes_so_far", lines="\n".join(lines[-12:]))
        elif isinstance(found, Found):
            self.stage.answer("already_normal", file=", ".join(map(self.stage.called, found.segments)))
        else:
            self.stage.answer("no_changes_yet")

    def _in_a_copy(self, frame: Frame) -> Frame:
        """ "One like it at the end, saying “Bye”": the words are those of the copy."""
        last = self.deeds[-1] if self.deeds else None
        if (
            isinstance(frame, AddText)
            and last is not None
            and last.frame["frame"] == "duplicate"
            and last.kind in ("text", "caption")
        ) and frame == AddText(words=frame.words):
            return ChangeText(target=Target(ids=last.ids), words=frame.words)
        return frame

    def _carry(self, frame: Frame) -> None:
        stage = self.stage
        doing = DOINGS.get(frame.frame)
        if doing is None:
            return
        frame = self._of_the_only_clip(frame)
        start, asked, draft = len(stage.operations), stage.question, stage.draft
        before = list(stage.touched)
        stage.frame, stage.touched = frame, []
        try:
            doing(frame, stage)
        except ValidationError as error:
            stage.refuse("impossible", text=frame.frame, why=error.errors()[0]["msg"])
        if stage.question is not asked and len(stage.operations) > start:
            del stage.operations[start:]  # what must be asked about isn't begun
            stage.touched = []
            stage.stand_on(draft)
        unsure = any(not part.sure for part in self.outcome.reads)
        if draft.segments and not stage.ground.clips and unsure and len(stage.operations) > start:
            del stage.operations[start:]  # of a message that wasn't understood whole not all goes
            stage.touched = []
            stage.stand_on(draft)
            stage.refuse("risky_all")
        ids = tuple(item for item in stage.touched if item in stage.ground.by_id)
        stage.touched = [*before, *ids]
        end = len(stage.operations)
        if isinstance(frame, Question) and frame.target is not None and not frame.target.plain:
            self._stands(frame.target)  # "which one is the longest? mute it"
        if isinstance(frame, Question) or (
            isinstance(frame, Restore) and end == start and self._takes_back(frame)
        ):
            return
        stage.done.append(Done(frame, start, end, ids))
        if end > start or ids:
            first = stage.ground.by_id.get(ids[-1]) if ids else None
            kind = stage.ground.kinds[first.id] if first is not None else ""
            self.deeds.append(Deed(frame=frame.data(), ids=ids, kind=kind))
            self._mention(self.deeds[-1])
            self.outcome.frames.append(
                self.deeds[-1].frame | {"ops": [start, end], "ids": list(ids), "kind": kind}
            )

    def _speak_of(self, part: Read) -> bool:
        """What a remark is about is what the next wish means by "it": "upbeat is too loud, bring it down"."""
        spoken = [item.value for item in part.clause.items if item.what == "target"]
        return self._stands(next((t for t in spoken if not t.plain or t.kind in ("music", "logo")), None))

    def _stands(self, target: Target | None) -> bool:
        """What a target means is "it" from now on; whether it means anything."""
        found = self.stage.ground.find(target, ALL_KINDS) if target is not None else None
        if not isinstance(found, Found):
            return False
        self.stage.memory = self.stage.memory.spoken(*self.stage.ground.mention(found.segments))
        self.stage.stand_on(self.stage.draft)
        return True

    def _tell_of_music(self, part: Read) -> None:
        """ "…, so you only hear the music", where none was placed yet."""
        spoken = any(item.what == "target" and item.value.kind == "music" for item in part.clause.items)
        waiting = self.stage.ground.waiting("audio")
        if spoken and waiting and not self.stage.ground.pool("music") and self.deeds:
            self.stage.note("music_waiting", file=waiting[0].file)

    def _mention(self, deed: Deed) -> None:
        """What was just done is what "it" means in the rest of the message."""
        stage = self.stage
        if not self._of_the_film(deed):
            there = [stage.ground.by_id[i] for i in deed.ids if i in stage.ground.by_id]
            stage.memory = stage.memory.spoken(*stage.ground.mention(there))
        stage.stand_on(stage.draft)

    def _of_the_film(self, deed: Deed) -> bool:
        """Whether time was taken out of the whole, whichever clip it fell into: "it" isn't that clip then."""
        return deed.frame["frame"] in ("cut_out", "keep", "fit") and "target" not in deed.frame

    def _cuts_another(self, frame: Frame) -> bool:
        """ "Song under it; it must <unknown> in the last 4 seconds": "it" is the song, and no clip is cut for it."""
        target: Target | None = getattr(frame, "target", None)
        it = target is not None and target.only_it
        made = self.deeds[-1] if self.deeds else None
        cuts = frame.frame in ("cut_out", "keep", "fit", "split")
        return bool(it and cuts and made is not None and made.kind == "music")

    def _of_the_only_clip(self, frame: Frame) -> Frame:
        """ "Take that out of it", where there is one clip: of the film, of which that cut makes several pieces. "The
        goal, 0:20 to 0:23", where all is of one file: what is to be seen there.
        """
        target: Target | None = getattr(frame, "target", None)
        clips = self.stage.ground.clips
        if target is None:
            return frame
        vague = (
            target.plain and target.refer == "it" and len(clips) == 1 and frame.frame in ("cut_out", "keep")
        )
        told = bool(getattr(frame, "spans", ())) and target == Target(unknown=target.unknown)
        if vague or (told and len({clip.asset for clip in clips}) == 1):
            return frame.model_copy(update={"target": None})
        return frame

    def _follow(self, follow: Follow, part: Read) -> None:
        whole = answered(follow, self.scene.memory) if not self.deeds else None
        if whole is not None:
            self._carry(whole)
            return
        if (
            self.scene.memory.question is not None
            and not self.deeds
            and follow == Follow(length=follow.length)
        ):
            self.outcome.unread.append(part)  # no answer, and nothing that was done before is meant
            return
        if self._of_nothing_known(follow):
            return
        if self._keeps_of_another(follow):
            self._carry(Keep(target=follow.target, spans=follow.spans))
            return
        if self._is_so_already(follow):
            return
        settled = self._halfway() if follow.halfway else None
        settled = settled or settle(follow, self.scene.memory, self.stage.ground, earlier=tuple(self.deeds))
        if settled is None:
            self._speak_of(part)
            there = follow.target is not None and isinstance(
                self.stage.ground.find(follow.target, ALL_KINDS), Found
            )
            if there and follow == Follow(target=follow.target) and part is not self.outcome.reads[-1]:
                self._stands(follow.target)  # "the music drowns her out, bring it down"
                return
            if follow.target is not None and follow.target.numbers and self._isnt_there(follow.target):
                return
            self.outcome.unread.append(part)
            return
        if self.deeds and _made_again(settled.frames, self.deeds[-1], follow):
            self.outcome.unread.append(part)
            return
        if settled.again:
            if self.stage.operations or not self.scene.past or self.outcome.undo:
                self.outcome.unread.append(part)
                return
            self.back.step_back(1)
        for frame in settled.frames:
            self._carry(frame)
        if settled.again and settled.frames and not self.stage.operations:
            self.outcome.undo = 0  # what can't be done the other way stays done as it is
            self.stage.stand_on(self.scene.draft)
        if follow.way == "except":
            self._speak_of(part)  # "not the calm one, back to its old volume"

    def _is_so_already(self, follow: Follow) -> bool:
        """ "The same for the last clip", which is the one that it was just done to: that is said."""
        last = self.scene.memory.last_deeds[-1:]
        if (
            self.deeds
            or not last
            or follow.target is None
            or follow != Follow(target=follow.target, way="also")
        ):
            return False
        amount, found = last[0].frame.get("amount", {}), self.stage.ground.find(follow.target, ALL_KINDS)
        further = amount.get("value") is None and amount.get("up") is not None  # "a bit louder": once more
        if (
            further
            or not isinstance(found, Found)
            or not found.named
            or not set(found.ids) <= set(last[0].ids)
        ):
            return False
        if follow.target.plain or last[0].frame["frame"] not in ASPECTS:
            return False
        self.stage.answer("already_so", file=", ".join(dict.fromkeys(map(self.stage.called, found.segments))))
        return True

    def _halfway(self) -> Settled | None:
        last, past = self.scene.memory.last_deeds, self.scene.past
        found = (
            [frame for deed in last for frame in halfway(deed, self.stage.ground, past[0])] if past else []
        )
        return Settled(tuple(found)) if found else None

    def _keeps_of_another(self, follow: Follow) -> bool:
        """ "Slow mo on a, and b only the middle 8 seconds": of what wasn't touched, only that stays."""
        if follow != Follow(target=follow.target, spans=follow.spans, way="only") or not follow.spans:
            return False
        if follow.target is None or not follow.target.names:
            return False
        done = {i for deed in (self.deeds or self.scene.memory.last_deeds) for i in deed.ids}
        found = self.stage.ground.find(follow.target)
        return isinstance(found, Found) and bool(done) and not done & set(found.ids)

    def _isnt_there(self, target: Target) -> bool:
        """ "Make the fifth clip a bit shorter", of three: that is said."""
        if isinstance(self.stage.ground.find(target, ALL_KINDS), (Found, Ambiguous)):
            return False
        self.stage.want(target)
        return bool(self.stage.refusals or self.stage.question)

    def _of_nothing_known(self, follow: Follow) -> bool:
        """ "Make the dip start at 14", where nothing is called so: it is asked about, and no other is taken for it."""
        target = follow.target
        if target is None or not target.unknown or target.kind is not None or target.refer is not None:
            return False
        if target.model_copy(update={"unknown": ()}) != Target():
            return False
        found = self.stage.ground.find(target, ALL_KINDS)
        if isinstance(found, Found) and (found.named or len(list(self.stage.draft.segments)) < 2):
            return False
        self.stage.frame = follow
        self.stage.absent(" ".join(target.unknown))
        return True

    # ---- history

    def _takes_back(self, frame: Restore) -> bool:
        """爬山的恢复原样, where its looks and its speed are its own: what else was done to it is left out."""
        undone = not (frame.aspects or self.deeds or self.stage.question or self.stage.refusals)
        undone = undone and frame.target is not None and self.back.leave_out(Undo(about=frame.target))
        if undone:
            self.stage.answers.clear()
        return undone

    # ---- what is remembered

    def _remember(self) -> None:
        stage, memory = self.stage, self.scene.memory.older()
        wished = any(item.what in _WISHED for part in self.outcome.unread for item in part.clause.items)
        lost = wished and not (self.deeds or stage.answers or self.outcome.undo)
        unmet = not self.deeds and self._of_what_waits()
        memory = memory.model_copy(update={"question": None, "unmet": unmet, "lost": lost})
        if self.deeds:
            memory = memory.did(tuple(self.deeds)).without_the_gone(stage.ground.by_id)
        mentions: list[Mention] = []
        for deed in reversed([deed for deed in self.deeds if not self._of_the_film(deed)]):
            there = [stage.ground.by_id[i] for i in deed.ids if i in stage.ground.by_id]
            mentions += stage.ground.mention(
                there, made=deed.frame["frame"].startswith(("add", "insert", "cover", "overlay", "duplicate"))
            )
        if not self.deeds:
            mentions += self.back.returned or self._only_named()
        memory = memory.spoken(*self._together(), *mentions)
        if stage.question is not None:
            memory = memory.model_copy(update={"question": stage.open})
        self.outcome.memory = memory

    def _of_what_waits(self) -> bool:
        """Whether what wasn't done would have made something, or names a file that waits: "it" would be that one."""
        if self._told() and any(_of_another(part.frame) for part in self.outcome.reads):
            return True
        ground = self.stage.ground
        items = [item for part in self.outcome.unread for item in part.clause.items]
        named = [name for item in items if item.what == "target" for name in item.value.names]
        assets = [ground.asset(name) for name in named]
        return any(asset is not None and asset not in ground.placed for asset in assets)

    def _together(self) -> list[Mention]:
        """What several wishes of this message were about, as "them"."""
        by_kind: dict[str, list[str]] = {}
        for deed in self.deeds:
            for i in deed.ids:
                if i in self.stage.ground.by_id and i not in by_kind.setdefault(
                    self.stage.ground.kinds[i], []
                ):
                    by_kind[self.stage.ground.kinds[i]].append(i)
        return [
            Mention(kind=kind, ids=tuple(ids), group=True) for kind, ids in by_kind.items() if len(ids) > 1
        ]

    def _only_named(self) -> list[Mention]:
        """What was asked about or named without anything being done: "what titles do I have?" """
        found: list[Segment] = []
        for part in self.outcome.reads:
            for item in part.clause.items:
                if item.what == "target" and not item.value.plain:
                    answer = self.stage.ground.find(item.value, ALL_KINDS)
                    if isinstance(answer, Found):
                        found += [segment for segment in answer.segments if segment not in found]
        return self.stage.ground.mention(found)


def _made_again(frames: Sequence[Frame], deed: Deed, follow: Follow) -> bool:
    """Whether what this message has just made would be made a second time: "a title Hi, …, for 4 seconds"."""
    names_more = (
        follow.target is not None or follow.words is not None or follow.at is not None or follow.spans
    )
    made = deed.frame["frame"]
    return not names_more and made.startswith("add_") and any(frame.frame == made for frame in frames)


def _halved(deed: Deed) -> bool:
    """Whether a clip was split in two, or one of its halves was done something to."""
    return (deed.frame["frame"] == "split" and len(deed.ids) == 1) or bool(
        deed.frame.get("target", {}).get("piece")
    )


def _is_half(span: Span) -> bool:
    edges = (span.start.edge, span.end.edge)
    return span.start.share == -0.5 or span.end.share == 0.5 or "middle" in edges


def _of_another(frame: Frame | None) -> bool:
    """Whether "it" would have been what such a wish makes, or what lies over or under the picture."""
    made = frame is not None and frame.frame.startswith(
        ("add_", "insert", "overlay", "cover", "duplicate", "replace")
    )
    return made or getattr(getattr(frame, "target", None), "kind", None) in ABOVE
