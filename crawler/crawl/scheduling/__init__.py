"""What a run still wants: how far listings were read, what they changed, which documents are due."""
