-- What was done to pages in place, one row an action with every page it touched before and after: undoing is a new row.
CREATE TABLE page_change (
    n          INTEGER PRIMARY KEY,
    dossier    BLOB NOT NULL REFERENCES dossier (id),
    what       TEXT NOT NULL,
    -- The action that this one takes back, or does again.
    undid      INTEGER REFERENCES page_change (n),
    redid      INTEGER REFERENCES page_change (n),
    -- The components there were: a page is not taken back to a paper that is another one now.
    components TEXT NOT NULL CHECK (json_valid(components)),
    pages      TEXT NOT NULL CHECK (json_valid(pages)),
    staff      BLOB NOT NULL REFERENCES staff (id),
    at_ms      INTEGER NOT NULL,
    CHECK (undid IS NULL OR redid IS NULL)
) STRICT;

CREATE INDEX page_change_by_dossier ON page_change (dossier, n);
