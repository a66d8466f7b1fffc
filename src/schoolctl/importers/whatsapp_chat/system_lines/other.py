"""WhatsApp's own lines in further interface languages: only what the structure of an export cannot tell."""

from __future__ import annotations

from typing import Final

from schoolctl.importers.whatsapp_chat.system_lines.phrases import SystemPhrases

_GERMAN = SystemPhrases(
    media=("(?:bild|video|audio|sticker|gif|dokument|medien) (?:weggelassen|ausgeschlossen)",),
    contact=("kontaktkarte (?:weggelassen|ausgelassen)",),
    attached=("datei angehängt",),
    deleted=(
        "diese nachricht wurde gelöscht",
        "du hast diese nachricht gelöscht",
        "diese nachricht wurde von admin .+",
    ),
    calls=("verpasster (?:gruppen-?)?(?:sprach|video)?anruf",),
    polls=("umfrage",),
    locations=("standort", "live-standort(?: wird geteilt)?"),
    notices=("nachrichten und anrufe sind ende-zu-ende",),
    events=(" hat .{1,80}(?:hinzugefügt|entfernt|geändert|erstellt|verlassen)$",),
    edited=("diese nachricht wurde bearbeitet",),
)
_SPANISH = SystemPhrases(
    media=("(?:imagen|video|audio|sticker|gif|documento) omitid[oa]", "multimedia omitido"),
    contact=("tarjeta de contacto omitida",),
    attached=("archivo adjunto",),
    deleted=("se eliminó este mensaje", "eliminaste este mensaje", "este mensaje fue eliminado"),
    calls=("(?:llamada|videollamada) (?:de voz |grupal )?perdida",),
    polls=("encuesta",),
    locations=("ubicación", "ubicación en tiempo real(?: compartida)?"),
    notices=("los mensajes y las llamadas están cifrados",),
    events=(" (?:añadió a|agregó a|eliminó a|creó el grupo|cambió el|salió del grupo)",),
    edited=("se editó este mensaje",),
)
_FRENCH = SystemPhrases(
    media=("(?:image|vidéo|audio|sticker|gif|document) (?:absente?|omise?)", "médias omis"),
    contact=("fiche contact absente",),
    attached=("fichier joint",),
    deleted=("ce message a été supprimé", "vous avez supprimé ce message"),
    calls=("appel (?:vocal|vidéo) manqué",),
    polls=("sondage",),
    locations=("localisation", "emplacement", "localisation en direct partagée"),
    notices=("les messages et les appels sont chiffrés",),
    events=(" (?:a ajouté|a retiré|a créé le groupe|a changé|a quitté|est parti)",),
    edited=("ce message a été modifié",),
)
_PORTUGUESE = SystemPhrases(
    media=("(?:imagem|vídeo|áudio|figurinha|sticker|gif|documento) (?:ocult|omitid)[oa]", "mídia oculta"),
    contact=("cartão do contato omitido",),
    attached=("arquivo anexado", "ficheiro anexado"),
    deleted=("mensagem apagada", "ess?t?a mensagem foi apagada", "você apagou esta mensagem", "apagou esta mensagem"),
    calls=("(?:chamada|ligação) de (?:voz|vídeo) perdida",),
    polls=("enquete", "sondagem"),
    locations=("localização", "localização em tempo real"),
    notices=("as mensagens e as? (?:chamadas|ligações) são",),
    edited=("mensagem editada", "esta mensagem foi editada"),
)
_ITALIAN = SystemPhrases(
    media=("(?:immagine|video|audio|sticker|gif|documento) omess[oa]", "media omessi"),
    contact=("scheda contatto omessa",),
    attached=("file allegato",),
    deleted=("questo messaggio è stato eliminato", "hai eliminato questo messaggio"),
    calls=("(?:chiamata|videochiamata) (?:vocale )?persa",),
    polls=("sondaggio",),
    locations=("posizione", "posizione attuale condivisa"),
    notices=("i messaggi e le chiamate sono",),
    edited=("questo messaggio è stato modificato",),
)
_TURKISH = SystemPhrases(
    media=("(?:görüntü|fotoğraf|video|ses|çıkartma|gif|belge|medya) dahil edilmedi",),
    contact=("kişi kartı dahil edilmedi",),
    attached=("dosya ekli", "dosya eklendi"),
    deleted=("bu mesaj silindi", "bu mesajı sildiniz", "bu mesaj .{1,90} tarafından silindi"),
    calls=("cevapsız (?:sesli|görüntülü) arama",),
    polls=("anket",),
    locations=("konum", "canlı konum(?: paylaşıldı)?"),
    notices=("mesajlar ve aramalar uçtan uca",),
    edited=("bu mesaj düzenlendi",),
)
_UZBEK = SystemPhrases(
    media=("(?:rasm|video|audio|stiker|gif|hujjat|media) (?:tushirib qoldirilgan|qoldirildi|kiritilmagan)",),
    attached=("fayl biriktirildi", "fayl ilova qilindi", "fayl biriktirilgan"),
    deleted=(
        "(?:ushbu|bu) xabar o'chirildi",
        "(?:ushbu|bu) xabar o'chirilgan",
        "siz (?:ushbu|bu) xabarni o'chirdingiz",
    ),
    edited=("(?:ushbu|bu) xabar (?:tahrirlandi|tahrirlangan|o'zgartirildi)",),
)
_KYRGYZ = SystemPhrases(
    media=("(?:медиа|сүрөт|видео|аудио|стикер|gif|документ) (?:кошулган эмес|кошулбаган|жок)",),
    attached=("файл тиркелди", "файл кошулду"),
    deleted=("бул билдирүү (?:өчүрүлдү|өчүрүлгөн|жок кылынды)", "сиз бул билдирүүнү өчүрдүңүз"),
    edited=("бул билдирүү (?:өзгөртүлдү|өзгөртүлгөн|түзөтүлдү)",),
)
_UKRAINIAN = SystemPhrases(
    media=(
        "(?:зображення|фото|відео|аудіо|стікер|наліпка|gif|документ|медіафайл) (?:пропущено|відсутн.{1,2})",
        "без медіа",
    ),
    attached=("файл додано", "файл долучено"),
    deleted=("(?:це )?повідомлення (?:було )?видалено", "ви видалили це повідомлення"),
    calls=("пропущений (?:аудіо|відео|голосовий )?(?:дзвінок|виклик)",),
    notices=("повідомлення (?:й|та|і) (?:дзвінки|виклики) .{0,30}захищен",),
    edited=("(?:це )?повідомлення (?:було )?(?:змінено|відредаговано)",),
)
_DUTCH = SystemPhrases(
    media=("(?:afbeelding|video|audio|sticker|gif|document|media) weggelaten",),
    attached=("bestand bijgevoegd",),
    deleted=("dit bericht is verwijderd", "dit bericht werd verwijderd", "u hebt dit bericht verwijderd"),
    calls=("gemiste (?:spraak|video)?oproep",),
    notices=("berichten en (?:oproepen|gesprekken) (?:zijn|worden)",),
    edited=("dit bericht is bewerkt",),
)
_ARABIC_AND_PERSIAN = SystemPhrases(
    attached=("الملف مرفق", "پرونده پیوست شده", "فایل پیوست شده"),
    deleted=("تم حذف هذه الرسالة", "لقد حذفت هذه الرسالة", "این پیام حذف شد(?:ه است)?", "این پیام را حذف کردید"),
    edited=("تم تعديل هذه الرسالة", "این پیام ویرایش شد(?:ه است)?"),
)
_CHINESE = SystemPhrases(
    media=("(?:图像|圖片|视频|影片|音频|音訊|贴图|貼圖|文档|文件)(?:已忽略|已略去|已省略)",),
    attached=("文件附件", "檔案附件", "附件"),
    deleted=(
        "[这這此][条則则個个]?[消訊]息已[被經]?[删刪]除",
        "[您你]已?[删刪]除了?[这此這][条則则]?[消訊]息",
        "消息已删除",
    ),
    calls=("未接(?:语音|視訊|语音通话|视频)?(?:来电|通話|通话)",),
    edited=("[消訊]息已[编編][辑輯]", "[这此這][条則则]?[消訊]息已[编編][辑輯]"),
)
_JAPANESE = SystemPhrases(
    media=("(?:画像|動画|音声|スタンプ)は含まれていません",),
    attached=("ファイルが添付されました", "添付ファイル"),
    deleted=("このメッセージは削除されました", "このメッセージを削除しました"),
    calls=("不在着信", "ビデオ通話の不在着信"),
    edited=("このメッセージは編集されました",),
)
_KOREAN = SystemPhrases(
    attached=("파일 첨부됨?",),
    deleted=("(?:이 메시지는 )?삭제된 메시지입니다", "이 메시지는 삭제되었습니다"),
    calls=("부재중 (?:음성|영상) ?통화",),
    edited=("(?:이 )?메시지[는가] 수정되었습니다",),
)
_FURTHER = SystemPhrases(
    deleted=(
        "pesan ini (?:telah )?dihapus",
        "anda (?:telah )?menghapus pesan ini",
        "यह (?:मैसेज|संदेश) (?:मिटाया|डिलीट कर दिया) गया(?: है)?",
        "הודעה זו נמחקה",
        "מחקת הודעה זו",
        "ta wiadomość została usunięta",
        "tin nhắn này đã bị xóa",
    ),
    attached=("file terlampir", "फ़ाइल संलग्न है", "הקובץ מצורף", "plik dołączony", "tệp đính kèm"),
    edited=("pesan ini (?:telah )?diedit", "ההודעה נערכה", "edytowano tę wiadomość"),
)

TABLES: Final = (
    _GERMAN, _SPANISH, _FRENCH, _PORTUGUESE, _ITALIAN, _TURKISH, _UZBEK, _KYRGYZ, _UKRAINIAN, _DUTCH,
    _ARABIC_AND_PERSIAN, _CHINESE, _JAPANESE, _KOREAN, _FURTHER,
)  # fmt: skip
