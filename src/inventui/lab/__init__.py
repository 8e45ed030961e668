"""The lab: cases and whole economies, played many times and measured."""
