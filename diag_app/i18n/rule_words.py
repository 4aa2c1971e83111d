"""Words for what a rule found, the same in the window, the command line and the report."""

from diag_app.i18n.translator import mark

SEVERITIES = {  # by the value of `RuleSeverity`
    "error": mark("cannot both be true"),
    "warning": mark("unlikely together"),
    "hint": mark("worth asking"),
}
