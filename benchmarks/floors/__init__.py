"""The other sides: the least that any program must do, written by hand."""
