"""What measures: ratios in one run, with the physical floor as one of the sides."""
