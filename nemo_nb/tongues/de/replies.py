"""What the engine answers, in German."""

from __future__ import annotations

REPLIES: dict[str, str] = {
    # ---- what came of it
    "done": "Erledigt:",
    "undone": "Rückgängig gemacht:",
    "redone": "Wiederhergestellt:",
    "more": "und {count} weitere Änderungen",
    "next": "Als Nächstes zum Beispiel:",
    "nothing_changed": "Nichts geändert: Die Zeitleiste ist, wie sie war.",
    # ---- what was taken for granted
    "volume_assumed": "Ohne Angabe habe ich {percent} genommen. Für einen anderen Wert nenne die Prozent.",
    "volume_bound": "Lauter als {percent} geht nicht, also habe ich das genommen.",
    "loudness_assumed": (
        "Ohne Angabe habe ich {target} LUFS genommen: −14 ist im Netz üblich, sonst das Lauteste, das alle "
        "erreichen. "
        "Für einen anderen Wert sag „normalisiere auf −16 LUFS“."
    ),
    "mix_now": "Zusammen sind es jetzt {lufs} LUFS, die höchste Spitze liegt bei {peak} dB.",
    "mix_short": "Zusammen werden es nur {lufs} LUFS: Mehr lassen die Spitzen und die höchste Lautstärke nicht zu.",
    "balance_kept": "Die Musik behält ihren Abstand zu den Clips. Für eine andere Mischung sag „Musik auf 30 %“.",
    "short_by_peaks": "{file} allein kommt nur auf {lufs} LUFS: Lauter würden die Spitzen übersteuern.",
    "short_by_volume": "{file} allein kommt nur auf {lufs} LUFS: 400 % ist die höchste Lautstärke.",
    "evened_between": "Jeder Clip hat eine Lautstärke; laute und leise Stellen in einem Clip bleiben, wie sie sind.",
    "muted_own": "Der Originalton ist stumm, die Musik spielt weiter. Für beides sag „alles stumm“.",
    "fade_assumed": "Die Blende dauert {length} s. Für eine andere Dauer nenne sie.",
    "transition_assumed": "Ich habe eine {kind} von {length} s genommen. Art und Dauer kannst du nennen.",
    "text_assumed": "Er ist {length} s lang zu sehen. Für eine andere Zeit sag, wann und wie lange.",
    "first_text": "Es gibt mehrere Texte; geändert habe ich „{text}“.",
    "cover_assumed": (
        "Das Bild füllt das neue Format, seine Ränder sind beschnitten. Um alles zu sehen, sag „unscharfer "
        "Hintergrund“."
    ),
    "speed_assumed": "Ohne Angabe habe ich {factor}x genommen. Für ein anderes Tempo sag zum Beispiel 2x.",
    "freeze_assumed": "Das Bild steht {length} s still. Für eine andere Dauer nenne sie.",
    "turn_assumed": "Ich habe um 90° im Uhrzeigersinn gedreht. Für einen anderen Winkel nenne die Grad.",
    "turn_back_assumed": "Ich habe um 90° gegen den Uhrzeigersinn gedreht. Für einen anderen Winkel nenne die Grad.",
    "zoomed": "Herangezoomt auf {place}: {percent} von Breite und Höhe sind zu sehen.",
    "crop_side_assumed": "{place} habe ich {percent} abgeschnitten. Für mehr oder weniger nenne die Prozent.",
    "zoom_assumed": "Ich habe {percent} genommen. Für mehr oder weniger nenne die Prozent.",
    "crop_assumed": "Rundum habe ich 20 % abgeschnitten. Für mehr oder weniger nenne die Prozent.",
    "text_beside_bottom": "Dort steht zu der Zeit schon ein Titel, deshalb steht dieser unten.",
    "text_beside_top": "Dort stehen zu der Zeit schon Titel, deshalb steht dieser oben.",
    "text_beside_center": "Dort steht zu der Zeit schon ein Titel, deshalb steht dieser in der Mitte.",
    "corner_assumed": "Es sitzt oben rechts. Eine andere Ecke kannst du nennen.",
    "slides_assumed": "Jedes Bild ist {length} s zu sehen. Für eine andere Dauer sag „je 2 Sekunden“.",
    "silences_cut": (
        "Pausen ab {length}: {count} herausgeschnitten. Für andere sag „entferne Pausen über 1 Sekunde“."
    ),
    "captions_outside": "Weggelassen, weil sie hinter dem Ende des Videos liegen: {count}.",
    "clipped_to_end": "Das Video ist nur {length} lang, also ging es bis zum Ende.",
    "cut_from_end": "Du hast nicht gesagt, wo; gekürzt habe ich am Ende.",
    "kept_from_start": "Du hast nicht gesagt, ab wo; behalten habe ich den Anfang.",
    "first_half": "Behalten habe ich die erste Hälfte.",
    "music_alone": "Auf der Zeitleiste liegt noch kein Video, die Musik steht also allein.",
    "export_size": "Der Export liefert ein MP4; sag „exportiere als {size}“.",
    "no_font": (
        "Keine Schrift auf diesem Rechner kann {letters} zeichnen, so lässt es sich noch nicht exportieren: "
        "Installiere eine, die es kann, oder nimm andere Wörter."
    ),
    "no_font_cjk": (
        "Keine Schrift auf diesem Rechner kann {letters} zeichnen, so lässt es sich noch nicht exportieren. "
        "Für chinesische, japanische und koreanische Zeichen: `pip install 'nemo-nb[cjk]'`; neu starten ist "
        "nicht nötig."
    ),
    "no_such_font": (
        "Die Schrift „{font}“ gibt es auf diesem Rechner nicht, so lässt es sich noch nicht exportieren: "
        "Nenne eine andere oder keine."
    ),
    # ---- what could not be done
    "failed": "Das ging nicht: {why}",
    "passed_over": "Mit {words} konnte ich nichts anfangen.",
    "no_what": "Was soll anders werden? Den letzten Schritt nimmt „rückgängig“ zurück. Zum Beispiel:",
    "no_b_roll": "Über dem Bild liegt kein weiterer Clip.",
    "no_such_b_roll": "Über dem Bild liegen nur {count} Clips.",
    "cover_only": (
        "„{wish}“ geht bei einem Clip über dem Bild nicht. Verschieben, verlängern, blenden, stummschalten, ersetzen "
        "und entfernen kann ich ihn."
    ),
    "cover_speed": "Die Geschwindigkeit eines Clips über dem Bild kann ich nicht ändern, nur die der Clips darunter.",
    "cover_footage": "{file} hat von dort an noch {length}, länger wird es also nicht.",
    "which_part": "Ich weiß nicht, welche Stelle mit „{text}“ gemeint ist. Nenne die Zeiten.",
    "replace_kind": "{new} kann {old} nicht ersetzen: Das eine sieht man, das andere hört man.",
    "replace_loses": (
        "Nicht geändert: {names} liegen über dem Clip und gingen mit. Verschiebe oder entferne sie zuerst."
    ),
    "no_such_part": "{file} ist nur {length} lang, diese Stelle gibt es darin nicht.",
    "nothing_below": "Nicht geändert: Ohne {file} auf der Zeitleiste liegt dort nichts, worüber es liegen könnte.",
    "cover_muted": "{file} liegt über dem Bild und ist stumm: Der Ton darunter läuft weiter.",
    "pip_alone": "Auf der Zeitleiste liegt nur {file}, darunter ist nichts. Füge zuerst den Film darunter hinzu.",
    "risky": (
        "Nicht geändert: Aus {before} Video würden {after}, und was {words} bedeutet, weiß ich nicht."
        " Sag es anders oder mit Zeiten."
    ),
    "not_there": "Damit ist nichts geschehen: {file} liegt nicht auf der Zeitleiste. Sag zuerst „füge {file} hinzu“.",
    "unfinished": "Deine Nachricht bricht offenbar ab: „{text} …“. Was wolltest du sagen? Zum Beispiel:",
    "not_understood": (
        "„{text}“ kann ich nicht umsetzen: Ich habe es nicht verstanden, also ist damit nichts geschehen."
    ),
    "unmet": (
        "Wozu {words} gehört, weiß ich nicht, also ist damit nichts geschehen. Sag es in einer eigenen "
        "Nachricht."
    ),
    "impossible": "„{text}“ geht mit dieser Zahl nicht: {why}.",
    "too_much": "Das war sehr lang. Die ersten {count} Schritte habe ich gemacht, den Rest nicht.",
    "after_undo": "Die anderen Änderungen aus dieser Nachricht sind nicht gemacht: Sag sie jetzt noch einmal.",
    "outside": "Nichts geändert: Das Video ist nur {length} lang, und das liegt außerhalb.",
    "reversed_range": "Nichts geändert: Dieser Bereich endet, bevor er anfängt. Nenne die frühere Zeit zuerst.",
    "already_shorter": "Nichts zu schneiden: Das Video ist nur {length} lang.",
    "empty": "Auf der Zeitleiste liegt noch nichts. Lade zuerst ein Video hoch.",
    "not_placed": (
        "Auf der Zeitleiste liegt noch nichts; hochgeladen sind: {files}. "
        "Was soll ich damit machen? Sag „mach eine Diashow“ oder „füge“ mit dem Namen „hinzu“."
    ),
    "no_sound": "Auf der Zeitleiste ist nichts zu hören, womit das ginge.",
    "nothing_heard": "{files} habe ich so gelassen: Es ist stumm oder zu kurz zum Messen.",
    "loudness_range": "So laut oder so leise geht es nicht. Nenne einen Wert zwischen −40 und −5 LUFS.",
    "no_music": "Auf der Zeitleiste liegt keine Musik. Lade ein MP3 hoch und sag „füge diese Musik hinzu“.",
    "music_waiting": (
        "{file} ist hochgeladen, liegt aber noch nicht auf der Zeitleiste. Sag „füge diese Musik mit 30 % hinzu“."
    ),
    "no_music_file": (
        "Es gibt keine Musik zum Hinzufügen. Lade zuerst MP3, WAV, M4A oder AAC hoch, dann sag „füge diese "
        "Musik hinzu“."
    ),
    "no_image": "Es gibt kein Bild dafür. Lade zuerst JPG, PNG, GIF oder WebP hoch.",
    "no_photo": "So ein Foto liegt nicht auf der Zeitleiste. Lade es hoch oder nenne seinen Namen.",
    "no_overlay": "Über dem Video liegt kein Logo und kein Bild.",
    "no_text": "Auf der Zeitleiste gibt es keinen Text.",
    "no_text_then": "Zu dieser Zeit gibt es keinen Text, also ist alles, wie es war.",
    "no_such_text": "Kein Text auf der Zeitleiste lautet „{text}“.",
    "all_silent": "Es ist durchgehend still, also ist alles, wie es war.",
    "sound_tracks_there": "{file} hat diese Tonspuren: {tracks}. Sag „nimm Tonspur 2“ oder „mische alle Tonspuren“.",
    "one_sound_track": "{file} hat keine Auswahl an Tonspuren.",
    "subtitle_tracks_there": "{file} hat {count} Untertitelspuren. Sag mit der Nummer, welche du meinst.",
    "no_own_subtitles": "{file} hat keine eigenen Untertitel.",
    "no_words_in_subtitles": "Die Untertitel von {file} sind Bilder oder beschädigt: Worte stehen keine darin.",
    "no_silences": "Eine Pause von {length} oder mehr gibt es nicht, also ist alles, wie es war.",
    "no_such_file": "Eine Datei {file} kenne ich nicht. Lade sie zuerst hoch.",
    "no_caption_lines": (
        "{file} kann ich von hier aus nicht öffnen. Füge stattdessen die Zeilen in die Nachricht ein."
    ),
    "no_such_clip": "Einen Clip Nummer {number} gibt es nicht: Auf der Zeitleiste liegen nur {count}.",
    "one_clip": "Dafür braucht es mindestens zwei Clips; auf der Zeitleiste liegen {count}.",
    "nothing_to_fade": "Auf der Zeitleiste gibt es nichts zu blenden.",
    "fade_colour": (
        "Das Bild kann nur vom und zum Hintergrund blenden, und der hat eine Farbe. "
        "Sag „weißer Hintergrund“ und blende dann."
    ),
    "no_motion": "Einen Zoom, der sich bewegt, kann ich nicht: Der Ausschnitt bleibt von Anfang bis Ende gleich."
    " Sag „20 % heranzoomen“ für einen, der steht.",
    "music_speed": (
        "Die Geschwindigkeit der Musik kann ich nicht ändern, nur die des Videos. Kürzen und wiederholen geht."
    ),
    "longer": (
        "Länger als sein Material wird es nicht. Verlangsamen, wiederholen oder das letzte Bild halten kann ich."
    ),
    "still_longer": (
        "Wie lange die Bilder zu sehen sind, lässt sich nach weiteren Änderungen nicht mehr ändern. "
        "Geh bis zur Diashow zurück und sag es dann."
    ),
    "crop_amount": "So viel kann ich nicht abschneiden. Nenne einen Anteil wie „20 % zuschneiden“.",
    "times": "Wiederholen kann ich 2 bis 50 Mal.",
    "nothing_to_undo": "Es gibt nichts rückgängig zu machen.",
    "nothing_to_redo": "Es gibt nichts wiederherzustellen.",
    "in_the_way": (
        "Das allein lässt sich nicht zurücknehmen, weil ein späterer Schritt darauf aufbaut: „{text}“. Nimm "
        "beide zurück "
        "oder geh Schritt für Schritt zurück."
    ),
    "beyond_voice": (
        "„{wish}“ geht nicht: Stimmen erzeugen oder verändern kann ich nicht. Lade eine Aufnahme als MP3 hoch, "
        "dann lege ich sie unter das Video, oder ich setze Untertitel mit deinen Worten."
    ),
    "beyond_generate": (
        "„{wish}“ geht nicht: Ich schneide, was du hochlädst, und erzeuge keine Bilder, Musik oder Bewegung. "
        "Lade Clips oder Fotos hoch, dann schneide ich sie oder mache eine Diashow mit Titeln und Musik."
    ),
    "beyond_captions": (
        "„{wish}“ geht nicht: Sprache verstehen oder übersetzen kann ich nicht. Gib mir die Worte: "
        "Untertitel „Hallo“ von 0:02 bis 0:05."
    ),
    "beyond_highlights": (
        "„{wish}“ geht nicht: Was spannend ist, kann ich nicht beurteilen. Nenne die Zeiten: behalte 0:05 bis 0:12."
    ),
    "beyond_fillers": (
        "„{wish}“ geht nicht: Sprache verstehe ich nicht. Sag „entferne die Pausen“ oder nenne die Zeiten: "
        "schneide 0:05 bis 0:07 weg."
    ),
    "beyond_objects": (
        "„{wish}“ geht nicht: Menschen, Gesichter und Dinge kann ich nicht vom Hintergrund unterscheiden. "
        "Zuschneiden, alles unscharf machen oder ein Bild darüberlegen kann ich."
    ),
    "beyond_repair": (
        "„{wish}“ geht nicht: Ton oder Bild reparieren kann ich nicht. Leiser machen, stummschalten und "
        "schärfen geht."
    ),
    "beyond_publish": (
        "„{wish}“ geht nicht: Veröffentlichen kann ich nicht. Sag „exportieren“ und lade die Datei selbst "
        "hoch."
    ),
    "beyond_split_edit": (
        "„{wish}“ geht nicht: Ton und Bild eines Clips werden an derselben Stelle geschnitten. Lege den "
        "nächsten Clip "
        "als B-Roll über das Bild oder blende den Ton."
    ),
    "beyond_tone": (
        "„{wish}“ geht nicht: Eine Stimme klingt, wie sie aufgenommen ist. Lauter oder leiser machen kann ich sie, und "
        "den Clip schneller oder langsamer."
    ),
    "beyond_split_screen": (
        "„{wish}“ geht nicht: Das Bild lässt sich nicht zwischen zwei Filmen teilen. Den einen kann ich klein in einer "
        "Ecke des anderen zeigen, zum Beispiel: leg b.mp4 oben rechts in die Ecke."
    ),
    "beyond_font": (
        "„{wish}“ kann ich nicht umsetzen: Alle Texte haben eine Schriftart. Stattdessen kann ich Farbe und Größe "
        "ändern, sie fett oder kursiv setzen, mit Kontur oder Schatten."
    ),
    "beyond_motion": (
        "„{wish}“ kann ich nicht umsetzen: Texte und Bilder bewegen sich hier nicht von selbst. Stattdessen kann ich "
        "sie ein- und ausblenden."
    ),
    "beyond_effect": (
        "„{wish}“ kann ich nicht umsetzen: Diesen Effekt gibt es hier nicht. Stattdessen gibt es Überblendungen und "
        "Looks wie Vintage, Vignette oder Unschärfe."
    ),
    "beyond_ramp": (
        "„{wish}“ geht nicht: Ein Tempo ändert sich hier nicht allmählich. Sag für jeden Teil eines, zum Beispiel "
        "„2x von 3 bis 6 s, danach 3x bis zum Ende“."
    ),
    "beyond_project": (
        "„{wish}“ ist kein Schnitt: Gespeichert ist immer alles, und geöffnet, umbenannt, kopiert und gelöscht werden "
        "Projekte in der Liste des Studios oder mit project.rename(„trailer“), .copy() und .delete()."
    ),
    "beyond_versions": (
        "„{wish}“ geht nicht: Ein Projekt hat eine Fassung. Exportiere diese, ändere sie und exportiere noch einmal; "
        "mit „rückgängig“ kommst du zu dieser zurück."
    ),
    "beyond_shrink": (
        "„{wish}“ ist keine Sache des Schnitts: Die Dateigröße wählst du beim Export. Sag „exportiere als 720p“ "
        "für eine kleinere Datei."
    ),
    "beyond_blank": (
        "Ein leeres Bild kann ich nicht einsetzen. Text über das Video legen, am Ende ins Schwarze blenden oder "
        "ein einfarbiges Bild zeigen, das du hochlädst, geht."
    ),
    "beyond_format": (
        "„{wish}“ geht nicht: Der Export ist MP4, MOV, WebM, GIF, MP3, WAV oder M4A. Sag „exportieren“ und "
        "wandle die Datei selbst um."
    ),
    # ---- questions back
    "vague": "Was soll ich machen? Zum Beispiel:",
    "what_then": "Kannst du es anders sagen? Zum Beispiel:",
    "which_music": "Welche Musik meinst du: {files}?",
    "which_words": "Was soll der Text sagen? Zum Beispiel:",
    "which_text": "Es gibt mehrere Texte: {texts}. Welcher? Zum Beispiel:",
    "which_b_roll": "Welchen meinst du: {files}? Zum Beispiel:",
    "which_new_words": "Was soll stattdessen dastehen? Zum Beispiel:",
    "which_shape": "Welches Format? Zum Beispiel:",
    "which_colour": "Welche Farbe? Zum Beispiel:",
    "which_file": "Welche Datei und wohin? Zum Beispiel:",
    "how_long": "Wie lang soll es sein? Zum Beispiel:",
    "which_about": "Was soll dort geschehen („{text}“)? Zum Beispiel:",
    "which_intro": "Was soll es sein? Ich kann einen Titel über das Video legen oder einen Clip von dir einfügen:",
    "words_for_each": (
        "Das sind {count} Texte für {clips} Clips; ich weiß nicht, welcher wohin gehört. Sag es für jeden,"
        " etwa: Titel „Hallo“ auf den ersten Clip."
    ),
    "which_captions": "Sprache verstehe ich nicht; was sollen die Untertitel sagen? Zum Beispiel:",
    # ---- which one, where something was named that can't be told apart or isn't there
    "which_absent": "„{what}“ finde ich hier nicht. Es gibt: {files}. Was davon meinst du?",
    "which_one": "Was davon meinst du: {files}?",
    "which_moment": "Ich weiß nicht, welcher Moment das ist. Nenne eine Zeit, zum Beispiel „bei 0:05“.",
    "which_step": "Welchen Schritt meinst du? „Rückgängig“ nimmt den letzten zurück.",
    "text_count": "Es gibt {count} Titel und Untertitel: {files}.",
    "music_count": "Es gibt {count} Klänge unter dem Bild: {files}.",
    "speed_answer": "{file} läuft mit {speed}x.",
    "looks_answer": "{file}: Look {looks}.",
    "when_answer": "{file} beginnt bei {start} und endet bei {end}.",
    "changes_so_far": "Bisher:\n{lines}",
    "no_changes_yet": "Bisher wurde nichts geändert.",
    "choice": "{text}",
    "risky_all": "Ich habe es gelassen: Das nähme alles weg, was da ist. Sag „alles entfernen“, wenn du das willst.",
    "already_in_order": "Die Clips haben diese Reihenfolge schon.",
    "already_there": "{file} ist schon dort.",
    "never_so": "{file} sah nie so aus.",
    "already_so": "{file} ist schon so.",
    "already_normal": "{file} ist schon wie am Anfang.",
    "nothing_zoomed": "Nichts ist herangezoomt oder beschnitten.",
    "hello": "Hallo! Sag, was du tun möchtest, zum Beispiel „schneide die ersten 3 Sekunden weg“.",
    "glad": "Das freut mich. Sag, was als Nächstes kommt, oder „exportieren“ für die Datei.",
    "which_of": (
        "Auf der Zeitleiste liegen {count} Clips: {files}. Sie laufen schon nacheinander. Welche meinst du?"
    ),
    "which_clip": "Welchen Clip meinst du: {files}? Zum Beispiel:",
    "which_clips": "Welche zwei Clips meinst du? Zum Beispiel:",
    "which_look": "Welcher Look? Zum Beispiel:",
    "how_loud": "Wie laut soll es sein? Zum Beispiel:",
    "how_fast": "Wie schnell soll es laufen? Zum Beispiel:",
    "freeze_where": "Wo soll das Bild stehen bleiben? Zum Beispiel:",
    "split_where": "Wo soll ich teilen? Zum Beispiel:",
    "cut_middle": "Welche Sekunden aus der Mitte? Zum Beispiel:",
    "cut_what": "Welche Stelle meinst du? Zum Beispiel:",
    # ---- answers
    "abilities": "Ich schneide, was du hochlädst, nach deinen Worten. Zum Beispiel:\n{families}",
    "credits": "Schnitt und Export kosten hier kein Guthaben. Den Stand zeigt „Guthaben“.",
    "export_gif": (
        "Das ist keine Sache des Schnitts: Das Format wählst du beim Export, zum Beispiel „exportiere als "
        "gif“."
    ),
    "export_how": (
        "„Exportieren“ gibt dir ein MP4, „exportiere als 720p“ eine andere Größe, „exportiere als mp3“ nur den Ton."
    ),
    "no_export": "Gut, nichts wird exportiert.",
    "how_to": (
        "Sag es wie zu einem Menschen, zum Beispiel „füge diese Musik hinzu und blende sie am Ende aus“ "
        "oder „schneide die ersten 3 Sekunden weg“."
    ),
    "welcome": "Gern. Sag, wie es weitergeht, oder „exportieren“ für die Datei.",
    "dismissed": "Gut, alles bleibt, wie es ist.",
    "left_alone": "Gut, das bleibt, wie es ist („{wish}“).",
    "texts": "Auf der Zeitleiste: {texts}.",
    "clip_count": "Es sind {count} Clips: {files}.",
    "longest": "{file} ist der längste Clip: {length}.",
    "shortest": "{file} ist der kürzeste Clip: {length}.",
    "one_length": "{file} ist {length} lang.",
    "dimensions": "Das Bild hat {size} Pixel ({ratio}) bei {fps} Bildern pro Sekunde.",
    "volume_answer": "{file}: Lautstärke {percent}.",
    "muted_answer": "{file} ist stumm.",
    "thing_answer": "{what}.",
    "no_music_yet": "Auf der Zeitleiste liegt noch keine Musik. Hochgeladen: {files}. Sag „füge diese Musik hinzu“.",
    "total": "Das Video ist {length} lang.",
    "nothing_yet": "Auf der Zeitleiste liegt noch nichts. Lade zuerst ein Video hoch.",
    "state": "{summary}",
    "waiting": "Hochgeladen, aber nicht auf der Zeitleiste: {files}.",
    "music_there": "{file} liegt schon auf der Zeitleiste.",
    "loudness_already": "So laut ist es schon, oder lauter geht es nicht.",
    "music_loops": "Musik wiederholt sich von selbst bis zum Ende des Bildes.",
    "already_joined": "Die Clips laufen schon nacheinander: {files}, zusammen {length}.",
    "canvas_already": "Das Bild hat schon {size}.",
    "shape_already": "Das Bild ist schon {shape}.",
    # ---- places in the picture
    "place_left": "links",
    "place_right": "rechts",
    "place_top": "oben",
    "place_bottom": "unten",
    "place_top-left": "oben links",
    "place_top-right": "oben rechts",
    "place_bottom-left": "unten links",
    "place_bottom-right": "unten rechts",
    # ---- kinds of transitions
    "blend_crossfade": "Überblendung",
    "blend_dip": "Farbblende",
    "blend_wipe": "Wischblende",
    "blend_slide": "Schiebeblende",
    "blend_circle": "Kreisblende",
    # ---- suggestions
    "try_upload": "erst ein Video hochladen, dann „füge einen Titel hinzu“",
    "try_music": "füge diese Musik hinzu und blende sie am Ende aus",
    "try_add_file": "füge {file} als Hintergrundmusik hinzu",
    "try_fade_music": "blende die Musik am Ende aus",
    "try_volume": "Musik auf 30 %",
    "try_quieter": "mach die Musik leiser",
    "try_mute": "schalte das Video stumm",
    "try_title": "füge am Anfang den Titel „Mein Video“ hinzu",
    "try_caption": "Untertitel „Hallo“ von 0:02 bis 0:05",
    "try_end_title": "füge am Ende den Titel „Ende“ hinzu",
    "try_delete_text": "entferne „{text}“",
    "try_delete_texts": "entferne alle Titel",
    "try_cut_first": "schneide die ersten 2 Sekunden weg",
    "try_cut_last": "schneide die letzten 2 Sekunden weg",
    "try_cut_middle": "schneide die mittleren 2 Sekunden weg",
    "try_cut_range": "schneide 0:03 bis 0:06 weg",
    "try_keep": "behalte 0:02 bis 0:08",
    "try_trim": "kürze es auf 10 Sekunden",
    "try_split_middle": "teile es in der Mitte",
    "try_split_at": "teile es bei 0:03",
    "try_split_3": "teile es in 3 gleiche Teile",
    "try_vertical": "mach es hochkant für TikTok",
    "try_2x": "spiele es 2x so schnell ab",
    "try_half": "spiele es mit halber Geschwindigkeit ab",
    "try_slow": "mach die letzten 3 Sekunden langsamer",
    "try_freeze": "friere das Bild bei 0:03 für 2 Sekunden ein",
    "try_hold_last": "halte den letzten Frame für 2 Sekunden",
    "try_warm": "mach es wärmer",
    "try_bw": "mach es schwarz-weiß",
    "try_cinematic": "gib ihm einen Kinolook",
    "try_crossfade": "überblende alle Clips",
    "try_slideshow": "mach aus diesen Fotos eine Diashow",
    "try_swap": "tausche den ersten und den zweiten Clip",
    "try_move_first": "verschiebe den letzten Clip an den Anfang",
    "try_reverse_order": "drehe die Reihenfolge um",
    "try_square": "mach es quadratisch",
    "try_wide": "mach es 16:9",
    "try_white": "weißer Hintergrund",
    "try_navy": "Hintergrund #102040",
    "try_blurred": "unscharfer Hintergrund",
    "try_reword": "ändere „{text}“ in „Tschüss“",
    "try_replace": "nimm stattdessen {file}",
    "try_first_b_roll": "verschiebe die erste B-Roll auf 0:06",
    "try_second_b_roll": "entferne die zweite B-Roll",
    "try_insert": "füge b.mp4 bei 0:03 ein",
    "try_cover": "nimm b.mp4 als B-Roll von 0:02 bis 0:05",
    "try_add_clip": "erst intro.mp4 hochladen, dann „setze intro.mp4 an den Anfang“",
    "try_delete_clip": "entferne {file}",
}
