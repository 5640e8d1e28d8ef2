"""The invitation: opportunities to take part, at four levels, each with what it owes."""
