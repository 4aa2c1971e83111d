"""Codes of signing PDF files with an organisation's certificate."""

from diag_app.i18n.codes.text import CodeText

CODES = {
    "CERTIFICATE_UNREADABLE": CodeText(
        "{location} holds no certificate that can be read.", "Use the PKCS#12 or PEM file of your organisation."
    ),
    "CERTIFICATE_PASSPHRASE": CodeText(
        "The passphrase of {location} is wrong or missing.", "Give the passphrase that came with the certificate."
    ),
    "CERTIFICATE_NO_KEY": CodeText(
        "{location} lacks the private key or the certificate that belongs to it.", "Export both into one file."
    ),
    "CERTIFICATE_KEY_KIND": CodeText(
        "The key in {location} is of a kind that readers of PDF files do not accept.",
        "Use RSA with at least 2048 bits, or an elliptic curve.",
    ),
    "CERTIFICATE_DATES": CodeText(
        "The certificate in {location} is not valid today; it ends on {until}.",
        "Check the computer's clock, or renew the certificate.",
    ),
    "SIGNATURE_FAILED": CodeText("The signature in {location} did not verify.", "Nothing was kept. Sign again."),
    "FILE_EXISTS": CodeText("{location} is there already.", "Name another file. Nothing was overwritten."),
    "PDF_UNREADABLE": CodeText("{location} cannot be read as PDF.", "Choose the PDF that was issued."),
}
