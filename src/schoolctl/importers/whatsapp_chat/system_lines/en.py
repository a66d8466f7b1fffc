"""WhatsApp's own lines in English."""

from __future__ import annotations

from schoolctl.importers.whatsapp_chat.system_lines.phrases import SystemPhrases

_MEDIA = "media|image|photo|picture|video|video note|audio|voice message|sticker|gif|document|file"

_CALL_RESULT = r"no answer|answered|declined|ended|click to call back|tap to call back|\d+ \w{1,7}"

PHRASES = SystemPhrases(
    # "null" is what Android leaves of a picture that may be seen once.
    media=(f"(?:{_MEDIA}) (?:omitted|not included)", "null", "view once (?:photo|video|voice message)(?: omitted)?"),
    contact=("contact card omitted",),
    attached=("file attached",),
    deleted=(
        "(?:this )?message was deleted(?: by (?:an )?admin.{0,90})?",
        "you deleted this message(?: as admin| for .{0,60})?",
    ),
    calls=(
        f"(?:missed |silenced |declined )?(?:group )?(?:voice|video|audio) call(?:[.,]? (?:{_CALL_RESULT}))*",
        r"(?:missed )?(?:group )?call (?:ended|started)",
    ),
    waiting=("waiting for this message.{0,80}",),
    polls=("poll",),
    locations=("location", "live location", "live location shared"),
    notices=(
        "messages and calls are end-to-end encrypted",
        "messages (?:you send )?to this (?:chat|group) and calls are now secured",
        "messages to this (?:chat|group) are now secured",
        "your messages and calls .{0,60}end-to-end encrypted",
        "disappearing messages (?:were|are) turned (?:on|off)",
        "your security code with .{0,80}changed",
        r"this (?:chat is with a business|business (?:account|is now|works|uses)|is a business)",
    ),
    events=(
        r" (?:added|removed) (?:you|~|\+|[^ ]+)$",
        r" (?:created (?:this )?group|created the group)",
        r" changed (?:the|this|their|to|from|group) ",
        r" (?:turned (?:on|off) |pinned a message|unpinned a message|started a (?:voice |video )?call)",
        r" (?:left|was added|was removed|joined using .{0,60}|joined from the community|is now an admin)$",
        r"^you(?:'re now| were added| created| added| left| removed| joined| changed| turned| pinned| are no longer)",
        r" (?:is a contact|requested to join|updated the message timer|set the group)",
    ),
    edited=("(?:this )?message was edited", "edited"),
)
