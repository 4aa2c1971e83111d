"""The public face: one function per thing a person does."""
