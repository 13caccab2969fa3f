"""What the client says in English, and English words that decide where a message or a reply belongs."""

from __future__ import annotations

PHRASES: dict[str, str] = {
    "silent_changed": "Done:",
    "silent_unchanged": "The backend gave no answer, and nothing has changed on the timeline. Try other words.",
    "cut_connection": "The connection broke off",
    "cut_failed": "The backend failed while it worked on this",
    "cut_server": "The backend failed while it worked on this",
    "cut_idle": "The backend said nothing for too long",
    "cut_total": "The backend came to no end",
    "cut_unfinished": "The answer broke off",
    "cut_large": "The answer was too large",
    "cut_changed": "{cut}, but the edit was made:",
    "cut_unchanged": (
        "{cut}, and the timeline has not changed since. It was not sent again; "
        "say it once more if you still want it."
    ),
    "unknown": (
        "The backend can't be asked now whether the edit was made. "
        "Look at project.timeline before you say it again."
    ),
    "stopped": "Stopped.",
    "stopped_made": "Stopped, but the edit was made:",
    "stopped_not": "Stopped before anything was changed.",
    "fault": "The backend reported a problem: {message}",
    "credits": "{available:g} credits available ({total:g} in total, {frozen:g} on hold). Exports are free.",
    "exported": "Exported {name}: {length}, {size}.",
    "uploaded": "Uploaded {names}.",
    "upload_what": 'Which file? Say "upload clip.mp4", or call project.upload("clip.mp4").',
    "still_working": "⏳ Still working…",
    "say_next": "You could say next:",
}

# A message that shapes the export, as the edit that it means.
SHAPE = "make it {shape}"
# What stands before the name of a file that is to be made.
NAMING = r"\b(?:as|to|into|named|called|name|(?:name|call) (?:it|this|that|the (?:file|video)))$"
# An upload that is over: "the clip I uploaded".
UPLOADED = r"ed$"

# A clause of a reply that starts like this talks about a web page with buttons.
_LEADS_IN = (
    r"(?:and |then |or |now |next |finally |please |just |simply |so |also |to [\w ]{1,40}?,? )*"
    r"(?:you can |you could |you may |you'll need to |you need to |feel free to |to export[\w ]*?,? )?"
    r"(?:if you[\w' ]{1,40}?,? )?"
    r"(?:also |now |then |just |simply |directly )*"
)
_ACTS = (
    r"(?:click|tap|press|hit)(?:ing)?\b|(?:double|right)-click|select the\b.*\b(?:button|menu|tab|panel)"
    r"|open(?:ing)? (?:up )?(?:the|your|this)\b|drag(?:ging)?\b|drop (?:it|the|your)\b"
    r"|(?:preview|view|see|check|watch)[\w ]{0,30} (?:in|on) (?:the |your )?(?:timeline|editor|preview)"
    r"|go to (?:the|your)\b|head (?:over )?to (?:the|your)\b"
    r"|check (?:your )?(?:account|billing|balance)|use the [\w ]{0,30}(?:button|panel|menu)"
)
PAGE = rf"^\W*{_LEADS_IN}(?:{_ACTS})"
# Where a clause about the page may begin in the middle of one.
PAGE_JOINT = r"(?<=\s)(?:and|then|or)\s+(?=(?:you can |then |just )*(?:click|tap|press|open|drag|preview)\b)"
# What the page would have done; the first that fits names the action.
PAGE_MEANS: dict[str, str] = {
    "export": r"export|download|render",
    "credits": r"account|billing|credit|balance|top up",
    "undo": r"\bundo\b",
    "say": r"\bdrag|\bdrop\b",
    "upload": r"upload|import",
    "show_tracks": r"timeline|track|preview|project|editor",
}
