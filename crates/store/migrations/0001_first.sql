-- What the station keeps. Times are milliseconds UTC, hashes and ids are blobs, money is whole đồng.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id    BLOB PRIMARY KEY CHECK (length(id) = 16),
    login TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL,
    role  TEXT NOT NULL CHECK (role IN ('clerk', 'postal', 'supervisor', 'administrator', 'inspector'))
) STRICT, WITHOUT ROWID;

-- A version of a procedure never changes; a new publication is a new row, and dossiers stay on theirs.
CREATE TABLE procedure (
    n          INTEGER PRIMARY KEY,
    code       TEXT NOT NULL,
    version    BLOB NOT NULL CHECK (length(version) = 32),
    valid_from TEXT NOT NULL,
    name       TEXT NOT NULL,
    field      TEXT NOT NULL,
    body       TEXT NOT NULL CHECK (json_valid(body)),
    UNIQUE (code, version)
) STRICT;

-- The version that is offered for each code, and how often it was chosen here.
CREATE TABLE procedure_offer (
    code    TEXT PRIMARY KEY,
    n       INTEGER NOT NULL REFERENCES procedure (n),
    uses    INTEGER NOT NULL DEFAULT 0,
    used_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE procedure_search USING fts5 (
    folded, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'ascii'
);

CREATE TABLE dossier (
    n              INTEGER PRIMARY KEY,
    id             BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    code           TEXT UNIQUE,
    status         TEXT NOT NULL CHECK (status IN ('draft', 'registered', 'received', 'refused', 'processing', 'supplement',
                       'finance', 'withdrawn', 'stopped', 'done', 'returned', 'discarded')),
    procedure      INTEGER REFERENCES procedure (n),
    applicant_name TEXT NOT NULL,
    opened_ms      INTEGER NOT NULL,
    received_ms    INTEGER,
    due_ms         INTEGER,
    body           TEXT NOT NULL CHECK (json_valid(body)),
    -- An accepted dossier has a code, a procedure, a time of receipt and a due time, or the row is refused.
    CHECK (status IN ('draft', 'discarded', 'registered', 'refused')
           OR (code IS NOT NULL AND procedure IS NOT NULL AND received_ms IS NOT NULL AND due_ms IS NOT NULL))
) STRICT;

CREATE INDEX dossier_by_receipt ON dossier (received_ms);
CREATE INDEX dossier_by_status ON dossier (status, due_ms);

-- A code that was printed and then replaced by the official one stays searchable for ever.
CREATE TABLE dossier_code (
    code    TEXT PRIMARY KEY,
    dossier BLOB NOT NULL REFERENCES dossier (id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE dossier_search USING fts5 (
    folded, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'ascii'
);

CREATE TABLE event (
    n       INTEGER PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    dossier BLOB NOT NULL REFERENCES dossier (id),
    kind    TEXT NOT NULL,
    at_ms   INTEGER NOT NULL,
    staff   BLOB NOT NULL REFERENCES staff (id),
    reason  TEXT NOT NULL
) STRICT;

CREATE INDEX event_by_dossier ON event (dossier, n);

CREATE TABLE file (
    hash       BLOB PRIMARY KEY CHECK (length(hash) = 32),
    bytes      INTEGER NOT NULL CHECK (bytes >= 0),
    media      TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE page (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    dossier     BLOB NOT NULL REFERENCES dossier (id),
    component   INTEGER NOT NULL CHECK (component >= 1),
    position    INTEGER NOT NULL,
    file        BLOB NOT NULL REFERENCES file (hash),
    file_index  INTEGER NOT NULL CHECK (file_index >= 0),
    media       TEXT NOT NULL,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    dpi         INTEGER NOT NULL,
    source      TEXT NOT NULL CHECK (json_valid(source)),
    disposition TEXT NOT NULL CHECK (disposition IN ('kept', 'set_aside')),
    received_ms INTEGER NOT NULL,
    thumb       BLOB NOT NULL
) STRICT;

CREATE INDEX page_by_dossier ON page (dossier, component, position);

CREATE TABLE outbox (
    n           INTEGER PRIMARY KEY AUTOINCREMENT,
    id          BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    dossier     BLOB NOT NULL REFERENCES dossier (id),
    body        BLOB NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('queued', 'accepted', 'blocked')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    next_ms     INTEGER,
    fault       TEXT,
    detail      TEXT,
    created_ms  INTEGER NOT NULL,
    accepted_ms INTEGER,
    acceptance  TEXT CHECK (acceptance IS NULL OR json_valid(acceptance)),
    -- Done only with the server's answer in hand.
    CHECK ((state = 'accepted') = (acceptance IS NOT NULL AND accepted_ms IS NOT NULL))
) STRICT;

CREATE INDEX outbox_by_state ON outbox (state, next_ms);
CREATE INDEX outbox_by_dossier ON outbox (dossier);

CREATE TABLE print_job (
    id      BLOB PRIMARY KEY CHECK (length(id) = 16),
    dossier BLOB NOT NULL REFERENCES dossier (id),
    form    TEXT NOT NULL,
    printer TEXT NOT NULL,
    job     TEXT NOT NULL,
    at_ms   INTEGER NOT NULL,
    staff   BLOB NOT NULL REFERENCES staff (id)
) STRICT;

CREATE INDEX print_job_by_dossier ON print_job (dossier, form);

-- Blocks of daily numbers that the central system gave to this station alone.
CREATE TABLE lease (
    n        INTEGER PRIMARY KEY,
    first    INTEGER NOT NULL CHECK (first >= 1),
    last     INTEGER NOT NULL CHECK (last >= first),
    from_day TEXT NOT NULL,
    to_day   TEXT NOT NULL,
    UNIQUE (first, last, from_day, to_day)
) STRICT;

-- The last number given out of a block on a day. Block 0 counts provisional codes.
CREATE TABLE number (
    day   TEXT NOT NULL,
    lease INTEGER NOT NULL,
    last  INTEGER NOT NULL,
    PRIMARY KEY (day, lease)
) STRICT, WITHOUT ROWID;

-- Who did what, chained by hash: a row cannot be changed or taken out without breaking the chain after it.
CREATE TABLE audit (
    n      INTEGER PRIMARY KEY,
    at_ms  INTEGER NOT NULL,
    staff  BLOB,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    prev   BLOB NOT NULL CHECK (length(prev) = 32),
    hash   BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
