"""The row of checks that rules are made of; ``registry`` lists them, README says how to add one."""
