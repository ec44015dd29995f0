-- One stack of paper as it went through a scanner: what was fed and received is written down while it runs, so that a
-- crash leaves an account too. `dossier` is empty while cover sheets still have to say where its pages belong.
CREATE TABLE stack (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    dossier    BLOB REFERENCES dossier (id),
    component  INTEGER CHECK (component >= 1),
    source     TEXT NOT NULL CHECK (json_valid(source)),
    state      TEXT NOT NULL CHECK (state IN ('open', 'saved', 'discarded')),
    expected   INTEGER CHECK (expected >= 0),
    fed        INTEGER CHECK (fed >= 0),
    received   INTEGER NOT NULL DEFAULT 0 CHECK (received >= 0),
    ended      TEXT,
    -- Why numbers that do not agree were accepted.
    reason     TEXT CHECK (reason <> ''),
    staff      BLOB NOT NULL REFERENCES staff (id),
    started_ms INTEGER NOT NULL,
    ended_ms   INTEGER
) STRICT;

CREATE INDEX stack_by_dossier ON stack (dossier, started_ms);
-- What a crash or a shift's end left open.
CREATE INDEX stack_open ON stack (started_ms) WHERE state = 'open';

ALTER TABLE page ADD COLUMN stack BLOB REFERENCES stack (id);
-- Why it was set aside, where it was.
ALTER TABLE page ADD COLUMN aside TEXT CHECK (aside IS NULL OR disposition = 'set_aside');
-- How it is turned, cut and straightened for reading; empty for a page as it came. The bytes never change.
ALTER TABLE page ADD COLUMN edit TEXT CHECK (edit IS NULL OR json_valid(edit));
-- What looking at its picture told: ink, likeness, codes, quality.
ALTER TABLE page ADD COLUMN found TEXT CHECK (found IS NULL OR json_valid(found));

CREATE INDEX page_by_stack ON page (stack) WHERE stack IS NOT NULL;
