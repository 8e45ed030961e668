"""What several rooms do alike."""
