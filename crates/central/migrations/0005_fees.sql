-- Blocks of fee receipts' numbers, each of one station: no two of an office have a number of one series in common.
CREATE TABLE serial_lease (
    n          INTEGER PRIMARY KEY,
    office     TEXT NOT NULL,
    template   TEXT NOT NULL,
    sign       TEXT NOT NULL,
    first      INTEGER NOT NULL CHECK (first >= 1),
    last       INTEGER NOT NULL CHECK (last >= first),
    station    BLOB NOT NULL REFERENCES station (id),
    granted_at INTEGER NOT NULL
) STRICT;

CREATE INDEX serial_lease_of_series ON serial_lease (office, template, sign, last);

-- What was paid for each dossier; a receipt for several has a row for each.
CREATE TABLE fee_receipt (
    office   TEXT NOT NULL,
    template TEXT NOT NULL,
    sign     TEXT NOT NULL,
    serial   INTEGER NOT NULL CHECK (serial >= 1),
    dossier  BLOB NOT NULL REFERENCES dossier (id),
    total    INTEGER NOT NULL CHECK (total > 0),
    share    INTEGER NOT NULL CHECK (share > 0),
    method   TEXT NOT NULL,
    paid_at  INTEGER NOT NULL,
    void_at  INTEGER,
    command  BLOB NOT NULL REFERENCES command (id),
    PRIMARY KEY (office, template, sign, serial, dossier)
) STRICT, WITHOUT ROWID;
