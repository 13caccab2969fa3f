"""A secret that sings wherever it shows itself, however it is dressed."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

TOKEN = "nmv_usr_canary/7f3a+9c=="
"""Has what percent-encoding changes."""


def forms(secret: str) -> set[str]:
    """The secret plain, percent-encoded, and as base64 in whichever place of a longer text it stands."""
    dressed = {secret, quote(secret), quote(secret, safe=""), quote(quote(secret, safe=""), safe="")}
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + secret.encode()).decode()
        # What the neighbours have a part in is left out, at both ends.
        own = encoded[(0, 2, 3)[before] :].rstrip("=")
        own = own[:-1] if (before + len(secret)) % 3 else own
        dressed |= {own, own.replace("+", "-").replace("/", "_")}
    return dressed


def heard(text: str, *secrets: str) -> list[str]:
    """The forms of the secrets that are in the text, and any claim link."""
    joined = re.sub(r"(\\n|\s)+", "", text)  # base64 is broken into lines at times
    found = [form for secret in secrets for form in sorted(forms(secret)) if form in text or form in joined]
    return found + re.findall(r"clm_\w+", text)
