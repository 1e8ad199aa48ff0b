"""How a record is shown: one walk over any schema (`outline`), and three forms of it."""
