-- Tickets of the queue before the counter. They say nothing of their bearers.
CREATE TABLE ticket (
    n         INTEGER PRIMARY KEY AUTOINCREMENT,
    day       TEXT NOT NULL,
    label     TEXT NOT NULL,
    priority  INTEGER NOT NULL CHECK (priority IN (0, 1)),
    state     TEXT NOT NULL CHECK (state IN ('waiting', 'serving', 'served', 'absent')),
    -- Of our own numbering; empty for one that a queue machine printed.
    number    INTEGER,
    taken_ms  INTEGER,
    called_ms INTEGER,
    ended_ms  INTEGER,
    staff     BLOB REFERENCES staff (id),
    UNIQUE (day, label),
    CHECK ((state = 'waiting') = (called_ms IS NULL)),
    CHECK ((state IN ('served', 'absent')) = (ended_ms IS NOT NULL))
) STRICT;

-- Nobody serves two at once.
CREATE UNIQUE INDEX ticket_served_by ON ticket (staff) WHERE state = 'serving';

-- What was filled in for whom: a dossier is of one ticket at most.
CREATE TABLE ticket_dossier (
    dossier BLOB PRIMARY KEY REFERENCES dossier (id),
    ticket  INTEGER NOT NULL REFERENCES ticket (n)
) STRICT;

CREATE INDEX ticket_dossier_of ON ticket_dossier (ticket);
