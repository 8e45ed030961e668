"""Cases: opening them."""
