"""German. A hyphen at the end of a phrase stands for the endings of adjectives, a tilde for those of verbs.

A verb and the part of it that stands at the end of the sentence have an ellipsis between them: "schneide … weg".
"""

from __future__ import annotations

BORROWS: tuple[str, ...] = ()
INFLECTED = False
ENDINGS: dict[str, tuple[str, ...]] = {
    "-": ("", "e", "en", "er", "es", "em"),
    "~": ("", "e", "en", "t", "et", "st", "ung"),
}
# As one writes without umlauts, and in Switzerland.
SPELLINGS: dict[str, str] = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
# What a word means that is written large inside a sentence, and so a noun.
NOUNS: dict[str, str] = {
    "teil": "Thing.CLIP",
    "teile": "Thing.PARTS",
    "teilen": "Thing.PARTS",
    "blende": "Thing.TRANSITION",
    "blenden": "Thing.TRANSITION",
    "stelle": "Filler.WORD",
}

PHRASES: dict[str, str] = {
    # ---- what is to be done
    "Do.CUT_BOTH_ENDS": "vorne und hinten wegschneiden | vorne und hinten abschneiden | anfang und ende wegschneiden",
    "Do.CUT_HEAD": "den anfang wegschneiden | den anfang abschneiden | vorne wegschneiden | vorne abschneiden",
    "Do.CUT_TAIL": "das ende wegschneiden | das ende abschneiden | hinten wegschneiden | hinten abschneiden",
    "Do.SPARE": (
        "darf bleiben | darf aber bleiben | dürfen bleiben"
        " | dürfen aber bleiben | kann bleiben | kann so bleiben | soll bleiben"
        " | soll so bleiben | unverändert | unangetastet | unberührt | in ruhe | wie es ist | wie er ist | wie sie ist"
        " | wie sie sind"
        " | wie es war | so lassen | lass so | lass es so | lass alles so | so bleiben | so wie es ist"
        " | bleibt so"
        " | bleibt | bleiben | bleibt wie es ist | an ort und stelle | nicht anfassen"
        " | wie gehabt | in derselben reihenfolge | in der gleichen reihenfolge | wie vorher"
    ),
    "Do.CUT": (
        "schneiden | entfernen | löschen | wegschneiden | schneid~ | herausschneiden | rausschneiden"
        " | abschneiden"
        " | ausschneiden | schneide … weg | schneid … weg | schneide … raus | schneid … raus"
        " | schneide … heraus"
        " | schneid … heraus | schneide … ab | schneid … ab | schneide … aus | schneid … aus | weggeschnitten"
        " | herausgeschnitten | rausgeschnitten | abgeschnitten | geschnitten | entfern~ | entferne | lösch~"
        " | gelöscht | streich~ | streiche … raus | tilg~ | wirf … raus | wirf … weg | werfe … raus"
        " | rauswerfen"
        " | wegwerfen | nimm … raus | nimm … weg | nimm … heraus | nehme … raus | rausnehmen | wegnehmen"
        " | herausnehmen | mach … weg | mache … weg | mach … raus | wegmachen | lass … weg | lasse … weg"
        " | weglassen"
        " | lass … aus | auslassen | weg | raus | kann weg | kann raus | können weg | muss weg | muss raus"
        " | müssen weg | soll weg | soll raus | sollen weg | sollen raus | brauche nicht | brauche ich nicht"
        " | brauch ich nicht | brauche kein- | will ich nicht | will nicht | will kein- | nicht mehr haben"
        " | werde … los | loswerden | verzicht~ auf | verschwind~ | verschwinden lassen | überspring~ | kill~"
        " | herausgenommen | rausgenommen | wegzuschneiden | herauszuschneiden | zu entfernen | zu löschen"
        " | brauch … nicht | brauche … nicht | brauchen … nicht | brauch ich gar nicht | brauche ich gar nicht"
    ),
    "Do.TRIM": (
        "kürzen | trimmen | kürz~ | kürze … ein | einkürzen | trimm~ | stutz~ | stutze … zurecht | gekürzt"
        " | getrimmt"
    ),
    "Do.FIT": (
        "kürzer | kürzen auf | kürze auf | kürze es auf | kürze ihn auf | kürze das auf | kürze das video auf"
        " | kürze den film auf | kürze den clip auf | kürze alles auf | schneide auf | schneide es auf"
        " | schneide das video auf | schneide den film auf | trimme auf | trimme es auf | trimme das video auf"
        " | begrenz~ auf | begrenze es auf | begrenze das video auf | bring es auf | bring das video auf"
        " | bringe es auf | bringe das video auf | auf eine länge von | gekürzt auf"
    ),
    "Do.KEEP": (
        "behalten | nur behalten | behalt~ | behalte nur | behalte … bei | beibehalten | nur noch | lass nur"
        " | lasse nur | lass … übrig | lass … stehen | lass … drin | übrig lassen | übrig bleiben"
        " | ich will nur"
        " | ich brauche nur | ich möchte nur | will nur | brauche nur | nimm nur | nur den teil | nur das stück"
        " | nur den abschnitt | zeig nur | zeige nur | extrahier~ | isolier~ | sonst nichts | alles andere weg"
    ),
    "Do.SPLIT": (
        "teilen | trennen | teil~ | teile auf | teile … auf | teil … auf | aufteilen | unterteil~ | zerteil~"
        " | trenn~"
        " | trenne … auf | auftrennen | spalt~ | spalte … auf | splitt~ | zerschneid~ | halbier~ | geteilt"
        " | getrennt"
        " | in der mitte durchschneiden | schneide … durch | durchschneiden | durchtrenn~ | schneide in zwei"
        " | setz einen schnitt | setze einen schnitt | mach einen schnitt | mache einen schnitt"
        " | einen schnitt setzen | einen schnitt machen | schnitt setzen"
    ),
    "Do.ADD": (
        "hinzufügen | füg~ | füge … hinzu | füg … hinzu | füge … ein | füg … ein | füge … dazu | füge … an"
        " | einfügen"
        " | hinzugefügt | eingefügt | einsetzen | setze … ein | setz … ein | pack … rein | pack … drauf"
        " | pack … dazu"
        " | packe … dazu | gib … dazu | leg … drüber | lege … drüber | lege … darüber | lege … darunter"
        " | leg … drunter"
        " | ergänz~ | bau … ein | baue … ein | einbauen | mach … rein | mach … dazu | mach … drauf | nimm"
        " | nehme"
        " | nutz~ | verwend~ | benutz~ | ich will | ich möchte | ich hätte gern | ich hätte gerne | ich brauche"
        " | unterleg~ | überlager~ | füge hinzu | häng … an | hänge … an | anhängen | wende … an | anwenden"
        " | mit musik | erstell~ | spiel … ein | spiele … ein | hinzuzufügen | einzufügen"
        " | drunter | drunterlegen | darunterlegen | drüberlegen | darüberlegen | unterlegen"
    ),
    "Do.PUT": "setzen | setz~ | leg~ | pack~ | platzier~ | positionier~ | tu | häng~",
    "Do.MOVE": (
        "verschieben | verschieb~ | schieb~ | schiebe … rüber | beweg~ | zieh~ | rück~ | verleg~ | komm~"
        " | kommt"
        " | soll kommen | verschoben | geschoben | umstell~ | vorziehen | ziehe … vor | zieh … vor"
        " | nach vorn ziehen"
    ),
    "Do.SWAP": (
        "tauschen | vertauschen | tausch~ | vertausch~ | tausche … um | getauscht | vertauscht"
        " | plätze tauschen"
    ),
    "Do.MERGE": (
        "verbinden | verbind~ | füge … zusammen | füg … zusammen | zusammenfügen | vereinig~ | verein~"
        " | häng … zusammen | hänge … zusammen | häng … aneinander | hänge … aneinander | aneinanderhängen"
        " | zusammenschneiden | schneide … zusammen | schneid … zusammen | kombinier~ | zusammen"
        " | zusammengefügt"
        " | setze … zusammen | setz … zusammen | verschmelz~"
    ),
    "Do.REPEAT": (
        "wiederholen | wiederhol~ | dupliziere | duplizier~ | verdoppele den clip | kopieren | kopier~"
        " | eine kopie von"
        " | eine kopie | schleife | in schleife | in einer schleife | in endlosschleife | endlosschleife"
        " | loop~ | loop"
        " | nochmal abspielen | noch einmal abspielen | noch mal abspielen"
    ),
    "Do.PLAY": (
        "abspielen | spiel~ | spiele … ab | spiel … ab | lass … laufen | lasse … laufen | laufen | läuft"
        " | ablaufen"
    ),
    "Do.FASTER": (
        "schneller | nicht so langsam | beschleunigen | beschleunig~ | beschleunigt | zeitraffer"
        " | im zeitraffer | als zeitraffer"
        " | zu langsam | etwas zu langsam | flotter | tempo rauf | tempo erhöhen"
    ),
    "Do.SLOWER": (
        "langsamer | nicht so schnell | verlangsamen | verlangsam~ | verlangsamt | zeitlupe | in zeitlupe"
        " | als zeitlupe | slow motion"
        " | slowmotion | slow-motion | slowmo | langsam | brems~ | bremse … ab | abbremsen | zu schnell"
        " | etwas zu schnell"
        " | tempo runter | tempo verringern"
    ),
    "Do.REVERSE": (
        "rückwärts | rückwärts abspielen | kehre … um | kehr … um | umkehren | von hinten nach vorne"
        " | von hinten nach vorn | umgekehrt | andersherum"
    ),
    "Do.FREEZE": (
        "einfrieren | standbild | frier … ein | friere … ein | eingefroren | als standbild | halte … an"
        " | halt … an"
        " | anhalten | halte das bild | halt das bild | freeze | freeze frame | stehen bleiben | steht still"
        " | bild anhalten | halte den letzten frame | halte"
    ),
    "Do.MUTE": (
        "stumm | stummschalten | schalte … stumm | schalt … stumm | stelle … stumm | stell … stumm"
        " | mach … stumm"
        " | mache … stumm | stummschaltung | stummgeschaltet | stumm schalten | stumm stellen | ton aus | ton weg"
        " | ton abschalten"
        " | ton ausschalten | ton raus | ohne ton | kein ton | keinen ton | lautlos | mute"
        " | schalte den ton aus"
        " | schalt den ton aus | stelle den ton aus | stell den ton ab | stelle den ton ab | mach den ton aus"
        " | mach den ton weg | mach den ton raus | nimm den ton raus | nimm den ton weg | den ton weg"
        " | den ton aus | schalte … aus | schalt … aus | mach … aus"
        " | stelle … ab | stell … ab"
    ),
    "Do.UNMUTE": (
        "ton an | ton wieder an | ton einschalten | ton anschalten | schalte den ton an | schalte den ton ein"
        " | schalte den ton wieder an | schalte den ton wieder ein | mach den ton wieder an | mach den ton an"
        " | stummschaltung aufheben | hebe die stummschaltung auf | nicht mehr stumm"
        " | originalton wiederherstellen"
        " | originalton wieder an"
    ),
    "Do.LOUDER": (
        "lauter | nicht so leise | nicht ganz so leise | lauter machen | erhöhen | erhöh~"
        " | lautstärke erhöhen | heb … an | hebe … an | anheben | dreh … auf"
        " | drehe … auf | aufdrehen | dreh … hoch | drehe … hoch | hochdrehen | verstärk~ | zu leise"
        " | etwas zu leise"
        " | hochregeln | regle … hoch"
        " | lauter drehen | lauter stellen | dreh … lauter | drehe … lauter | stell … lauter | stelle … lauter"
    ),
    "Do.QUIETER": (
        "leiser | nicht so laut | nicht ganz so laut | leiser machen | senken | senk~ | senk … ab"
        " | senke … ab | absenken | verringer~ | reduzier~"
        " | dreh … runter | drehe … runter | dreh … herunter | drehe … herunter | runterdrehen | herunterdrehen"
        " | dämpf~ | zu laut | etwas zu laut | runterregeln | regle … runter"
        " | leiser drehen | leiser stellen | dreh … leiser | drehe … leiser | stell … leiser | stelle … leiser"
    ),
    "Do.DUCK": (
        "wenn jemand spricht | wenn jemand redet | wenn gesprochen wird | wenn geredet wird"
        " | während jemand spricht"
        " | während gesprochen wird | während jemand redet | beim sprechen | beim reden | wenn ich spreche"
        " | wenn ich rede"
        " | während ich spreche | während ich rede | wenn er spricht | wenn sie spricht | wenn er redet"
        " | wenn sie redet"
        " | wenn sie sprechen | wenn wir reden | unter der sprache | unter der stimme | unter dem gesprochenen"
        " | ducking"
        " | bei sprache | sobald jemand spricht | sobald gesprochen wird | übertönt"
    ),
    "Do.NORMALIZE": (
        "normalisieren | normalisier~ | normalisierung | lautstärke angleichen | lautstärken angleichen"
        " | gleiche die lautstärke an | gleiche die lautstärken an | gleiche lautstärke | gleichen lautstärke"
        " | gleich laut | gleiche lautheit | lautheit angleichen | gleiche den ton an | gleiche die clips an"
        " | lautstärke der clips an | pegel angleichen | gleicher pegel | gleichen pegel"
    ),
    "Do.EVEN": (
        "ausgleichen | gleich … aus | gleiche … aus | ausgeglichen | gleichmäßig- | ungleichmäßig- | angleichen"
        " | gleiche … an | gleich … an | einheitlich- | auf gleiches niveau"
    ),
    "Do.FADE": (
        "blend~ | ein- und ausblenden | ein und ausblenden | blende … ein und aus | blende ein und aus | fade"
        " | faden"
    ),
    "Do.FADE_IN": (
        "einblenden | einzublenden | blende … ein | blend … ein | eingeblendet | fade in | fade-in | einfaden"
        " | sanft beginnen | langsam lauter werden | allmählich einsetzen"
    ),
    "Do.FADE_OUT": (
        "ausblenden | auszublenden | blende … aus | blend … aus | ausgeblendet | fade out | fade-out | ausfaden"
        " | ausklingen | ausklingen lassen | klingt aus | lass … ausklingen | langsam leiser werden"
    ),
    "Do.TO_BLACK": (
        "ins schwarze | ins schwarz | zu schwarz | nach schwarz | auf schwarz | ins schwarze ausblenden"
        " | ins schwarze abblenden | abblenden | blende … ab | zu schwarz ausblenden | nach schwarz ausblenden"
        " | schwarz ausblenden"
    ),
    "Do.FROM_BLACK": (
        "aus schwarz | aus dem schwarzen | aus dem schwarz | von schwarz | aus dem schwarzen einblenden"
        " | aus schwarz einblenden | aufblenden | von schwarz einblenden"
    ),
    "Do.SET": (
        "machen | mach~ | mache es | mach es | mach daraus | stell~ | stelle … ein | stell … ein | einstellen"
        " | soll sein"
        " | soll werden | soll | sollen | sollte | wandle … um | wandel … um | wandele … um | umwandeln"
        " | regel~ | regle"
        " | bring~ | setze auf | setz auf | setze es auf | setz es auf | stelle auf | stelle es auf | gestalt~"
        " | werden"
    ),
    "Do.CHANGE": (
        "ändern | änder~ | ersetzen | ersetz~ | tausche … aus | tausch … aus | austauschen | tausche … gegen"
        " | wechsel~ | wechsle | benenne … um | benenn … um | umbenennen | bearbeit~ | korrigier~ | anpass~"
        " | passe … an"
        " | pass … an | anpassen | schreib … um | schreibe … um | umschreiben | soll heißen | muss heißen"
        " | soll lauten"
        " | muss lauten | sollte heißen | soll stehen | färb~ | färbe … um | färbe … ein | geändert | ersetzt"
        " | statt dessen"
    ),
    "Do.SAY": (
        "mit dem text | mit text | mit den worten | mit den wörtern | mit der aufschrift | mit dem wort"
        " | mit dem inhalt"
        " | sagt | heißt | lautet | namens | auf dem steht | wo steht | wo draufsteht | in dem steht"
        " | die steht | steht"
        " | der text | die worte | das wort | mit dem namen"
    ),
    "Do.CROP": (
        "zuschneiden | beschneiden | beschneid~ | schneide … zu | schneid … zu | zugeschnitten | beschnitten"
        " | croppen"
        " | crop~ | bildausschnitt"
    ),
    "Do.ZOOM": (
        "zoomen | hineinzoomen | zoom~ | zoome … rein | zoom … rein | reinzoomen | zoome … heran | zoom … heran"
        " | heranzoomen | zoome … hinein | zoom … hinein | zoome rein | zoom rein"
    ),
    "Do.ZOOM_OUT": (
        "herauszoomen | rauszoomen | zoome … raus | zoom … raus | zoome … heraus | zoom … heraus | zoome raus"
        " | zoom raus"
    ),
    "Do.ROTATE": (
        "drehen | rotieren | dreh~ | rotier~ | gedreht | im uhrzeigersinn | vierteldrehung | steht quer"
        " | liegt quer"
    ),
    "Do.COUNTERCLOCKWISE": "gegen den uhrzeigersinn | entgegen dem uhrzeigersinn | gegen uhrzeigersinn",
    "Do.OTHER_WAY": (
        "andersrum | anders herum | andersherum | anders rum | andere richtung | die andere richtung | falschrum"
        " | falsch herum | falsche richtung | die falsche richtung"
    ),
    "Do.UPSIDE_DOWN": "auf den kopf | auf dem kopf | kopfüber",
    "Do.MIRROR": (
        "spiegeln | spiegel~ | spiegle | gespiegelt | spiegelverkehrt | seitenverkehrt | horizontal spiegeln"
        " | waagerecht spiegeln"
    ),
    "Do.SLIDESHOW": "diashow | slideshow | fotoshow | bildershow | bilderschau",
    "Do.SCALE": "skalieren | skalier~",
    "Do.BIGGER": "größer | vergrößern | vergrößer~ | zu klein | etwas zu klein | schlecht lesbar | schlecht zu lesen",
    "Do.SMALLER": "kleiner | verkleinern | verkleiner~ | zu groß | etwas zu groß",
    "Do.UNDO": (
        "rückgängig | rückgängig machen | mach … rückgängig | mache … rückgängig | mach rückgängig"
        " | nimm … zurück"
        " | nehme … zurück | zurücknehmen | zurück | einen schritt zurück | geh zurück | gehe zurück | undo"
        " | widerruf~"
        " | das war falsch | das war ein fehler | war ein fehler | strg+z | strg z | strg-z | verwirf"
        " | verwerfen"
        " | doch nicht | vorher war es besser | war vorher besser | mach das weg | das wollte ich nicht"
    ),
    "Do.REDO": (
        "wiederherstellen | stell … wieder her | stelle … wieder her | redo | wieder herstellen"
        " | noch mal machen"
        " | nochmal machen | mach es doch | mach es wieder | rückgängig gemachte"
    ),
    "Do.BACK": (
        "zurückholen | hol … zurück | hole … zurück | bring … zurück | bringe … zurück | zurückbringen"
        " | hol … wieder"
        " | wieder rein | mach … wieder rein | füge … wieder ein | wieder einfügen | ich will es wieder"
    ),
    "Do.EXPORT": (
        "exportieren | herunterladen | speichern | exportier~ | export | exportiere | speicher~ | abspeichern"
        " | speichere … ab | sicher~ | lade … herunter | lad … herunter | lade … runter | lad … runter"
        " | runterladen"
        " | download | downloaden | rendern | render~ | rausrendern | gib … aus | gebe … aus | ausgeben"
        " | gib mir die datei | gib mir das video | schick mir die datei | schick mir das video"
        " | schicke mir die datei"
        " | schicke mir das video | ich brauche die datei | ich will die datei | speichern als | speichere als"
        " | speicher es als | speichere es als | speichere das als"
    ),
    "Do.UPLOAD": (
        "hochladen | importieren | lade … hoch | lad … hoch | hochgeladen | importier~ | upload | uploaden"
        " | hochzuladen"
    ),
    "Do.CLICK": "klicken | klick~ | klicke auf | klick auf | drück~ | tipp~ auf | anklicken",
    "Do.SHOW": (
        "zeigen | anzeigen | zeig~ | zeige … an | zeig … an | zeig mir | zeige mir | liste … auf | auflisten"
        " | sag mir"
        " | sage mir | nenn mir | nenne mir | schau | sieh | beschreib~"
    ),
    "Do.LEAD": "kommt zuerst | kommen zuerst | kommt als erstes | kommt als erster | soll zuerst kommen",
    "Do.GO": "kann gehen | muss gehen | soll gehen",
    "Do.HARD_CUT": "harter schnitt | harte schnitte | harten schnitt | harten schnitten | harte übergänge",
    "Do.SKIP_TO": "spring zu | springe zu | spring direkt zu | springe direkt zu | spring auf | springe auf",
    "Do.OPEN": (
        "beginne mit | beginn mit | beginnt mit | fang mit | fange mit | starte mit | start mit | anfangen mit"
    ),
    "Do.CLOSE": "ende mit | endet mit | beende mit | beende es mit | schließe mit | schließ mit | aufhören mit",
    "Do.REVERSE_ORDER": (
        "umgekehrte reihenfolge | umgekehrter reihenfolge | reihenfolge umkehren | reihenfolge umdrehen"
        " | kehre die reihenfolge um | kehr die reihenfolge um | drehe die reihenfolge um"
        " | dreh die reihenfolge um"
    ),
    "Do.WRITE": "schreiben | schreib~ | schreibe … drauf | schreibe … rein | schreib … drauf | schreib … rein",
    "Do.REORDER": (
        "sortieren | umsortieren | ordne … neu | sortier~ | sortiere … neu | sortiere … um | ordne … an"
        " | ordne um"
        " | ordne … um | neu ordnen | neu anordnen | anordnen | ordne | ordnen"
    ),
    "Do.RESET": (
        "alles rückgängig | mach alles rückgängig | mache alles rückgängig | alles rückgängig machen"
        " | zum original"
        " | zurück zum original | zurück zum anfang | von vorne anfangen | von vorn anfangen"
        " | fang von vorne an"
        " | alles zurücksetzen | setze alles zurück | setz alles zurück | zurücksetzen | setze … zurück"
        " | setz … zurück"
        " | originalzustand | ursprungszustand | alle änderungen rückgängig"
    ),
    "Do.SCORE": "vertonen | vertone | mit musik unterlegen | unterlege das video mit musik | unterlege mit musik",
    # ---- what it is done to
    "Thing.VIDEO": (
        "video | videos | film | films | bild | bildes | bildschirm | projekt | projekts | vlog | mp4"
        " | videomaterial"
        " | v1 | filmmaterial | material | rohschnitt | fassung | schnitt | schnitts"
    ),
    "Thing.WHOLE": (
        "das ganze | das ganze video | ganze video | ganzen video | das gesamte video | gesamte video"
        " | gesamten video"
        " | den ganzen film | ganzen film | gesamten film | die ganze zeit | durchgehend | durchgängig"
        " | von anfang bis ende | über die gesamte länge | über die ganze länge | die gesamte dauer"
        " | den ganzen clip"
    ),
    "Thing.CLIP": (
        "clip | clips | szene | szenen | stück | abschnitt | abschnitts | teil | teils | segment | segments"
        " | einstellung | take | aufnahme | stelle | videoclip | videoclips | abschnitten | segmente"
        " | segmenten"
    ),
    "Thing.MUSIC": (
        "musik | lied | lieds | liedes | song | songs | hintergrundmusik | soundtrack | melodie | track | mp3"
        " | musikstück | musikstücks | jingle | beat | begleitmusik | hintergrundlied | hintergrundsong"
        " | titelmusik"
        " | audiospur | audiodatei | musikspur | a2 | a3 | a4"
    ),
    "Thing.SOUND": (
        "ton | tons | a1 | originalton | originaltons | o-ton | audio | sound | stimme | stimmen | sprache"
        " | tonspur"
        " | videoton | geräusch | geräusche | clipton | lautstärke der clips | lautstärke des clips"
        " | lautstärke des videos"
    ),
    "Thing.TITLE": (
        "titel | titels | titeln | text | texts | textes | texte | überschrift | überschriften | schrift"
        " | schriftzug"
        " | beschriftung | schrifteinblendung | texteinblendung | buchstaben | bauchbinde | abspann | vorspann"
        " | banner"
        " | titelkarte | schlusstitel | endtitel | mein name | meinen namen"
    ),
    "Thing.CAPTIONS": (
        "untertitel | untertitels | untertiteln | untertitelung | captions | bildunterschrift"
        " | bildunterschriften"
    ),
    "Thing.IMAGE": (
        "foto | fotos | bilder | bildern | grafik | grafiken | fotografie | png | jpg | jpeg | standfoto"
        " | schnappschuss"
        " | aufnahmen"
    ),
    "Thing.B_ROLL": (
        "b-roll | b roll | broll | v2 | v3 | zwischenschnitte | schnittbild | schnittbilder | füllbild"
        " | zwischenschnitt | füllbilder"
    ),
    "Thing.LOGO": (
        "logo | logos | wasserzeichen | bild im bild | bild-im-bild | bild in bild | bild-in-bild | sticker"
        " | emblem"
        " | kleines fenster | kleinem fenster"
    ),
    "Thing.TRANSITION": (
        "übergang | übergangs | übergänge | übergängen | zwischen den clips | zwischen allen clips"
        " | zwischen den szenen"
        " | zwischen den aufnahmen | zwischen allen szenen | jeder schnitt | jedem schnitt | allen schnitten"
        " | zwischen ihnen"
    ),
    "Thing.LOOK": (
        "aussehen | aussieht | filter | filters | look | looks"
        " | effekt | effekte | effekts | farbkorrektur | farblook | farbstil"
    ),
    "Thing.FADE": "blendeffekt | blendeffekte",
    "Thing.VOLUME": (
        "lautstärke | lautstärken | lautheit | pegel | musiklautstärke | tonlautstärke | laut | so laut"
        " | lautstärke der musik | lautstärke von"
    ),
    "Thing.SPEED": (
        "geschwindigkeit | tempo | abspielgeschwindigkeit | normalgeschwindigkeit | normaler geschwindigkeit"
        " | schnell"
        " | so schnell | originalgeschwindigkeit"
    ),
    "Thing.OPACITY": (
        "deckkraft | transparenz | transparent- | durchsichtig- | halbtransparent- | durchscheinend-"
        " | opazität"
    ),
    "Thing.BACKGROUND": "hintergrund | hintergrunds | hintergrundfarbe",
    "Thing.CHANGE": (
        "änderung | änderungen | schritt | schritte | schritten | bearbeitung | bearbeitungen | letzte änderung"
        " | letzten schritt | aktion | aktionen"
    ),
    "Thing.ORDER": "reihenfolge | abfolge | anordnung",
    "Thing.REST": (
        "rest | der rest | den rest | alles andere | das übrige | übrig- | restlich- | was übrig bleibt"
        " | alles danach"
    ),
    "When.FOR_NEXT": "für die nächsten | in den nächsten | über die nächsten",
    "Thing.NEXT": (
        "nächster clip | nächsten clip | nächste szene | nächsten szene | der nächste | den nächsten"
        " | das nächste"
    ),
    "Thing.IT": "es | ihn | ihm | sie | dies | dieser | dieses | diesen | diesem | diese | daran | davon",
    "Thing.ALL": (
        "alle | alles | allen | aller | ganz- | gesamt- | sämtlich- | beide | beiden | beides | jede | jeden"
        " | jeder | jedes"
    ),
    "Thing.THESE": (
        "diese beiden | diesen beiden | die beiden | den beiden | beide clips | beiden clips | diese zwei"
        " | die zwei"
        " | diese drei | die drei"
    ),
    "Thing.CREDITS": "guthaben | credits | kontostand | restguthaben | guthabenstand | mein guthaben | saldo",
    "Thing.STATUS": (
        "status | projektstatus | spuren | spur | timeline | zeitleiste | zeitachse | stand | zwischenstand"
        " | zustand"
        " | aktueller stand | zeig die spuren | zeige die spuren | spuren zeigen | spuren anzeigen"
    ),
    "Thing.FORMAT": "format | codec | qualität | dateiformat | bitrate | dateigröße",
    "Thing.SETTINGS": "einstellungen | optionen | knopf | schaltfläche | menü | button | symbol",
    "Thing.FILE": "datei | dateien",
    "Thing.PARTS": "gleiche teile | gleich große teile | gleichgroße teile | hälften | stücke | stücken | abschnitte",
    "Thing.PLAYHEAD": "abspielkopf | abspielmarke | abspielposition | cursor | playhead",
    "Thing.BLANK": (
        "schwarzbild | schwarzes bild | schwarzer bildschirm | schwarzen bildschirm | leeres bild"
        " | weißes bild | weißbild"
    ),
    "Thing.DIMENSIONS": (
        "auflösung | seitenverhältnis | bildgröße | videogröße | bildrate | bildwiederholrate | fps | pixel"
        " | bilder pro sekunde | frames pro sekunde | breite und höhe | abmessungen | bildformat"
        " | groß ist das bild"
        " | groß ist das video | groß ist der film"
    ),
    "Thing.LENGTH": "länge | dauer | laufzeit | gesamtlänge | gesamtdauer | spieldauer | spielzeit | videolänge | lang",
    "Thing.SILENCES": (
        "pausen | sprechpausen | redepausen | stille | die stille | stille stellen | stillen stellen"
        " | stumme stellen"
        " | ruhige stellen | leerlauf | leere stellen | gesprächspausen | denkpausen | lange pausen"
        " | stillen abschnitte"
    ),
    # ---- when
    "When.FIRST": "erst- | allererst- | vorder- | vorderst- | anfänglich-",
    "When.LAST": "letzt- | allerletzt- | hinter- | hinterst- | abschließend-",
    "When.START": (
        "anfang | anfangs | am anfang | zu anfang | an den anfang | beginn | zu beginn | am beginn | start"
        " | am start"
        " | an den start | vorne | vorn | ganz vorne | ganz vorn | ganz am anfang | nach vorne | nach vorn"
        " | ganz nach vorne | ganz nach vorn | ganz an den anfang | an die erste stelle | am anfang des videos"
        " | anfang des videos | beginn des videos | beginnt | startet | intro | linker rand"
        " | anfangen | anfängt | losgehen | losgeht"
    ),
    "When.END": (
        "ende | am ende | zum ende | ans ende | an das ende | ganz ans ende | schluss | am schluss"
        " | zum schluss"
        " | an den schluss | hinten | ganz hinten | nach hinten | ganz nach hinten | ganz am ende | endes"
        " | am ende des videos | ende des videos | outro | an die letzte stelle | endet | rechter rand"
    ),
    "When.MIDDLE": (
        "mitte | in der mitte | mittler- | hälfte der zeit | auf halber strecke | zur halbzeit"
        " | genau in der mitte | mittendrin"
    ),
    "When.FROM": "von | vom | ab | beginnend bei | beginnend ab | angefangen bei | startend bei | seit",
    "When.TO": (
        "bis | bis zu | bis zum | bis zur | bis an | auf | zu | – | — | bis einschließlich | endet bei"
        " | endend bei"
    ),
    "When.BETWEEN": "zwischen | dazwischen | in die lücke",
    "When.AT": (
        "bei | an | beim | bei etwa | bei ungefähr | um ca | genau bei | an der stelle | zum zeitpunkt"
        " | in sekunde"
    ),
    "When.AFTER": (
        "nach | hinter | alles nach | direkt nach | gleich nach | alles hinter | alles ab"
        " | im anschluss an | später als"
    ),
    "When.BEFORE": (
        "vor | bevor | alles vor | direkt vor | kurz vor | alles bis | alles bis zu | alles bis zum | davor"
        " | früher als"
    ),
    "When.FOR": "für | während | über | für die dauer von | für eine dauer von | dauert | lang anzeigen",
    "When.OFF": "vom rand",
    "When.BY": "um",
    "When.EXCEPT": (
        "außer | alles außer | alle außer | abgesehen von | mit ausnahme von | ausgenommen | alles bis auf"
        " | alle bis auf"
    ),
    "When.AT_THE_CUT": "am schnitt | an der schnittstelle | wo der schnitt ist | an der schnittkante",
    "When.BOTH_ENDS": (
        "beide enden | beiden enden | an beiden enden | an beiden seiten | anfang und ende | vorne und hinten"
        " | vorn und hinten | am anfang und am ende | am anfang und ende"
    ),
    "When.EACH": (
        "jeweils | je | pro bild | pro foto | je bild | je foto | jedes bild | jedes foto | pro clip | je clip"
    ),
    "When.EARLIER": "früher | eher | vorher",
    "When.LATER": "später | verzöger~",
    # ---- where
    "Where.CENTER": (
        "mittig | zentriert | zentrum | im zentrum | in die mitte | in die bildmitte | in der bildmitte"
        " | bildmitte"
        " | in der mitte des bildes | in der mitte des bildschirms | mitte des bildes"
    ),
    "Where.TOP": (
        "oben | nach oben | ganz oben | ganz nach oben | oben mittig | am oberen rand | an den oberen rand"
        " | oberen rand | oberer rand"
    ),
    "Where.BOTTOM": (
        "unten | nach unten | ganz unten | ganz nach unten | unten mittig | am unteren rand"
        " | an den unteren rand | unteren rand | unterer rand"
    ),
    "Where.LEFT": (
        "links | nach links | linke seite | linken seite | auf der linken seite | auf die linke seite"
        " | am linken rand | linken rand"
    ),
    "Where.RIGHT": (
        "rechts | nach rechts | rechte seite | rechten seite | auf der rechten seite | auf die rechte seite"
        " | am rechten rand | rechten rand"
    ),
    "Where.TOP_LEFT": (
        "oben links | links oben | nach oben links | nach links oben | linke obere ecke | linken oberen ecke"
        " | obere linke ecke | oberen linken ecke | obere linke | oberen linken"
    ),
    "Where.TOP_RIGHT": (
        "oben rechts | rechts oben | nach oben rechts | nach rechts oben | rechte obere ecke"
        " | rechten oberen ecke"
        " | obere rechte ecke | oberen rechten ecke | obere rechte | oberen rechten"
    ),
    "Where.BOTTOM_LEFT": (
        "unten links | links unten | nach unten links | nach links unten | linke untere ecke"
        " | linken unteren ecke"
        " | untere linke ecke | unteren linken ecke | untere linke | unteren linken"
    ),
    "Where.BOTTOM_RIGHT": (
        "unten rechts | rechts unten | nach unten rechts | nach rechts unten | rechte untere ecke"
        " | rechten unteren ecke"
        " | untere rechte ecke | unteren rechten ecke | untere rechte | unteren rechten"
    ),
    "Where.CORNER": "ecke | in die ecke | in der ecke | in eine ecke",
    # ---- shapes and looks
    "Shape.VERTICAL": (
        "hochformat | hochkant | im hochformat | ins hochformat | als hochformat | hochkantvideo | vertikal-"
        " | senkrecht-"
        " | tiktok | für tiktok | reels | für reels | shorts | für shorts | story | stories"
        " | für instagram stories"
    ),
    "Shape.SQUARE": "quadratisch- | quadrat | als quadrat | quadratformat | im quadrat",
    "Shape.LANDSCAPE": (
        "querformat | im querformat | ins querformat | als querformat | breitbild | für youtube | waagerecht-"
    ),
    "Shape.COVER": (
        "bildfüllend- | formatfüllend- | ausfüllen | ausfüllend- | fülle … aus | füll … aus"
        " | ohne schwarze balken"
        " | keine schwarzen balken | ohne balken | fülle das bild | randlos"
    ),
    "Shape.BLUR": (
        "unscharfer hintergrund | unscharfen hintergrund | unscharfem hintergrund | hintergrund unscharf"
        " | verschwommener hintergrund | verschwommenen hintergrund | verschwommenem hintergrund"
        " | hintergrund verschwommen | weichgezeichneter hintergrund | weichgezeichnetem hintergrund"
        " | weichgezeichneten hintergrund | unscharfe ränder | unscharfen rändern"
    ),
    "Shape.CONTAIN": (
        "schwarze balken | schwarzen balken | mit balken | mit schwarzen balken | letterbox"
        " | ganzes bild zeigen"
        " | das ganze bild zeigen | nichts abschneiden | ohne zuschneiden | ohne zu beschneiden"
    ),
    "Look.GRAYSCALE": (
        "schwarzweiß | schwarz-weiß | schwarz weiß | schwarz und weiß | s/w | sw | graustufen | monochrom"
        " | farblos"
        " | ohne farbe | in schwarzweiß | in schwarz-weiß | in graustufen"
    ),
    "Look.SEPIA": "sepia | sepiafarben | altes foto | alten foto",
    "Look.WARM": "warm- | wärmer | wärmere | wärmeren | warme farben | goldig",
    "Look.COOL": "kühl- | kühler | kälter | kalt- | kühle farben | bläulich-",
    "Look.CINEMATIC": "filmisch- | kinolook | kino-look | filmlook | wie im kino | cinematic | kinohaft",
    "Look.VINTAGE": (
        "vintage | retro | nostalgisch- | altmodisch- | alter film | alten film | wie früher | 80er | 70er"
        " | 90er"
    ),
    "Look.VIVID": (
        "lebendig- | lebendiger | kräftiger | kräftige farben | leuchtend- | farbenfroh- | knallig-"
        " | knalliger"
    ),
    "Look.BLUR": (
        "unscharf- | unschärfe | weichzeichnen | weichgezeichnet | verschwommen- | verwisch~ | zeichne … weich"
        " | unschärfer"
    ),
    "Look.SHARPEN": (
        "schärfer | schärfen | schärf~ | schärfe … nach | nachschärfen | scharfzeichnen | scharf- | knackiger"
    ),
    "Look.VIGNETTE": "vignette | dunkle ränder | dunkle ecken | dunklen rändern",
    "Look.BRIGHTER": (
        "heller | aufhellen | helle … auf | hell … auf | aufgehellt | helligkeit | zu dunkel | etwas zu dunkel"
        " | mehr licht"
        " | hell- | aufzuhellen"
    ),
    "Look.DARKER": (
        "dunkler | abdunkeln | dunkle … ab | dunkel … ab | abgedunkelt | verdunkel~ | zu hell | etwas zu hell"
    ),
    "Look.MORE_CONTRAST": (
        "mehr kontrast | kontrast | kontrastreicher | höherer kontrast | höheren kontrast | kontrast erhöhen"
    ),
    "Look.LESS_CONTRAST": "weniger kontrast | kontrastärmer | kontrast verringern | geringerer kontrast | flacher",
    "Look.MORE_COLOUR": (
        "mehr farbe | satter | sattere farben | mehr sättigung | sättigung | gesättigter | farbiger | bunter"
        " | zu blass | wirkt blass"
        " | sieht blass aus"
        " | sieht flau aus | sieht ausgewaschen aus"
    ),
    "Look.LESS_COLOUR": (
        "weniger farbe | weniger sättigung | entsättig~ | entsättigt | zu bunt | blasser | ausgewaschen"
    ),
    "Look.SOFT": "weicher | weichzeichner | weiches bild | weichen look | verträumt- | weicher look",
    "Blend.CROSSFADE": (
        "überblenden | überblendung | überblend~ | überblendungen | kreuzblende | kreuzblenden | weiche blende"
        " | weicher übergang | weichen übergang | weiche übergänge | weichen übergängen | weiche überblendung"
        " | weiche überblendungen | sanfte übergänge | sanfter übergang | sanften übergang | crossfade"
        " | blende über"
        " | blende … über | übergehen | übergehen lassen | ineinander übergehen"
    ),
    "Blend.DIP_BLACK": "schwarzblende | schwarzblenden | über schwarz | durch schwarz | abblende",
    "Blend.DIP_WHITE": "weißblende | weißblenden | über weiß | weißblitz | blitz",
    "Blend.WIPE": "wischblende | wischblenden | wischen | wischer | wischeffekt | wipe",
    "Blend.SLIDE": "schiebeblende | schiebeblenden | schiebeeffekt | hineinschieben | hereinschieben",
    "Blend.CIRCLE": "kreisblende | kreisblenden | irisblende | kreis | kreisförmig-",
    # ---- how much
    "Degree.A_BIT": (
        "ein bisschen | ein wenig | etwas | leicht | ein klein wenig | ein kleines bisschen | bisschen"
        " | minimal | einen tick"
        " | ein stückchen | geringfügig | n bisschen | sanft"
    ),
    "Degree.MUCH": "viel | deutlich | sehr | stark | wesentlich | erheblich | richtig | extrem | total | weitaus",
    "Degree.HALF": "halb- | hälfte | die hälfte | um die hälfte | auf die hälfte | zur hälfte | um eine hälfte",
    "Degree.THIRD": "drittel | ein drittel | um ein drittel | einem drittel",
    "Degree.QUARTER": "viertel | ein viertel | um ein viertel | einem viertel",
    "Degree.DOUBLE": "doppelt- | das doppelte | verdoppel~ | verdopple",
    "Degree.SOFTLY": "leise | ganz leise | dezent | nicht zu laut | nicht so laut",
    "Degree.LONGER": "länger | verlängern | verlänger~ | zu kurz | etwas zu kurz | ausdehnen | dehne … aus",
    "Degree.LESS": "weniger | geringer",
    "Degree.BOLD": "fett | fettgedruckt | fetter | in fett | fettschrift",
    "Degree.OUTLINED": "umrandung | mit umrandung | umrandet- | kontur | mit kontur | outline | umriss | mit umriss",
    "Degree.SHADOWED": "schatten | mit schatten | schlagschatten | mit schlagschatten",
    "Degree.ITALIC": "kursiv- | schräg-",
    # ---- how loud, by where it is heard
    "Standard.STREAMING": (
        "für streaming | für spotify | streaming-lautheit | youtube-lautheit | für streamingdienste"
    ),
    "Standard.PODCAST": (
        "für podcasts | für podcast | für einen podcast | für den podcast | für meinen podcast"
        " | podcast-lautheit"
    ),
    "Standard.BROADCAST": (
        "für rundfunk | fürs fernsehen | für das fernsehen | für tv | sendepegel | ebu r128 | ebu r 128 | r128"
    ),
    # ---- questions
    "Ask.WHAT": "was | was ist | was sind | was steht | was für",
    "Ask.WHERE": "wo | wo ist | wo sind",
    "Ask.WHEN": "wann | bei welcher sekunde | ab wann | zu welchem zeitpunkt",
    "Ask.HOW": "wie | wie kann ich | wie geht | warum | wieso | weshalb",
    "Ask.HOW_LONG": (
        "wie lang | wie lange | wie lang ist | wie lange dauert | welche länge | welche dauer"
        " | wie viele sekunden"
        " | wieviele sekunden | wie viele minuten | gesamtlänge ist | wie lang sind"
    ),
    "Ask.HOW_MANY": "wie viele | wieviele | wie viel | wieviel | wie hoch",
    "Ask.HOW_LOUD": "wie laut | wie leise",
    "Ask.HOW_FAST": "wie schnell | wie langsam",
    "Ask.WHICH": "welch-",
    "Ask.LONGEST": "längst- | am längsten",
    "Ask.SHORTEST": "kürzest- | am kürzesten",
    "Ask.WHETHER": (
        "ist | sind | hat | gibt es | hast du | habe ich | habt ihr | war | waren | wurde | wurden | ob"
    ),
    "Ask.ABILITIES": (
        "was kannst du | was kannst du alles | was kannst du tun | was kann ich sagen | was kann ich machen"
        " | was kann man sagen | hilfe | help | welche befehle | was geht alles | wie funktioniert das"
        " | was machst du"
        " | was ist möglich | zeig mir deine befehle | was verstehst du | welche funktionen"
    ),
    # ---- what cannot be done
    "Beyond.DUB": "synchronisier~ | synchronisation | synchronstimme | lippensynchron | nachsynchronisieren",
    "Beyond.VOICE": (
        "voiceover | voice-over | sprecherstimme | sprecherin | erzähler | erzählstimme | vorlesen | lies … vor"
        " | sprachausgabe | text zu sprache | stimme klonen | klone meine stimme | andere stimme"
        " | roboterstimme"
        " | kommentarstimme"
    ),
    "Beyond.GENERATE": (
        "generier~ | ki-video | ki | ki-bild | erzeug~ | erstelle ein video über | erstelle ein video von"
        " | erfind~"
        " | komponier~ | schreib mir ein lied | schreibe ein drehbuch | drehbuch | deepfake"
    ),
    "Beyond.ANIMATE": (
        "animier~ | animation | animiert | zum leben erwecken | erwecke … zum leben | zeichentrick | cartoon"
        " | anime"
        " | comic | ölgemälde | tanzen | zum tanzen bringen"
    ),
    "Beyond.FACE": (
        "gesicht | gesichter | gesichtern | gesicht tauschen | gesichter verpixeln | verpixel~ | haut | lächeln"
        " | augen | haare | jünger | schlanker"
    ),
    "Beyond.TRANSCRIBE": (
        "automatische untertitel | automatischen untertiteln | untertitel automatisch | transkribier~"
        " | transkript"
        " | transkription | spracherkennung | was gesagt wird | was ich sage | was er sagt | was sie sagt"
        " | untertitel generieren | untertitel erzeugen"
    ),
    "Beyond.TRANSLATE": (
        "übersetz~ | übersetzung | ins englische | ins deutsche | ins französische | ins spanische"
        " | auf englisch"
        " | auf spanisch | auf französisch"
    ),
    "Beyond.HIGHLIGHTS": (
        "highlights | highlight | beste momente | besten momente | beste szenen | besten szenen"
        " | besten stellen"
        " | spannendsten | interessantesten | lustigsten | langweiligen stellen"
    ),
    "Beyond.FILLERS": "füllwörter | ähms | ähs | äh und ähm",
    "Beyond.ERASE": (
        "person entfernen | personen entfernen | entferne die person | entferne die leute | objekt entfernen"
        " | entferne den mann | entferne die frau | entferne das auto | menschen entfernen"
        " | entferne den hintergrund"
    ),
    "Beyond.STABILIZE": "stabilisier~ | verwackelt | wackelt | bildstabilisierung | entwackel~ | ruckelt",
    "Beyond.DENOISE": (
        "entrausch~ | rauschen | störgeräusche | hintergrundgeräusche | hintergrundrauschen"
        " | rauschunterdrückung"
        " | ton verbessern | hochskalieren"
    ),
    "Beyond.PUBLISH": (
        "veröffentlich~ | posten | poste | auf youtube hochladen | auf tiktok hochladen"
        " | auf instagram hochladen"
        " | lade es auf youtube hoch | lade es bei youtube hoch | bei youtube hochladen | per mail schicken"
        " | auf youtube stellen"
    ),
    "Beyond.CUTOUT": (
        "greenscreen | green screen | freistellen | chroma key | im takt | zum takt | zum beat"
        " | bewegungsverfolgung"
        " | verfolg~ | virtueller hintergrund | 3d"
    ),
    "Beyond.SHRINK": "komprimier~ | kleinere datei | datei kleiner | dateigröße verringern | kleinere dateigröße",
    "Beyond.FORMAT": "gif | als gif | webm | avi | mkv | prores",
    "Beyond.RAMP": (
        "geschwindigkeitsrampe | allmählich schneller | allmählich langsamer | immer schneller | immer langsamer"
        " | nach und nach schneller | nach und nach langsamer"
    ),
    "Beyond.FONT": (
        "serifenschrift | serifenlose schrift | handschrift | schreibschrift | schnörkelschrift | arial | helvetica"
        " | times new roman | comic sans | andere schriftart | anderer schriftart | andere schrift | schönere schrift"
    ),
    "Beyond.MOTION": (
        "buchstabe für buchstabe | wort für wort | einfliegen | hereinfliegen | reinfliegen | laufschrift | lauftext"
        " | durchlaufend | wackelnd | hüpfend"
    ),
    "Beyond.EFFECT": "glitch | glitch-effekt | filmkorn | körnung | seite umblättern | lichtreflexe",
    "Beyond.TONE": (
        "jünger klingen | älter klingen | tiefer klingen | höher klingen | tiefere stimme | höhere stimme | tonhöhe"
        " | stimme verstellen | stimme verzerren"
    ),
    "Beyond.SPLIT_SCREEN": "splitscreen | split screen | split-screen | geteilter bildschirm | beide gleichzeitig",
    "Beyond.SPLIT_EDIT": "j-cut | l-cut | j cut | l cut | j-schnitt | l-schnitt",
    "Beyond.PROJECT": (
        "projekt löschen | lösche das projekt | lösch das projekt | lösche dieses projekt | projekt umbenennen"
        " | benenne das projekt | nenne das projekt | projekt kopieren | kopiere das projekt | projekt speichern"
        " | speichere das projekt | neues projekt | anderes projekt | projekt schließen"
    ),
    "Beyond.VERSIONS": (
        "zwei versionen | mehrere versionen | verschiedene versionen | drei versionen | andere version"
    ),
    # ---- joints and the rest
    "Join.THEN": (
        "dann | und dann | danach | danach noch | anschließend | und danach | zuletzt | schließlich | als nächstes"
        " | zum schluss noch"
        " | und anschließend"
    ),
    "Join.AND": (
        "und | sowie | außerdem | plus | & | + | aber | zusätzlich | und außerdem | und auch | ebenso"
        " | dazu noch"
    ),
    "Particle.IN": "rein | hinein | herein",
    "Particle.OUT": "aus | heraus",
    "Particle.UP": "hoch | rauf | hinauf",
    "Particle.DOWN": "runter | herunter | hinunter",
    "Filler.NOT": (
        "nicht | kein- | ohne | nie | niemals | bloß nicht | noch nicht | nicht mehr | gar nicht"
        " | überhaupt nicht"
    ),
    "Filler.CORRECTION": (
        "ach ne | ach nee | nee doch | ne doch"
        " | nein doch | ach nein | moment nein | nein warte | nein moment | ich meine | ich meinte"
        " | meinte ich | meine ich"
        " | beziehungsweise"
        " | äh nein | korrektur | quatsch | ach quatsch | besser gesagt | vielmehr | nein nicht | sorry nein"
    ),
    "Filler.RATHER": "statt | anstatt | anstelle von | anstelle des | anstelle der | statt des | statt der",
    "Filler.YET": "noch | vorerst | erstmal | gerade",
    "Filler.DISLIKE": (
        "gefällt mir nicht | mag ich nicht | ich mag nicht | finde ich nicht gut | ist hässlich"
        " | sieht schlecht aus"
        " | sieht nicht gut aus | zu lang | etwas zu lang | zieht sich | ist langweilig"
        " | verschwindet zu schnell"
        " | ist zu schnell weg | bleibt zu kurz | nervt"
    ),
    "Filler.VAGUE": (
        "schöner | besser | cooler | aufpeppen | peppe … auf | pepp … auf | bearbeite das video"
        " | schneide das video schön"
        " | mach was draus | mach etwas draus | professionell- | professioneller | hübscher | verbesser~"
        " | optimier~"
        " | schick | toll | cool | ansprechend- | interessanter | spannender | irgendwas | irgendetwas"
        " | überrasch~ mich"
        " | schneide das video | bearbeite es | moderner | kreativ- | dynamisch- | dynamischer | stimmungsvoll-"
    ),
    "Filler.WORD": (
        "wenn nicht | falls nicht | noch was | noch etwas | noch eine sache | eine sache noch | eins noch"
        " | ach ja | übrigens"
        " | der reihe nach | hintereinander | nacheinander"
        " | der | die | das | den | dem | des | ein | eine | einen | einem | einer | eines | bitte | mal | doch"
        " | ja | halt"
        " | nun | jetzt | bitte mal | ich | du | mir | mich | dir | dich | wir | uns | mein- | dein- | sein-"
        " | unser-"
        " | ihr- | euer | euch | ihnen | er | man | kann | kannst | kannst du | könnte | können | könnt"
        " | könntest | möchte"
        " | möchten | würde"
        " | würdest | will | wollen | wollte | darf | dürfen | muss | müssen | müsste | wird | würden | sein"
        " | bin | war"
        " | wäre | hätte | hätten | habe | haben | habt | gern | gerne | lieber | lass | lasse"
        " | lassen | lässt"
        " | mit | in | im | ins | am | aus dem | so | dass | wenn | weil | da | damit | dort | hier | dran"
        " | drauf | drin"
        " | dazu | darauf | auch | nur | einfach | eben | schon | immer | wieder | einmal | zuerst | etwa"
        " | ungefähr | circa"
        " | ca | genau | direkt | gleich | komplett | vollständig | ganz genau | völlig | insgesamt | hallo"
        " | hi | hey"
        " | moin | danke | dankeschön | vielen dank | okay | ok | gut | super | prima | alles klar | na | also"
        " | tja | hm"
        " | ähm | äh | oh | ah | nein | nee | ups | sorry | entschuldigung | bitteschön | bisher | aktuell-"
        " | normal-"
        " | original | gewohnt | sekunde lang | sekunden lang | lang | lange | langen | kurz- | klein-"
        " | groß- | neu-"
        " | eigen- | anders | ander- | farbe | farben | farblich | größe | stil | art | weise | sache | ding"
        " | dinge"
        " | punkt | zeit | zeitpunkt | marke | ungefähren | gesetzt | gemacht | angezeigt | gezeigt | zu sehen"
        " | sichtbar"
        " | erscheint | erscheinen | auftauch~ | stehen | steh~ | eingestellt | sofort | möglichst"
        " | wenn möglich | eine art"
        " | per | mittels | durch | namen | dort wo | was du | wie folgt | folgend- | alles in allem | passt"
        " | reicht"
        " | in ordnung | perfekt | sieht gut aus | klingt gut | das wars | das war's | fertig | ordentlich"
        " | vielleicht"
        " | eventuell | natürlich | bitte sehr | jemand | leute | zuschauer | ruhig | mach bitte | dafür"
        " | dabei | davon"
        " | als | sodass | so dass | hin | her"
        " | stattdessen | erst | wieder bunt | wieder farbig"
    ),
}  # fmt: skip

