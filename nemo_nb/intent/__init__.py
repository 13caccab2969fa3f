"""What was meant: a message becomes frames, and frames become operations. Pure: no I/O, no clock, no engine.

The way through it: `reader` hears each clause with all `families` and takes the reading that leaves least of it over;
`dialogue` settles what only follows up on the turn before; `resolve` finds what targets and moments mean in the
draft; `doing` makes operations of a frame on a `Stage`, or asks, or refuses; `conversation` does all of it for one
message, and gives back the `Memory` for the next. A target that isn't there never widens to others.
"""
