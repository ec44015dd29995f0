-- When which version of a procedure takes effect (ngày hiệu lực), until the next one does; without a version it is
-- repealed from that day (bãi bỏ).
CREATE TABLE procedure_turn (
    code     TEXT NOT NULL,
    from_day TEXT NOT NULL,
    n        INTEGER REFERENCES procedure (n),
    PRIMARY KEY (code, from_day)
) STRICT, WITHOUT ROWID;

INSERT INTO procedure_turn (code, from_day, n)
SELECT o.code, p.valid_from, o.n FROM procedure_offer o JOIN procedure p ON p.n = o.n;

-- How often a procedure was chosen here, and when last; it outlives its versions.
CREATE TABLE procedure_use (
    code    TEXT PRIMARY KEY,
    uses    INTEGER NOT NULL,
    used_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO procedure_use (code, uses, used_ms)
SELECT code, uses, used_ms FROM procedure_offer WHERE used_ms IS NOT NULL;

-- What is on offer today, as lists show it: without the bodies, so that a search at every key touches few pages.
CREATE TABLE procedure_today (
    n     INTEGER PRIMARY KEY REFERENCES procedure (n),
    code  TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL,
    field TEXT NOT NULL
) STRICT;

INSERT INTO procedure_today (n, code, name, field)
SELECT p.n, p.code, p.name, p.field FROM procedure_offer o JOIN procedure p ON p.n = o.n;
DROP TABLE procedure_offer;

DROP TABLE procedure_search;
CREATE VIRTUAL TABLE procedure_search USING fts5 (
    name, other, content = '', contentless_delete = 1, prefix = '1 2 3 4 5 6', detail = column, tokenize = 'ascii'
);

INSERT INTO procedure_search (rowid, name, other)
SELECT t.n, fold(t.name), fold(concat_ws(' ', t.field, t.code, replace(t.code, '.', ''), initials(t.name),
    (SELECT group_concat(value, ' ') FROM json_each(p.body, '$.aliases'))))
FROM procedure_today t JOIN procedure p ON p.n = t.n ORDER BY t.n;

-- Favourites (thủ tục hay dùng) of a person, in the order in which they were starred.
CREATE TABLE procedure_star (
    staff BLOB NOT NULL REFERENCES staff (id),
    code  TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (staff, code)
) STRICT, WITHOUT ROWID;

-- What a publication does not say clearly, kept so that somebody can complete it.
CREATE TABLE procedure_unread (
    id    INTEGER PRIMARY KEY,
    code  TEXT NOT NULL,
    name  TEXT NOT NULL,
    field TEXT NOT NULL,
    doubt TEXT NOT NULL CHECK (json_valid(doubt))
) STRICT;

CREATE INDEX procedure_unread_of ON procedure_unread (code);
CREATE INDEX procedure_unread_in ON procedure_unread (field, code);

-- Limits that the office set where the publication names none; a published limit takes the place of one again.
CREATE TABLE procedure_limit (
    code      TEXT NOT NULL,
    case_id   TEXT NOT NULL,
    limit_of  TEXT NOT NULL,
    reason    TEXT NOT NULL CHECK (reason <> ''),
    staff     BLOB NOT NULL REFERENCES staff (id),
    at_ms     INTEGER NOT NULL,
    PRIMARY KEY (code, case_id)
) STRICT, WITHOUT ROWID;

-- Whose signed packages of procedures are taken.
CREATE TABLE package_key (
    key   BLOB PRIMARY KEY CHECK (length(key) = 32),
    name  TEXT NOT NULL,
    staff BLOB NOT NULL REFERENCES staff (id),
    at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which package of each series was taken last: a delta fits upon that one only.
CREATE TABLE package_taken (
    series  TEXT PRIMARY KEY,
    serial  INTEGER NOT NULL,
    content BLOB NOT NULL CHECK (length(content) = 32),
    at_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
