"""The Property room: the business that is run, and the home that is lived in."""
