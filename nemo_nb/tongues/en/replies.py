"""What the engine answers, in English."""

from __future__ import annotations

REPLIES: dict[str, str] = {
    # ---- what came of it
    "done": "Done:",
    "undone": "Undone:",
    "redone": "Redone:",
    "more": "and {count} more changes",
    "next": "You could say next:",
    "nothing_changed": "Nothing changed: the timeline is as it was.",
    # ---- what was taken for granted
    "volume_assumed": "You gave no amount, so I took {percent}. Say a percentage for another.",
    "volume_bound": "{percent} is the loudest there is, so I took that.",
    "loudness_assumed": (
        "You named no loudness, so I took {target} LUFS: −14 is usual online, else the loudest that all reach. "
        "Say “normalize to −16 LUFS” for another."
    ),
    "mix_now": "All together it is at {lufs} LUFS now, its highest peak at {peak} dB.",
    "mix_short": "All together it comes to {lufs} LUFS only: its peaks and the highest volume allow no more.",
    "balance_kept": "The music keeps its distance to the clips. Say “music at 30%” for another balance.",
    "short_by_peaks": "{file} by itself comes to {lufs} LUFS only: any louder, and its peaks would clip.",
    "short_by_volume": "{file} by itself comes to {lufs} LUFS only: 400% is the highest volume.",
    "evened_between": "Each clip has one volume, so what is loud and quiet inside a clip stays so.",
    "muted_own": "I muted the video's own sound and left the music. Say “mute everything” for both.",
    "fade_assumed": "I took {length} s for the fade. Say a length for another.",
    "transition_assumed": "I took a {kind} of {length} s. Say another kind or length if you like.",
    "text_assumed": "It shows for {length} s. Say when and how long for another time.",
    "first_text": "There are several texts; I changed “{text}”.",
    "cover_assumed": (
        "The picture fills the new shape, so its edges are cropped. Say “blurred background” to show all."
    ),
    "speed_assumed": "You gave no amount, so I took {factor}x. Say a factor such as 2x for another.",
    "freeze_assumed": "The picture stands still for {length} s. Say a length for another.",
    "turn_assumed": "I turned it a quarter clockwise. Say the degrees for another turn.",
    "turn_back_assumed": "I turned it a quarter counterclockwise. Say the degrees for another turn.",
    "zoomed": "I zoomed in on the {place}: {percent} of the width and the height show.",
    "crop_side_assumed": "I took {percent} off at the {place}. Say a percentage for another.",
    "zoom_assumed": "I took {percent}. Say a percentage for another.",
    "crop_assumed": "I took 20% off, evenly on all sides. Say a percentage for another.",
    "text_beside_bottom": "Another title stands there at that time, so I put this one at the bottom.",
    "text_beside_top": "Other titles stand there at that time, so I put this one at the top.",
    "text_beside_center": "Another title stands there at that time, so I put this one in the middle.",
    "corner_assumed": "I put it in the top right corner. Say another corner if you like.",
    "slides_assumed": "Each picture shows for {length} s. Say “2 seconds each” for another length.",
    "silences_cut": "Silences of {length} and longer: {count} cut. Say “pauses longer than 1 second” for others.",
    "captions_outside": "Left out, because they come after the end of the video: {count}.",
    "clipped_to_end": "The video is only {length} long, so I took it up to the end.",
    "cut_from_end": "You didn't say where, so I took it off the end.",
    "kept_from_start": "You didn't say from where, so I took it from the start.",
    "first_half": "I kept the first half.",
    "music_alone": "There is no video on the timeline yet, so the music stands alone.",
    "export_size": "The export gives you an MP4; ask for it with “export as {size}”.",
    "no_font": (
        "No font on this machine can draw {letters}, so this can't be exported yet: install one that can, "
        "or say other words."
    ),
    "no_font_cjk": (
        "No font on this machine can draw {letters}, so this can't be exported yet. "
        "Run `pip install 'nemo-nb[cjk]'` for Chinese, Japanese and Korean letters; nothing has to be restarted."
    ),
    "no_such_font": "There is no font “{font}” on this machine, so this can't be exported yet: name another, or none.",
    # ---- what could not be done
    "failed": "That didn't work: {why}",
    "passed_over": "I made nothing of {words}.",
    "no_what": "What should be different? To take the last step back, say “undo”. For example:",
    "no_b_roll": "There is no film over the picture.",
    "no_such_b_roll": "There are only {count} films over the picture.",
    "cover_only": (
        "I can't do “{wish}” to a film over the picture. Instead I can move, lengthen, fade, mute, replace or "
        "remove it."
    ),
    "cover_speed": "I can't change the speed of a film over the picture, only of the clips below it.",
    "cover_footage": "{file} has {length} from there, so it is no longer than that.",
    "which_part": "I can't tell which part “{text}” is about. Say its times.",
    "replace_kind": "{new} can't take the place of {old}: the one is seen where the other isn't, or heard.",
    "replace_loses": "I left it: {names} would go with the clip they lie over. Move or remove them first.",
    "no_such_part": "{file} is only {length} long, so there is no such part of it.",
    "nothing_below": "I left it: without {file} on the timeline there is nothing left there to lay it over.",
    "cover_muted": "{file} lies over the picture and is muted: the sound below it goes on.",
    "pip_alone": "{file} is all that is on the timeline, so nothing is below it. Add the film below it first.",
    "risky": (
        "I left it: that would take the video from {before} to {after}, and I don't know what {words} means."
        " Say it in other words, or with the times."
    ),
    "not_there": "Nothing was done about it: {file} is not on the timeline. Say “add {file}” first.",
    "unfinished": "Your message seems to break off: “{text} …”. What did you want to say? For example:",
    "not_understood": "I can't do “{text}”: I didn't understand it, so nothing was done about it.",
    "unmet": (
        "I can't tell what {words} belongs to, so nothing was done about that part. Say it in a message of its own."
    ),
    "impossible": "“{text}” can't be done with that number: {why}.",
    "too_much": (
        "That was very long. I worked through the first {count} steps and did nothing about the rest."
    ),
    "after_undo": (
        "The other edits in that message were not made: say them again now that the step is taken."
    ),
    "in_the_way": (
        "That can't be taken back alone, because a later step builds on it: “{text}”. "
        "Take both back, or undo step by step."
    ),
    "outside": "I left everything as it was: the video is only {length} long, and that lies outside it.",
    "reversed_range": "I left everything as it was: that range ends before it starts. Say the earlier time first.",
    "already_shorter": "Nothing to cut: the video is only {length} long.",
    "empty": "There is nothing on the timeline yet. Upload a video first.",
    "not_placed": (
        "There is nothing on the timeline yet; these files are uploaded: {files}. "
        "What shall I do with them? Say “make a slideshow” or “add” and a name."
    ),
    "no_sound": "There is nothing to hear on the timeline that this could be done to.",
    "nothing_heard": "I left {files} as it was: it is silent, or too short to be measured.",
    "loudness_range": "I can't make it so loud or so quiet. Say a loudness from −40 to −5 LUFS.",
    "no_music": "There is no music on the timeline. Upload an MP3 and say “add this music”.",
    "music_waiting": "{file} is uploaded, but not on the timeline yet. Say “add this music at 30%” to add it.",
    "no_music_file": (
        "There is no music to add. Upload an MP3, WAV, M4A or AAC first, then say “add this music”."
    ),
    "no_image": "There is no image to use. Upload a JPG, PNG, GIF or WebP first.",
    "no_photo": "There is no such photo on the timeline. Upload it, or say its name.",
    "no_overlay": "There is no logo or picture over the video.",
    "no_text": "There is no text on the timeline.",
    "no_text_then": "There is no text at that time, so I left everything as it was.",
    "no_such_text": "No text on the timeline says “{text}”.",
    "all_silent": "All of it is silent, so I left everything as it was.",
    "sound_tracks_there": "{file} has these sound tracks: {tracks}. Say “use track 2”, or “mix all sound tracks”.",
    "one_sound_track": "{file} has no choice of sound tracks.",
    "subtitle_tracks_there": "{file} has {count} subtitle tracks. Say which one by its number.",
    "no_own_subtitles": "{file} has no subtitles of its own.",
    "no_words_in_subtitles": "The subtitles of {file} are pictures, or damaged: there are no words in them.",
    "no_silences": "There is no silence of {length} or longer, so I left everything as it was.",
    "no_such_file": "I don't know a file named {file}. Upload it first.",
    "no_caption_lines": "I can't open {file} from here. Instead, paste its lines into the message.",
    "no_such_clip": "There is no clip number {number}: the timeline has only {count}.",
    "one_clip": "That needs at least two clips; the timeline has {count}.",
    "nothing_to_fade": "There is nothing on the timeline that could fade.",
    "fade_colour": (
        "The picture can only fade from and to the background, which has one colour. "
        "Instead, say “white background” and fade to that."
    ),
    "no_motion": "I can't make a zoom that moves: what shows stays the same from start to end."
    " Say “zoom in by 20%” for one that stands.",
    "music_speed": "I can't change the speed of music, only of the video. Instead I can cut or loop it.",
    "longer": (
        "I can't make it longer than its footage. Instead I can slow it down, repeat it, or hold the last frame."
    ),
    "still_longer": (
        "I can't change how long the pictures show once there are other edits on them. "
        "Instead, undo back to the slideshow and say it then."
    ),
    "crop_amount": "I can't crop that much. Say a share such as “crop 20%”.",
    "times": "I can repeat it 2 to 50 times.",
    "nothing_to_undo": "There is nothing to undo.",
    "nothing_to_redo": "There is nothing to redo.",
    "beyond_voice": (
        "I can't do “{wish}”: I can't make or change voices. Instead, upload a recorded voice as MP3 and "
        "I lay it under the video, or I can add captions with your words."
    ),
    "beyond_generate": (
        "I can't do “{wish}”: I edit what you upload and can't generate pictures, music or movement. "
        "Instead, upload clips or photos and I cut them, or make a slideshow with titles and music."
    ),
    "beyond_captions": (
        "I can't do “{wish}”: I can't understand speech or translate. Instead, give me the words: "
        "caption “Hello” from 0:02 to 0:05."
    ),
    "beyond_highlights": (
        "I can't do “{wish}”: I can't judge what is interesting. Instead, tell me the times: keep 0:05 "
        "to 0:12."
    ),
    "beyond_fillers": (
        "I can't do “{wish}”: I can't understand speech. Instead, say “remove the pauses”, or tell me the times: "
        "cut 0:05 to 0:07."
    ),
    "beyond_objects": (
        "I can't do “{wish}”: I can't tell people, faces or objects from their background. Instead I can "
        "crop the picture, blur all of it, or lay an image over it."
    ),
    "beyond_repair": (
        "I can't do “{wish}”: repairing sound or picture is not supported. Instead I can lower or mute "
        "the sound, or sharpen the picture."
    ),
    "beyond_publish": (
        "I can't do “{wish}”: I can't publish anywhere. Instead, say “export” and upload the file yourself."
    ),
    "beyond_split_edit": (
        "I can't do “{wish}”: sound and picture of a clip are cut at the same place. Instead, lay the next clip over "
        "the picture as b-roll, or fade the sound."
    ),
    "beyond_tone": (
        "I can't do “{wish}”: a voice sounds as it was recorded. Instead I can make it louder or quieter, or the clip "
        "faster or slower."
    ),
    "beyond_split_screen": (
        "I can't do “{wish}”: the picture can't be divided between two films. Instead I can show one of them small in "
        "a corner of the other, like: put b.mp4 in the top right corner."
    ),
    "beyond_font": (
        "I can't do “{wish}”: all words are set in one typeface. Instead I can change their colour and size, make "
        "them bold or italic, and give them an outline or a shadow."
    ),
    "beyond_motion": (
        "I can't do “{wish}”: words and pictures don't move by themselves here. Instead I can fade them in and out."
    ),
    "beyond_effect": (
        "I can't do “{wish}”: there is no such effect here. Instead there are crossfades, wipes, slides and dips, and"
        " looks such as vintage, vignette or blur."
    ),
    "beyond_ramp": (
        "I can't do “{wish}”: a speed doesn't change gradually here. Instead, say a speed for each part, such as "
        "“2x from 3 to 6 s, then 3x to the end”."
    ),
    "beyond_project": (
        "I can't do “{wish}” by an edit: all is saved as it is made, and projects are opened, renamed, copied and "
        "deleted in the studio's list, or by project.rename(“trailer”), .copy() and .delete()."
    ),
    "beyond_versions": (
        "I can't do “{wish}”: a project holds one edit. Instead, export this one, change it and export again; "
        "undo brings this one back."
    ),
    "beyond_shrink": (
        "I can't do “{wish}” by an edit: the file's size is chosen at the export. Instead, say “export "
        "as 720p” for a smaller file."
    ),
    "beyond_blank": (
        "I can't put in an empty picture. Instead I can lay text over the video, fade it to black at the end, "
        "or show a plain image that you upload."
    ),
    "beyond_format": (
        "I can't do “{wish}”: an export is an MP4, MOV, WebM, GIF, MP3, WAV or M4A. Instead, say “export” and "
        "convert the file yourself."
    ),
    # ---- questions back
    "vague": "What would you like me to do? For example:",
    "what_then": "Could you say it in other words? For example:",
    "which_music": "Which music do you mean: {files}?",
    "which_words": "What should the text say? For example:",
    "which_text": "There are several texts: {texts}. Which one? For example:",
    "which_b_roll": "Which one do you mean: {files}? For example:",
    "which_new_words": "What should it say instead? For example:",
    "which_shape": "Which shape? For example:",
    "which_colour": "Which colour? For example:",
    "which_file": "Which file, and where? For example:",
    "how_long": "How long should it be? For example:",
    "which_about": "What shall be done there (“{text}”)? For example:",
    "which_intro": "What should it be? I can lay a title over the video or add a clip that you upload:",
    "words_for_each": (
        "There are {count} texts for {clips} clips, so I can't tell which goes where. Say it for each, like:"
        " title “Hello” on the first clip."
    ),
    "which_captions": "I can't understand speech, so what should the captions say? For example:",
    "which_of": (
        "The timeline has {count} clips: {files}. They already play one after the other. Which ones do "
        "you mean?"
    ),
    "which_clip": "Which clip do you mean: {files}? For example:",
    "which_clips": "Which two clips do you mean? For example:",
    "which_look": "Which look? For example:",
    "how_loud": "How loud should it be? For example:",
    "how_fast": "How fast should it play? For example:",
    "freeze_where": "Where should the picture stop? For example:",
    "split_where": "Where should I split it? For example:",
    "cut_middle": "Which seconds of the middle? For example:",
    "cut_what": "Which part do you mean? For example:",
    # ---- which one, where something was named that can't be told apart or isn't there
    "which_absent": "I don't find “{what}” here. There is: {files}. Which one do you mean?",
    "which_one": "Which one do you mean: {files}?",
    "which_moment": "I can't tell which moment that is. Say a time, for example “at 0:05”.",
    "which_step": "Which step do you mean? “undo” takes the last one back.",
    "text_count": "There are {count} titles and captions: {files}.",
    "music_count": "There are {count} sounds under the picture: {files}.",
    "speed_answer": "{file} plays at {speed}x.",
    "looks_answer": "{file}: look {looks}.",
    "when_answer": "{file} starts at {start} and ends at {end}.",
    "changes_so_far": "So far:\n{lines}",
    "no_changes_yet": "Nothing was changed so far.",
    "choice": "{text}",
    "risky_all": "I left it: that would take away all there is. Say “remove everything” if you mean it.",
    "already_in_order": "The clips are in that order already.",
    "already_there": "{file} is there already.",
    "never_so": "{file} never looked like that.",
    "already_so": "{file} is like that already.",
    "already_normal": "{file} is as it was at first already.",
    "nothing_zoomed": "Nothing is zoomed or cropped.",
    "hello": "Hello! Say what you would like to do, for example “cut the first 3 seconds” or “add a title”.",
    "glad": "Glad to hear it. Say what comes next, or “export” for the file.",
    # ---- answers
    "abilities": "I edit what you upload, by your words. For instance:\n{families}",
    "credits": "Edits and exports cost no credits here. Say “credits” to see the balance.",
    "export_gif": "I can't make that by an edit: the format is chosen at the export. Say “export as gif”, for example.",
    "export_how": (
        "Say “export” to get an MP4, “export as 720p” for another size, “export as mp3” for the sound alone."
    ),
    "no_export": "All right, nothing is exported.",
    "how_to": (
        "Just say it as you would to a person, for example “add this music and fade it out at the end” "
        "or “cut the first 3 seconds”."
    ),
    "welcome": "You're welcome. Say what comes next, or “export” for the file.",
    "dismissed": "All right, everything stays as it is.",
    "left_alone": "All right, I leave that as it is (“{wish}”).",
    "texts": "On the timeline: {texts}.",
    "clip_count": "There are {count} clips: {files}.",
    "longest": "{file} is the longest clip: {length}.",
    "shortest": "{file} is the shortest clip: {length}.",
    "one_length": "{file} is {length} long.",
    "dimensions": "The picture is {size} pixels ({ratio}) at {fps} frames a second.",
    "volume_answer": "{file}: volume {percent}.",
    "muted_answer": "{file} is muted.",
    "thing_answer": "{what}.",
    "no_music_yet": "There is no music on the timeline yet. Uploaded: {files}. Say “add this music”.",
    "total": "The video is {length} long.",
    "nothing_yet": "There is nothing on the timeline yet. Upload a video first.",
    "state": "{summary}",
    "waiting": "Uploaded and not on the timeline: {files}.",
    "music_there": "{file} is already on the timeline.",
    "loudness_already": "It is as loud as that already, or as loud as it can be.",
    "music_loops": "Music already repeats up to the end of the picture by itself.",
    "already_joined": "The clips already play one after the other: {files}, {length} in all.",
    "canvas_already": "The canvas is {size} already.",
    "shape_already": "The picture is {shape} already.",
    # ---- places in the picture
    "place_left": "left",
    "place_right": "right",
    "place_top": "top",
    "place_bottom": "bottom",
    "place_top-left": "top left",
    "place_top-right": "top right",
    "place_bottom-left": "bottom left",
    "place_bottom-right": "bottom right",
    # ---- kinds of transitions
    "blend_crossfade": "crossfade",
    "blend_dip": "dip",
    "blend_wipe": "wipe",
    "blend_slide": "slide",
    "blend_circle": "circle",
    # ---- suggestions
    "try_upload": "upload a video, then “add a title”",
    "try_music": "add this music and fade it out at the end",
    "try_add_file": "add {file} as background music",
    "try_fade_music": "fade the music out at the end",
    "try_volume": "set the music to 30%",
    "try_quieter": "make the music quieter",
    "try_mute": "mute the video",
    "try_title": "add the title “My video” at the start",
    "try_caption": "caption “Hello” from 0:02 to 0:05",
    "try_end_title": "add the title “The End” at the end",
    "try_delete_text": "remove “{text}”",
    "try_delete_texts": "remove all titles",
    "try_cut_first": "cut the first 2 seconds",
    "try_cut_last": "cut the last 2 seconds",
    "try_cut_middle": "cut the middle 2 seconds",
    "try_cut_range": "cut 0:03 to 0:06",
    "try_keep": "keep 0:02 to 0:08",
    "try_trim": "trim it to 10 seconds",
    "try_split_middle": "split it in the middle",
    "try_split_at": "split at 0:03",
    "try_split_3": "split it into 3 parts",
    "try_vertical": "make it vertical for TikTok",
    "try_2x": "play it at 2x",
    "try_half": "play it at half speed",
    "try_slow": "slow down the last 3 seconds",
    "try_freeze": "freeze at 0:03 for 2 seconds",
    "try_hold_last": "hold the last frame for 2 seconds",
    "try_warm": "give it a warm look",
    "try_bw": "make it black and white",
    "try_cinematic": "give it a cinematic look",
    "try_crossfade": "crossfade all the clips",
    "try_slideshow": "turn these photos into a slideshow",
    "try_swap": "swap the first and the second clip",
    "try_move_first": "move the last clip to the front",
    "try_reverse_order": "reverse the order of the clips",
    "try_square": "make it square",
    "try_wide": "make it 16:9",
    "try_white": "white background",
    "try_navy": "background #102040",
    "try_blurred": "blurred background",
    "try_reword": "change “{text}” to “Goodbye”",
    "try_replace": "use {file} instead",
    "try_first_b_roll": "move the first b-roll to 0:06",
    "try_second_b_roll": "remove the second b-roll",
    "try_insert": "insert b.mp4 at 0:03",
    "try_cover": "use b.mp4 as b-roll from 0:02 to 0:05",
    "try_add_clip": "upload intro.mp4, then “put intro.mp4 first”",
    "try_delete_clip": "remove {file}",
}
