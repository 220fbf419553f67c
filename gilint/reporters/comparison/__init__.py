"""A comparison of several years, for people and for programs."""
