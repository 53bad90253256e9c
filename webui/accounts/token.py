"""The secret of a session, a key or a link: 256 random bits, of which the database keeps only the SHA-256.

A fast hash is right here: unlike a password, the secret cannot be guessed.
"""

import hashlib
import secrets


def new_token() -> str:
    """A fresh secret in letters that need no escaping in an address or a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a secret, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
