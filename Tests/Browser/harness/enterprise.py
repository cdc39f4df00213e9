"""Synthetic enterprises."""


def credit_code(serial: str = "MYY90009") -> str:
    """A synthetic unified social credit code with both check characters (GB 11714 within GB 32100)."""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    weighted = sum(letters.index(character) * weight for character, weight in zip(serial, [3, 7, 9, 10, 5, 8, 4, 2]))
    body = "91430600" + serial + "0123456789X"[-weighted % 11]
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(character) * (3**place % 31) for place, character in enumerate(body))
    return body + alphabet[-total % 31]
