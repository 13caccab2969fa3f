"""What can be said, in English: each family of edits with its name and examples that work."""

from __future__ import annotations

WORDS = "Words"  # before the words of a family

TITLES: dict[str, str] = {
    "cut": "Cut and keep",
    "order": "Split, order, repeat",
    "speed": "Speed",
    "sound": "Music and sound",
    "titles": "Titles and captions",
    "pictures": "Pictures and logos",
    "b_roll": "B-roll",
    "look": "Look",
    "transitions": "Transitions and fades",
    "shape": "Shape",
    "steps": "Steps, questions, export",
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "cut": (
        "cut the first 3 seconds",
        "keep 0:02 to 0:08",
        "remove the silences",
    ),
    "order": (
        "split it at 0:04",
        "move the last clip to the front",
        "insert c.mp4 at 0:02",
        "replace b.mp4 with c.mp4",
        "loop it 3 times",
    ),
    "speed": (
        "play it at 2x",
        "slow down the last 3 seconds by half",
        "freeze at 0:03 for 2 seconds",
        "play it backwards",
    ),
    "sound": (
        "add this music at 30%",
        "fade the music out at the end",
        "mute 0:02 to 0:04",
        "lower the music when someone speaks",
        "normalize to -14 LUFS",
        "match the volume of the clips",
    ),
    "titles": (
        "add the title “Hello” for 3 seconds",
        "caption “watch this” from 0:02 to 0:05",
        "add captions from talk.srt",
        "make the title red and bold",
    ),
    "pictures": (
        "turn these photos into a slideshow, 2 seconds each",
        "put the logo in the top right corner at 40% opacity",
        "put c.mp4 in the top right corner",
    ),
    "b_roll": (
        "use c.mp4 as b-roll from 0:02 to 0:05",
        "make the b-roll a second longer",
        "move the b-roll to 0:06",
        "show the b-roll again at 0:12 for 2 seconds",
        "replace broll.mp4 with beach.mp4",
        "remove the b-roll",
    ),
    "look": (
        "make it black and white",
        "brighter by 20%",
        "rotate it 90 degrees",
        "crop 10% off the top",
        "zoom in to 120%",
        "zoom in to 130% from 0:02 to 0:04",
    ),
    "transitions": (
        "crossfade all the clips",
        "fade to black over the last 2 seconds",
    ),
    "shape": (
        "make it vertical for TikTok",
        "16:9 with a blurred background",
    ),
    "steps": (
        "undo",
        "undo the last two changes",
        "how long is it?",
        "export as 720p",
    ),
}
