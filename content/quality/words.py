"""How words are compared, and link texts that say nothing, in the site's languages."""

from __future__ import annotations

import re
import unicodedata

# Turkish writes a dotless i, which no decomposition makes an i; the others are letters of their own as well.
_LETTERS = str.maketrans({"ı": "i", "đ": "d", "ł": "l", "ς": "σ"})


def plain(text: str) -> str:
    """The text in small letters, without accents, punctuation, arrows and doubled spaces."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_LETTERS))
    kept = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", kept).strip()


# By language: phrases that say "a link is here" and not where it leads.
_EMPTY_LINKS = {
    "en": "click here|here|read more|more|learn more|find out more|see more|view more|more info|more information|"
    "details|more details|this|this link|link|this page|this website|website|go|continue|download|see here|view|open",
    "sq": "kliko këtu|klikoni këtu|këtu|lexo më shumë|lexoni më shumë|më shumë|shiko më shumë|mëso më shumë|lidhja|"
    "kjo faqe|shkarko|shkarkoni|detaje",
    "bs hr sr-latn cnr": "kliknite ovdje|kliknite ovde|klikni ovdje|klikni ovde|ovdje|ovde|više|pročitaj više|"
    "pročitajte više|opširnije|saznaj više|saznajte više|vidi više|pogledaj više|detaljnije|link|poveznica|"
    "ova stranica|preuzmi|preuzmite|detalji",
    "sr": "кликните овде|кликни овде|овде|више|прочитај више|прочитајте више|опширније|сазнај више|сазнајте више|"
    "види више|детаљније|линк|веза|ова страница|преузми|преузмите",
    "bg": "щракнете тук|кликнете тук|натиснете тук|тук|още|повече|прочети повече|прочетете повече|научи повече|"
    "научете повече|виж още|виж повече|вижте повече|линк|връзка|тази страница|изтегли|изтеглете|подробности",
    "el": "κάντε κλικ εδώ|πατήστε εδώ|κλικ εδώ|εδώ|περισσότερα|διαβάστε περισσότερα|μάθετε περισσότερα|"
    "δείτε περισσότερα|σύνδεσμος|αυτή η σελίδα|λήψη|κατεβάστε|λεπτομέρειες",
    "hu": "kattintson ide|kattints ide|ide kattintva|itt|ide|tovább|bővebben|olvass tovább|olvasson tovább|"
    "további információ|további részletek|részletek|link|ez az oldal|letöltés|még több",
    "ro": "apăsați aici|click aici|clic aici|faceți clic aici|faceți click aici|dați click aici|aici|mai mult|"
    "mai multe|citește mai mult|citește mai multe|citiți mai mult|citiți mai multe|află mai multe|aflați mai multe|"
    "vezi mai mult|vedeți mai mult|detalii|link|legătura|această pagină|descarcă|descărcați",
    "mk": "кликнете тука|кликни тука|кликнете овде|тука|овде|повеќе|прочитај повеќе|прочитајте повеќе|"
    "дознај повеќе|дознајте повеќе|види повеќе|линк|врска|оваа страница|преземи|преземете|детали",
    "tr": "buraya tıklayın|buraya tıkla|tıklayın|tıkla|burada|buradan|buraya|devamı|devamını oku|devamını okuyun|"
    "daha fazla|daha fazla bilgi|daha fazlası|ayrıntılar|detaylar|link|bağlantı|bu sayfa|indir|indirin",
}

EMPTY_LINKS = frozenset(plain(phrase) for phrases in _EMPTY_LINKS.values() for phrase in phrases.split("|"))

# Descriptions that name the medium and not what is to be seen.
_EMPTY_ALTS = (
    "image|photo|photograph|picture|pic|graphic|illustration|logo|icon|chart|map|banner|screenshot|untitled|"
    "foto|fotografi|imazh|pamje|slika|fotografija|grafika|слика|фотографија|графика|снимка|изображение|картина|"
    "εικόνα|φωτογραφία|γραφικό|kép|fénykép|fotó|ábra|imagine|fotografie|poză|grafic|resim|fotoğraf|görsel|grafik"
)

EMPTY_ALTS = frozenset(plain(word) for word in _EMPTY_ALTS.split("|"))
