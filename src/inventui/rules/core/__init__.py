"""What every rule stands on: words of the field, money, the lifecycle, the clock, refusals."""
