-- Who stands behind which accepted dossier, by number: what is known of somebody is found by it, the latest first.
CREATE TABLE party (
    number  TEXT NOT NULL CHECK (number <> ''),
    dossier INTEGER NOT NULL REFERENCES dossier (n),
    seat    TEXT NOT NULL CHECK (seat IN ('owner', 'representative')),
    PRIMARY KEY (number, dossier, seat)
) STRICT, WITHOUT ROWID;

INSERT INTO party (number, dossier, seat)
SELECT json_extract(body, '$.applicant.id_number'), n, 'owner' FROM dossier
WHERE status NOT IN ('draft', 'discarded') AND json_extract(body, '$.applicant.id_number') <> '';

-- Who said that what was handed in and told before may be offered again here; a later word takes the place of an earlier.
CREATE TABLE consent (
    number TEXT PRIMARY KEY CHECK (number <> ''),
    given  INTEGER NOT NULL CHECK (given IN (0, 1)),
    at_ms  INTEGER NOT NULL,
    staff  BLOB NOT NULL REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

-- Whether a person of an accepted dossier was held against the population database. Nothing waits for it.
CREATE TABLE identity_check (
    dossier  INTEGER NOT NULL REFERENCES dossier (n),
    seat     TEXT NOT NULL CHECK (seat IN ('owner', 'representative')),
    state    TEXT NOT NULL CHECK (state IN ('unchecked', 'matched', 'mismatched', 'confirmed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    -- When it is asked again; none where nobody asks by machine.
    next_ms  INTEGER,
    body     TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (dossier, seat)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_check_open ON identity_check (dossier) WHERE state IN ('unchecked', 'mismatched');
CREATE INDEX identity_check_due ON identity_check (next_ms) WHERE state = 'unchecked' AND next_ms IS NOT NULL;

-- What was accepted before and is still at work was never checked.
INSERT INTO identity_check (dossier, seat, state, next_ms, body)
SELECT dossier, seat, 'unchecked', 0, '{}' FROM party
WHERE dossier IN (SELECT n FROM dossier WHERE status IN ('received', 'processing', 'supplement', 'finance', 'stopped', 'done'));
