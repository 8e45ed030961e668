"""History: the feed, item histories, the wallet's ledger, and the export."""
