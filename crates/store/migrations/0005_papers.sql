-- What is printed is no longer only a dossier's receipt: a list is of a day, a slip of one step. `subject` tells
-- sheets of one form apart; the same sheet printed again counts as a reprint.
ALTER TABLE print_job RENAME TO print_job_of_dossiers;
DROP INDEX print_job_by_dossier;

CREATE TABLE print_job (
    id      BLOB PRIMARY KEY CHECK (length(id) = 16),
    dossier BLOB REFERENCES dossier (id),
    form    TEXT NOT NULL,
    subject TEXT NOT NULL,
    printer TEXT NOT NULL,
    job     TEXT NOT NULL,
    at_ms   INTEGER NOT NULL,
    staff   BLOB NOT NULL REFERENCES staff (id)
) STRICT;

INSERT INTO print_job (id, dossier, form, subject, printer, job, at_ms, staff)
SELECT id, dossier, form, '', printer, job, at_ms, staff FROM print_job_of_dossiers;
DROP TABLE print_job_of_dossiers;

CREATE INDEX print_job_by_sheet ON print_job (dossier, form, subject);

-- The tracking book (sổ theo dõi hồ sơ): numbers from 1 through the year, in the order of acceptance, never given anew.
CREATE TABLE book_entry (
    year    INTEGER NOT NULL,
    number  INTEGER NOT NULL CHECK (number >= 1),
    dossier BLOB NOT NULL UNIQUE REFERENCES dossier (id),
    PRIMARY KEY (year, number)
) STRICT, WITHOUT ROWID;

INSERT INTO book_entry (year, number, dossier)
SELECT year, row_number() OVER (PARTITION BY year ORDER BY n), dossier FROM (
    SELECT min(e.n) AS n, e.dossier,
           CAST(strftime('%Y', d.received_ms / 1000 + 25200, 'unixepoch') AS INTEGER) AS year
    FROM event e JOIN dossier d ON d.id = e.dossier
    WHERE e.kind = 'received' AND d.received_ms IS NOT NULL GROUP BY e.dossier
);

-- Results that came back to the counter on a day.
CREATE INDEX event_done ON event (at_ms) WHERE kind = 'done';
