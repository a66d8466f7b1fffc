"""E-mail addresses as they stand inside cells and chats: looked for leniently, one word with an @ and an ending."""

from __future__ import annotations

import re

# Bounded everywhere: these are searched for in texts that anybody may have written.
EMAIL_ADDRESS = re.compile(r"[^\s@<>,;:\"']{1,64}@[^\s@<>,;:\"']{1,190}\.[^\W\d_]{2,24}")
