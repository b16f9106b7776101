"""Forms and slips on the hall's receipt paper: facts in, a document out."""
