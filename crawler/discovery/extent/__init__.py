"""How far a listing reaches: what pager, totals, archives and other marks say of more than an entry leads to. Pure."""
