"""Codes of receipts, keys and lists of signers."""

from diag_app.i18n.codes.text import CodeText

_ANEW = "Ask the receiver for the receipt again. Nothing was moved by this one."
_OFFICE = "Ask the city's office, by telephone and not through this file. The list known before stays."

CODES = {
    "SIGNED_FILE_INVALID": CodeText("{location} is not as the format asks.", _ANEW),
    "RECEIVER_UNKNOWN": CodeText(
        "{name} of {city} gave the receipt {location}, but is on no list of signers that is known here.",
        "Import the city's list of signers first. Until then nothing counts as delivered.",
    ),
    "RECEIVER_REVOKED": CodeText(
        "The key of {name} of {city} no longer counts; the receipt {location} was not taken in.",
        "Ask the city's office for a receipt with its new key. What was receipted before stays so.",
    ),
    "RECEIPT_FOREIGN": CodeText(
        "The receipt {location} is for a bundle that was not written here.",
        "Import it on the laptop that wrote the bundle. Nothing was moved.",
    ),
    "RECEIPT_DISAGREES": CodeText(
        "The receipt {location} names more than was ever recorded here.",
        "Tell the city's office; its receiver may have taken another copy of this workspace. Nothing was moved.",
    ),
    "RECEIPT_OF_UNREAD": CodeText(
        "The receiver could not read the bundle that {location} is for ({found}).",
        "Write the bundle to the stick again. Nothing of it was delivered.",
    ),
    "BUNDLE_NOT_WRITTEN_HERE": CodeText(
        "No bundle {location} was written here.", "Choose one of the bundles in the list of what was written."
    ),
    "FINGERPRINT_NEEDED": CodeText(
        "{location} is the first list of signers of this city.",
        "Type the six words of the city's fingerprint, as the office gave them to you.",
    ),
    "FINGERPRINT_WRONG": CodeText("The six words do not belong to the key that signed {location}.", _OFFICE),
    "SIGNERS_OLDER": CodeText(
        "The list of signers of {location} is edition {found}; edition {known} is known here.",
        "Ask the city's office for the newest list. The one known here stays.",
    ),
    "SIGNERS_FORKED": CodeText(
        "There is another edition {version} of the list of signers of {location}, or it lets a revoked key count.",
        _OFFICE,
    ),
    "SIGNERS_OTHER_KEY": CodeText("{location} is signed with another key than the city's.", _OFFICE),
    "DESTINATION_UNKNOWN": CodeText(
        "No receiver of {location} is known here. Known cities: {known}.", "Take in the city's list of signers first."
    ),
    "DESTINATION_SEVERAL": CodeText(
        "{location} is the name of several receivers: {choices}.",
        "Name the one you mean, or its key (--for CITY --receiver NAME).",
    ),
    # At the receiver
    "OFFICE_THERE": CodeText("There is a receiver in {location} already.", "Choose an empty folder."),
    "OFFICE_MISSING": CodeText("There is no receiver in {location}.", "Make one with diag-receiver create."),
    "CARD_REVOKED": CodeText(
        "The key on the card {location} was revoked.", "The person makes a new key and a new card with it."
    ),
    "RETURN_EMPTY": CodeText(
        "Nothing was sent back yet, so there is no return bundle.",
        "Send an item back first, with diag-receiver refuse.",
    ),
    "ITEM_EMPTY": CodeText("Nothing stands at {location}.", "Choose one of the items that diag-receiver items lists."),
    "SIGNER_NOT_LISTED": CodeText(
        "The key {location} is not on the city's list of signers.",
        "Enrol the person by their card, then send it again.",
    ),
    "SIGNER_REVOKED": CodeText(
        "The key {location} no longer counts; what came before it was revoked stays good.",
        "The person makes a new key, has its card enrolled, and seals the bundle anew.",
    ),
    "BUNDLE_OTHER_CITY": CodeText(
        "The bundle is for another city, {location}.", "Hand it over to that city's receiver. Nothing was taken in."
    ),
    "VERIFY_EXCEEDED": CodeText(
        "The check of {location} used more time or memory than a bundle may take.",
        "Do not open the file. Ask the sender to export the bundle again.",
    ),
}
