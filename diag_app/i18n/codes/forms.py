"""Codes of packs, answers and the derived facts of an enterprise."""

from diag_app.i18n.codes.text import CodeText

_PACK_REMEDY = "Mend the pack's file at the place named; docs/pack-format.md describes each key."

CODES = {
    # Packs
    "PACK_INVALID": CodeText(
        "The pack has {count} faults, the first at {location}.", "Run diag pack check on it to see every fault."
    ),
    "PACK_FILE_MISSING": CodeText("The pack has no {location}.", "Add the file; docs/pack-format.md lists them all."),
    "PACK_FILE_UNKNOWN": CodeText("{location} does not belong in a pack.", "Take the file out of the pack's folder."),
    "PACK_SYNTAX": CodeText("{location} is not valid TOML: {detail}.", "Mend the file at the line named."),
    "PACK_FORMAT": CodeText("{location} is not the format this version reads ({expected}).", "Update the app."),
    "PACK_KEY_UNKNOWN": CodeText("{location}: there is no such key.", "Correct its spelling or take it out."),
    "PACK_KEY_MISSING": CodeText("{location} is missing.", _PACK_REMEDY),
    "PACK_TYPE": CodeText("{location} has the wrong type; {expected} is expected.", _PACK_REMEDY),
    "PACK_TEXT_EMPTY": CodeText("{location} is an empty text.", "Write the text, or take the key out."),
    "PACK_LANGUAGE_MISSING": CodeText("{location}: the text is missing in {language}.", "Write it in both languages."),
    "PACK_NUMBER_NEGATIVE": CodeText("{location} is {value}, not a number of at least 0.", _PACK_REMEDY),
    "PACK_NUMBER_TOO_LARGE": CodeText("{location} is larger or finer than {maximum}.", _PACK_REMEDY),
    "PACK_WORD": CodeText("{location} is {value}, none of {expected}.", "Use one of the words named."),
    "PACK_CONFIDENCE_MISSING": CodeText(
        "{location}: the file does not say how far {mark} can be trusted.", "Add it under confidence."
    ),
    "PACK_CONFIDENCE_UNKNOWN": CodeText("{location} is {value}, none of {known}.", "Use one of the words named."),
    "PACK_ID_SHAPE": CodeText(
        "{location} is {value}, not a proper id.",
        "Ids have letters, digits and _; a pack's id small letters, digits and -; a version three numbers with dots.",
    ),
    "PACK_ID_TWICE": CodeText("{location}: {value} stands twice.", "Give each thing an id of its own."),
    "PACK_ID_UNKNOWN": CodeText("{location}: there is no {value}.", "Name a thing that the pack defines."),
    "PACK_DIMENSION_UNSCORED": CodeText(
        "{location}: {value} has no points and cannot hold an indicator.", "Give the dimension points, or name another."
    ),
    "PACK_NUMBER_NOT_ASKED": CodeText(
        "{location}: {value} is used but not asked.", "List it under numbers or more_numbers of the question."
    ),
    "PACK_TWO_DERIVATIONS": CodeText("{location}: the question derives twice.", "Keep either share or trend."),
    "PACK_DERIVES_MULTIPLE": CodeText(
        "{location}: only a single choice can follow from figures.",
        "Make the question single, or take share or trend out.",
    ),
    "PACK_SUM": CodeText("{location}: {found} does not make up {expected}.", "Correct points or weights."),
    "PACK_COUNT": CodeText("{location} has {found} entries, not {expected}.", _PACK_REMEDY),
    "PACK_NONE": CodeText(
        "{location}: none of these must earn 0, once, in a multiple choice.", "Correct the option, or take none out."
    ),
    "PACK_BAND_GAP": CodeText(
        "{location}: the band begins at {found}, not at {expected}; there is a gap.", _PACK_REMEDY
    ),
    "PACK_BAND_OVERLAP": CodeText(
        "{location}: the band begins at {found}, not at {expected}; two bands overlap.", _PACK_REMEDY
    ),
    "PACK_BAND_EMPTY": CodeText("{location}: the band ends at {found}, not above {expected}.", _PACK_REMEDY),
    "PACK_BAND_END": CodeText("{location}: the bands end at {found}, not at {expected}.", _PACK_REMEDY),
    "PACK_RULE_LEVEL": CodeText("{location}: levels are numbered from 1; here {expected} is due.", _PACK_REMEDY),
    "PACK_RULE_FALLS": CodeText("{location}: {value} is below the bound of the level before.", _PACK_REMEDY),
    "PACK_RULE_REACH": CodeText("{location} cannot be reached; {maximum} is the most.", _PACK_REMEDY),
    # Answers
    "ANSWERS_PACK": CodeText(
        "{location}: the answers are for {value}, not for {expected}.",
        "Name the pack, or choose the pack they are for.",
    ),
    "ANSWERS_KEY_UNKNOWN": CodeText(
        "{location} does not belong in an answers file.", "Keep pack, numbers, answers and scenarios only."
    ),
    "ANSWERS_SHAPE": CodeText(
        "{location} has another shape than expected ({expected}).",
        "Sections are objects, options a list of letters, a scenario a level or a reason under not_applicable.",
    ),
    "QUESTION_UNKNOWN": CodeText("{location}: the pack has no such question.", "Use a question id of the pack."),
    "OPTION_UNKNOWN": CodeText("{location}: there is no option {option}.", "Use the letters of this question."),
    "OPTION_TWICE": CodeText("{location}: option {option} stands twice.", "Name each option once."),
    "OPTION_ONE_ONLY": CodeText("{location}: {options} chosen where one option counts.", "Choose one option."),
    "OPTION_NONE_WITH_OTHERS": CodeText(
        "{location}: {option} means none of these and stands beside others.", "Choose {option} alone, or the others."
    ),
    "OPTIONS_EMPTY": CodeText("{location}: no option is named.", "Name an option, or leave the question out."),
    "NUMBER_UNKNOWN": CodeText("{location}: the pack asks for no such figure.", "Use a number id of the pack."),
    "NUMBER_INVALID": CodeText(
        "{location}: {value} is not a figure of zero or more.", "Type plain digits such as 412.6."
    ),
    "NUMBER_OUT_OF_RANGE": CodeText(
        "{location}: {value} is beyond what can be meant.", "Check the unit and the number of digits."
    ),
    "NUMBER_TOO_LARGE": CodeText("{location}: {value} is more than {maximum}.", "Check the figure and its unit."),
    "NUMBER_ABOVE_OTHER": CodeText(
        "{location}: {value} is more than {maximum} ({other}), of which it is a part.", "Check both figures."
    ),
    "SCENARIO_UNKNOWN": CodeText("{location}: the pack has no such scenario.", "Use a scenario id of the pack."),
    "LEVEL_UNKNOWN": CodeText("{location}: {level} is not a level.", "Use 0, 1, 2, 3 or 4."),
    "ANSWER_DISAGREES": CodeText(
        "The numbers give {derived}, you chose {chosen} ({question}).", "Your choice counts; the report says so."
    ),
    "SHARE_BEYOND_BANDS": CodeText(
        "{question}: {working} is over 100 %, and no option covers it.",
        "Check the figures, or choose an option by hand.",
    ),
    # Enterprise
    "USCC_LENGTH": CodeText("The credit code has {length} characters, not {expected}.", "Compare it with the licence."),
    "USCC_ALPHABET": CodeText(
        "The credit code holds {characters}, which cannot occur in it.",
        "The letters I, O, S, V and Z are not used; often 1 or 0 is meant.",
    ),
    "USCC_DIVISION": CodeText(
        "Places 3 to 8 of the credit code are {division}, not six digits.", "Compare it with the licence."
    ),
    "USCC_CHECK": CodeText(
        "The credit code does not check: it ends in {found}, {expected} would fit.",
        "One character is wrong or two are swapped; compare it with the licence.",
    ),
    "USCC_ORGANISATION_CHECK": CodeText(
        "The organisation code inside the credit code (places 9 to 17) does not check.",
        "Compare it with the licence; it is kept as it stands.",
    ),
}