COLOURS: dict[str, str] = {
    "weiß": "#ffffff", "weiße": "#ffffff", "weißen": "#ffffff", "weißer": "#ffffff", "weißes": "#ffffff",
    "weißem": "#ffffff", "schwarz": "#000000", "schwarze": "#000000", "schwarzen": "#000000",
    "schwarzer": "#000000", "schwarzes": "#000000", "schwarzem": "#000000", "rot": "#ff0000", "rote": "#ff0000",
    "roten": "#ff0000", "roter": "#ff0000", "rotes": "#ff0000", "rotem": "#ff0000", "grün": "#00c853",
    "grüne": "#00c853", "grünen": "#00c853", "grüner": "#00c853", "grünes": "#00c853", "blau": "#2979ff",
    "blaue": "#2979ff", "blauen": "#2979ff", "blauer": "#2979ff", "blaues": "#2979ff", "blauem": "#2979ff",
    "gelb": "#ffeb3b", "gelbe": "#ffeb3b", "gelben": "#ffeb3b", "gelber": "#ffeb3b", "gelbes": "#ffeb3b",
    "orange": "#ff9800", "orangen": "#ff9800", "rosa": "#ff4081", "pink": "#ff4081", "lila": "#9c27b0",
    "violett": "#9c27b0", "grau": "#9e9e9e", "graue": "#9e9e9e", "grauen": "#9e9e9e", "grauer": "#9e9e9e",
    "graues": "#9e9e9e", "gold": "#ffd700", "golden": "#ffd700", "goldene": "#ffd700", "goldenen": "#ffd700",
    "silber": "#c0c0c0", "silbern": "#c0c0c0", "türkis": "#00bcd4", "cyan": "#00bcd4", "braun": "#795548",
    "braune": "#795548", "braunen": "#795548", "dunkelblau": "#1a237e", "marineblau": "#1a237e",
}  # fmt: skip

# How a colour is called that is lighter, or below zero darker.
SHADES: dict[str, float] = {"hell": 0.5, "blass": 0.6, "knall": 0.0, "dunkel": -0.45, "tief": -0.35}

# How often a word is used, in `language/ordinary.py`, that no slip is seen in.
ORDINARY = 50
