"""The embedded backend: a process of its own that speaks the NemoVideo protocol and really edits and renders.

A request comes in at `app` (the protocol) or `extensions` (what the protocol has no call for). Files go
through `intake` into `blobs`; sentences through `editing`, which asks the `planner` and keeps every turn in
`records`; exports into the `queue`, which hands them to `render`. `server` runs all this on a socket, and
`launch` is how a notebook finds or starts it.
"""
