"""The audit: whether what a world says of itself follows from its journals.

What is taken as given: the journals (operations, transfers, moves, conditions, rolls and the
lines of each room, which the guards let nobody change), the seeds, the catalogue, the rules'
tables, and the numbers of the economy that were in force at each operation.

What is derived from them, and compared with what the world holds:

- projections: balances from transfers, a status from moves, uses and durability from
  conditions, nonces from rolls, and every count that pages rely on;
- draws: a roll's ticket from its seeds, what it gave from its odds, a rotation of the black
  market from the world's seed;
- sums: what each room's lines say was paid, against the transfers of the same operation;
- order: each line belongs to an operation of its player, kind and moment, follows from the
  line before it, and is there once.

It shares no code and no SQL with the engine, so that a fault of the engine is not repeated
here: it knows the rules' tables, for they are the law, and the database's.

What it can't know: whether an operation was asked for by the player that it names; whether a
seed or an outcome that nothing was derived from yet was exchanged for another; what was cut
off the end of every journal alike, as by going back to an older backup; and whether somebody
who knows all of the above forged a history that is sound in itself.
"""
