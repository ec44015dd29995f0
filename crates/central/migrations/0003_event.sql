-- The steps in each dossier's life after it was received, in the order in which they were sent.
CREATE TABLE event (
    n       INTEGER PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    dossier BLOB NOT NULL REFERENCES dossier (id),
    step    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    clerk   TEXT NOT NULL,
    command BLOB NOT NULL CHECK (length(command) = 16)
) STRICT;

CREATE INDEX event_by_dossier ON event (dossier, n);
