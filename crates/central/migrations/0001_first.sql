-- What the reference central system keeps. Times are milliseconds UTC, days are days since 1970,
-- ids, hashes and secrets' hashes are blobs.

CREATE TABLE token (
    id         BLOB PRIMARY KEY CHECK (length(id) = 8),
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    office     TEXT NOT NULL,
    station    TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE station (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    office      TEXT NOT NULL,
    name        TEXT NOT NULL,
    secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
    enrolled_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A block of daily numbers; without a station it is the central system's own, for provisional dossiers.
CREATE TABLE lease (
    n          INTEGER PRIMARY KEY,
    office     TEXT NOT NULL,
    station    BLOB REFERENCES station (id),
    first      INTEGER NOT NULL CHECK (first >= 1),
    last       INTEGER NOT NULL CHECK (last >= first),
    from_day   INTEGER NOT NULL,
    to_day     INTEGER NOT NULL CHECK (to_day >= from_day),
    granted_at INTEGER NOT NULL
) STRICT;

CREATE INDEX lease_of_office ON lease (office, to_day);

CREATE TABLE file (
    sha256    BLOB PRIMARY KEY CHECK (length(sha256) = 32),
    bytes     INTEGER NOT NULL CHECK (bytes >= 0),
    stored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A command as it came, byte for byte, and the answer it got.
CREATE TABLE command (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    body_sha256 BLOB NOT NULL CHECK (length(body_sha256) = 32),
    body        BLOB NOT NULL,
    station     BLOB NOT NULL REFERENCES station (id),
    acceptance  TEXT NOT NULL CHECK (json_valid(acceptance)),
    accepted_at INTEGER NOT NULL
) STRICT;

CREATE TABLE dossier (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    office      TEXT NOT NULL,
    day         INTEGER NOT NULL,
    number      INTEGER NOT NULL CHECK (number >= 1),
    code        TEXT NOT NULL,
    sent_code   TEXT NOT NULL,
    procedure   TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    due_at      INTEGER NOT NULL,
    command     BLOB NOT NULL REFERENCES command (id),
    UNIQUE (office, day, number)
) STRICT;
