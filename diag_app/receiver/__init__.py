"""The reference receiver, small edition: takes bundles in at a city's desk and gives receipts."""
