"""The pure domain of Jianfu: values and rules, without I/O, clock or framework."""
