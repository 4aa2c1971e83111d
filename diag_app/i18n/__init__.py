"""Language: message ids with parameters become text. There is no global language; a `Translator` is passed in."""

from diag_app.i18n.translator import LANGUAGES, Translator, load_translator

__all__ = ["LANGUAGES", "Translator", "load_translator"]
