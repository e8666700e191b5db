"""How likely one number is a damaged copy of another: a letter for a digit, a digit lost, doubled, swapped or wrong."""

from __future__ import annotations

# Letters and digits that reading by machine takes for each other.
CONFUSED = (("O", "0"), ("o", "0"), ("Q", "0"), ("l", "1"), ("I", "1"), ("|", "1"), ("S", "5"), ("B", "8"), ("Z", "2"))
_LOOKALIKE = frozenset(
    frozenset(pair) for pair in ("17", "08", "38", "56", "58", "06", "69", "35", "27", "49", "14", "89", "68", "90")
)
# Cost of one change, from what typists and scanners do: the likelier, the cheaper. Over 1 the numbers are unlike.
_LOST_OR_DOUBLED, _ANY_LOST, _SWAPPED, _ALIKE, _OTHER = 0.3, 0.45, 0.35, 0.4, 0.6


def digits_meant(written: str) -> str:
    """The digits with look-alike letters read as the digits they stand for, everything else dropped.

    >>> digits_meant("1O.06.2Ol4"), digits_meant("I16")
    ('10062014', '116')
    """
    for letter, digit in CONFUSED:
        written = written.replace(letter, digit)
    return "".join(str(int(c)) for c in written if c.isdigit())


def variant_score(left: str, right: str) -> float:
    """1 for the same digits, down to 0 for numbers that share nothing; from 0.5 on one is likely the other, damaged.

    >>> variant_score("116006", "116006"), variant_score("116006", "16006") >= 0.5, variant_score("129", "112") < 0.5
    (1.0, True, True)
    """
    if left == right:
        return 1.0
    if abs(len(left) - len(right)) > 1 or not left or not right:
        return 0.0
    if len(left) != len(right):
        longer, shorter = (left, right) if len(left) > len(right) else (right, left)
        for i in range(len(longer)):
            if longer[:i] + longer[i + 1 :] == shorter:
                doubled = longer[i] in (longer[i - 1 : i], longer[i + 1 : i + 2])
                return 1 - _share(_LOST_OR_DOUBLED if doubled else _ANY_LOST, len(longer))
        return 0.0
    wrong = [i for i in range(len(left)) if left[i] != right[i]]
    if len(wrong) == 1:
        pair = frozenset((left[wrong[0]], right[wrong[0]]))
        return 1 - _share(_ALIKE if pair in _LOOKALIKE else _OTHER, len(left))
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
        i, j = wrong
        if left[i] == right[j] and left[j] == right[i]:
            return 1 - _share(_SWAPPED, len(left))
    return 0.0


def swapped(left: str, right: str) -> bool:
    """The same digits, two neighbours of which changed places; in numbers of three digits or more hardly by chance.

    >>> swapped("4312", "4321"), swapped("214", "244"), swapped("12", "21")
    (True, False, False)
    """
    wrong = [i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b]
    if (
        len(left) != len(right)
        or len(left.rstrip("0")) + len(right.rstrip("0")) < 4
        or len(left) < 3
        or len(wrong) != 2
    ):
        return False
    i, j = wrong
    return j == i + 1 and left[i] == right[j] and left[j] == right[i]


def _share(cost: float, length: int) -> float:
    """One wrong digit of three says more than one of six: every short number is one change from another."""
    return min(1.0, cost * 5 / length)
