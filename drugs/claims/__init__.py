"""What prose says of medicines, sentence by sentence, and whether the records say so too (C11)."""
