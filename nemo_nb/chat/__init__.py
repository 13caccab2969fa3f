"""A turn of conversation, from the user's sentence to what is told about it.

`routing` finds out which calls a sentence asks for, `conversation` has each made and joins what comes of them,
`turn` carries one message to the backend and back, `gui` takes a backend's talk of buttons out of its answer,
`phrases` is what the client says itself, and `reply` is what the user gets.
"""
