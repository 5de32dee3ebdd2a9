"""What became of each document: its wordings, its withdrawal, its addresses."""
