-- What each station shows the next time it comes, and what it showed the last time. Two that show the same are copies.
CREATE TABLE turn (
    station BLOB PRIMARY KEY REFERENCES station (id),
    current BLOB NOT NULL CHECK (length(current) = 32),
    before  BLOB CHECK (before IS NULL OR length(before) = 32)
) STRICT, WITHOUT ROWID;

-- Set once two machines were found to speak as one station, until it is enrolled again.
ALTER TABLE station ADD COLUMN cloned INTEGER NOT NULL DEFAULT 0 CHECK (cloned IN (0, 1));

-- Under which ids a station spoke before: what it printed then is still on its way.
CREATE TABLE former (
    station BLOB NOT NULL REFERENCES station (id),
    former  BLOB NOT NULL CHECK (length(former) = 16),
    PRIMARY KEY (station, former)
) STRICT, WITHOUT ROWID;
