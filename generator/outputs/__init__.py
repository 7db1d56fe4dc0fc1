"""The makers: each turns one kind of step into bytes, and knows nothing of the others."""
