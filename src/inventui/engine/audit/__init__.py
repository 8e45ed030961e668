"""The audit: whether what a world says of itself follows from its journals and the rules.

What is taken as given: the seeds, the rules' tables, the packs, and what each line keeps of its
own numbers. `economy_numbers` holds the numbers of the economy and the catalogue in brief that
were in force at each operation (`audited_numbers`).

What is derived, and compared with what the world holds:

- causes: that each operation is of a kind that there is, and each transfer, beginning and event of
  a kind that such an operation makes (`operations`, `beginnings`, `events`);
- amounts: what was sold, bought, opened, granted, gained and rewarded, by the prices, odds and
  numbers of then (`sums`, `prices`, `rolls`, `people`, `workshop`, `collections`);
- projections: balances from transfers, a status from moves, uses and durability from
  conditions, nonces from rolls, and every count that pages rely on;
- draws: a roll's ticket from its seeds, what it gave from its odds, a fusion's odds from what went
  in, a business's takings and a rotation of the black market from the world's seed;
- order: each line belongs to an operation of its player, kind and moment, follows from the
  line before it, and is there once;
- the catalogue: that it is what its packs made of it, and the base pack's what this program
  ships; the file: SQLite's own check, and texts that are none.

It shares no code and no SQL with the engine, so that a fault of the engine is not repeated
here: it knows the rules' tables and functions, for they are the law, and the database's tables.
A line that makes no sense is a named fault, and what follows it is compared all the same.

What it can't know, docs/architecture.md lists.
"""
