-- What the clerk decided for a dossier's fee: counts, relief, an amount in their own hand.
CREATE TABLE fee_choice (
    dossier BLOB PRIMARY KEY REFERENCES dossier (id),
    body    TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;

-- Blocks of fee receipts' numbers: leased from the central system and printed here, or a printed book on the table.
CREATE TABLE serial_block (
    n        INTEGER PRIMARY KEY,
    template TEXT NOT NULL CHECK (template <> ''),
    sign     TEXT NOT NULL CHECK (sign <> ''),
    first    INTEGER NOT NULL CHECK (first >= 1),
    last     INTEGER NOT NULL CHECK (last >= first AND last <= 9999999),
    -- The next free number; beyond the last one where none is. It only ever grows.
    next     INTEGER NOT NULL CHECK (next BETWEEN first AND last + 1),
    kind     TEXT NOT NULL CHECK (kind IN ('leased', 'paper')),
    -- Why no more of it may be given out here, such as a station that was copied.
    ended    TEXT,
    UNIQUE (template, sign, first)
) STRICT;

CREATE INDEX serial_block_open ON serial_block (n) WHERE next <= last;

CREATE TRIGGER serial_block_grows BEFORE UPDATE OF next ON serial_block WHEN new.next < old.next
BEGIN SELECT RAISE(ABORT, 'a number is never given back'); END;

-- The book of fee receipts: what became of each number, in the order in which it happened. Only ever added to.
CREATE TABLE fee_entry (
    n       INTEGER PRIMARY KEY,
    block   INTEGER NOT NULL REFERENCES serial_block (n),
    kind    TEXT NOT NULL CHECK (kind IN ('leased', 'issued', 'voided', 'printed', 'set_aside')),
    serial  INTEGER NOT NULL,
    -- The command that took the money: the same one never takes a second number.
    command BLOB UNIQUE CHECK (command IS NULL OR length(command) = 16),
    at_ms   INTEGER NOT NULL,
    body    TEXT NOT NULL CHECK (json_valid(body)),
    CHECK ((kind = 'issued') = (command IS NOT NULL))
) STRICT;

CREATE INDEX fee_entry_of_block ON fee_entry (block, n);
CREATE INDEX fee_entry_at ON fee_entry (at_ms);
CREATE UNIQUE INDEX fee_entry_once ON fee_entry (block, kind, serial) WHERE kind <> 'printed';

CREATE TRIGGER fee_entry_stays BEFORE UPDATE ON fee_entry BEGIN SELECT RAISE(ABORT, 'the book is only added to'); END;
CREATE TRIGGER fee_entry_kept BEFORE DELETE ON fee_entry BEGIN SELECT RAISE(ABORT, 'the book is only added to'); END;

-- Which dossiers a receipt paid for, and how much for each.
CREATE TABLE fee_share (
    command BLOB NOT NULL REFERENCES fee_entry (command),
    dossier BLOB NOT NULL REFERENCES dossier (id),
    amount  INTEGER NOT NULL CHECK (amount > 0),
    -- True once its receipt is void: then it pays for nothing.
    void    INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
    PRIMARY KEY (command, dossier)
) STRICT, WITHOUT ROWID;

CREATE INDEX fee_share_of_dossier ON fee_share (dossier);

-- A clerk's shift at the drawer; closed with what was counted.
CREATE TABLE shift (
    n       INTEGER PRIMARY KEY,
    staff   BLOB NOT NULL REFERENCES staff (id),
    from_ms INTEGER NOT NULL,
    to_ms   INTEGER,
    float   INTEGER NOT NULL CHECK (float >= 0),
    body    TEXT CHECK (body IS NULL OR json_valid(body)),
    CHECK ((to_ms IS NULL) = (body IS NULL))
) STRICT;

CREATE UNIQUE INDEX shift_open ON shift (staff) WHERE to_ms IS NULL;
