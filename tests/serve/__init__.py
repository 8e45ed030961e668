"""Tests of what is served, from outside: by a real SSH client."""
