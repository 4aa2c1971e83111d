"""Codes of encryption: passphrase, recovery sheet, deposited key, encrypting a workspace."""

from diag_app.i18n.codes.text import CodeText

_OTHER_WAY = "Open the workspace with the recovery sheet, or with the organisation's key; then set a new passphrase."
_SHEET = "Take the sheet of this workspace and type its 24 words in their order."

CODES = {
    "PASSPHRASE_WRONG": CodeText(
        "The passphrase does not fit this workspace. Nothing was changed.",
        "Type it again, and look at capitals and the input method. The recovery sheet opens the workspace too.",
    ),
    "PASSPHRASE_MISSING": CodeText(
        "A passphrase is needed, and there is no terminal to type it in.",
        "Give a file that holds it with --passphrase-file; a passphrase in the command itself would be seen by others.",
    ),
    "PASSPHRASE_SHORT": CodeText(
        "The passphrase is too short.",
        "Take at least {minimum} characters; four unrelated words are good and easy to keep in mind.",
    ),
    "SHEET_WRONG": CodeText("These are not the words of this workspace's recovery sheet. Nothing was changed.", _SHEET),
    "SHEET_WORD_UNKNOWN": CodeText(
        "Word number {number} is on no recovery sheet.", "Compare this word with the paper, letter by letter."
    ),
    "SHEET_INCOMPLETE": CodeText("{found} words were typed; a recovery sheet has {expected}.", _SHEET),
    "RECIPIENT_INVALID": CodeText(
        "{location} is not a public key (age1…).", "Ask whoever is to open it for their public key."
    ),
    "IDENTITY_INVALID": CodeText(
        "The file holds no secret key (AGE-SECRET-KEY-1…).", "Choose the identity file, as age-keygen writes it."
    ),
    "IDENTITY_WRONG": CodeText(
        "This organisation key does not open the workspace. Nothing was changed.",
        "Choose the identity file that belongs to the public key shown when the workspace was encrypted.",
    ),
    "NO_ESCROW": CodeText(
        "The key of this workspace was not deposited with an organisation.",
        "Open the workspace with the passphrase or the recovery sheet.",
    ),
    "KEY_WRAP_DAMAGED": CodeText("This entry in the key file {location} is damaged or missing.", _OTHER_WAY),
    "KEY_FILE_NEWER": CodeText(
        "The key file {location} was written by a newer version of this program.",
        "Install the newer version. Nothing was changed.",
    ),
    "KEY_PARAMETERS_WEAK": CodeText(
        "The key file asks for less protection than this program allows; someone may have changed it.", _OTHER_WAY
    ),
    "KEY_PARAMETERS_EXCESSIVE": CodeText(
        "The key file asks for more memory or time than this program allows; someone may have changed it.", _OTHER_WAY
    ),
    "KEY_MEMORY_SHORT": CodeText(
        "Checking the passphrase takes {mebibytes} MB of memory, which this machine has not got free.",
        "Close other programs, then try again.",
    ),
    "SEALED_DAMAGED": CodeText(
        "{location} is damaged, or was sealed with another key.", "Put the file back from a backup of the workspace."
    ),
    "WORKSPACE_LOCKED": CodeText(
        "The workspace {location} is encrypted.", "Unlock it with the passphrase, or with the recovery sheet."
    ),
    "WORKSPACE_ENCRYPTED": CodeText("The workspace {location} is encrypted already.", "There is nothing to do."),
    "WORKSPACE_NOT_ENCRYPTED": CodeText(
        "The workspace {location} is not encrypted.", "Open it without a passphrase, or encrypt it first."
    ),
    "WORKSPACE_IN_USE": CodeText(
        "The workspace {location} is open in another window or program. Nothing was changed.",
        "Close it there, then try again.",
    ),
    "KEYS_MISSING": CodeText(
        "The key file {location} is missing; without it nothing opens this workspace.",
        "Put keys.json back from a backup of the workspace; every backup holds it.",
    ),
    "ENCRYPTION_FAILED": CodeText(
        "What was encrypted did not read back as it was ({location} {detail}). The workspace is as before.",
        "Check the workspace and the disk, then try again.",
    ),
    "POLICY_INVALID": CodeText(
        "The organisation's policy file {location} cannot be read: {detail}.",
        "Ask the organisation for the file; until then nothing is encrypted by guesswork.",
    ),
}
