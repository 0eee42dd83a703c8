"""The untrusted side: what runs in the process that holds a student's code.

It imports numpy, the standard library and the wire, and nothing else of the project, so that there
is nothing else in a worker's memory.
"""
