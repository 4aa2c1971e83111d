"""Unified social credit codes (GB 32100-2015): normalise what people type, say what is wrong with it."""

from __future__ import annotations

import re

from diag_app.errors import Problem, Severity

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DIVISION = slice(2, 8)
ORGANISATION = slice(8, 17)
# GB 11714: weights of the organisation code's first eight characters.
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

# Full-width forms of ASCII stand 0xFEE0 above it; U+3000 is the full-width space.
_HALF_WIDTH = {**{code + 0xFEE0: code for code in range(0x21, 0x7F)}, 0x3000: 0x20}
_FILLERS = re.compile(r"[\s\-\u2010-\u2015\u2212\u200b\ufeff]+")


def normalise_uscc(text: str) -> str:
    """Return `text` in half-width capitals without spaces and hyphens; not checked."""
    return _FILLERS.sub("", text.translate(_HALF_WIDTH)).upper()


def check_uscc(text: str, location: str = "uscc") -> tuple[Problem, ...]:
    """Return what is wrong with the credit code in `text`, normalised first; nothing when it is sound.

    Errors are `USCC_LENGTH`, `USCC_ALPHABET`, `USCC_DIVISION` and `USCC_CHECK` (modulus 31, GB 32100-2015). The check
    of the organisation code inside (modulus 11, GB 11714) is only a warning, `USCC_ORGANISATION_CHECK`.
    """
    code = normalise_uscc(text)
    problems = _check_form(code, location)
    if problems:
        return problems
    from stdnum.cn import uscc  # noqa: PLC0415 - it loads the network's modules, which no window needs to open

    # python-stdnum computes the check character but accepts only digits in the first two places.
    expected = uscc.calc_check_digit(code)
    if code[-1] != expected:
        return (Problem(code="USCC_CHECK", location=location, parameters={"found": code[-1], "expected": expected}),)
    if organisation_check(code[ORGANISATION][:-1]) != code[ORGANISATION][-1]:
        return (Problem(code="USCC_ORGANISATION_CHECK", location=location, severity=Severity.WARNING),)
    return ()


def organisation_check(identifier: str) -> str:
    """Return the check character of an organisation code's first eight characters (GB 11714)."""
    total = sum(int(character, 36) * weight for character, weight in zip(identifier, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def _check_form(code: str, location: str) -> tuple[Problem, ...]:
    problems = []
    if len(code) != LENGTH:
        parameters = {"length": str(len(code)), "expected": str(LENGTH)}
        problems.append(Problem(code="USCC_LENGTH", location=location, parameters=parameters))
    strange = [character for character in code if character not in ALPHABET]
    if strange:
        parameters = {"characters": " ".join(dict.fromkeys(strange))}
        problems.append(Problem(code="USCC_ALPHABET", location=location, parameters=parameters))
    division = code[DIVISION]
    if not problems and not division.isdigit():
        problems.append(Problem(code="USCC_DIVISION", location=location, parameters={"division": division}))
    return tuple(problems)
