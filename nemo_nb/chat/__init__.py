"""A turn of conversation, from the user's sentence to what is told about it.

`routing` finds out which calls a sentence asks for, `turn` carries one message to the backend and back, `gui`
takes a backend's talk of buttons out of its answer, and `reply` is what the user gets.
"""
