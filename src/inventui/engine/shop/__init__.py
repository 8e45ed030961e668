"""Shop: what is always for sale, and the checkout that all sellers share."""
