-- Pages that came in and lie in no dossier yet: of a mixed stack until its cover sheets are followed, of a manual duplex
-- until both passes are joined. A row stays when its page is placed, so that this can be taken back.
CREATE TABLE loose_page (
    id       BLOB PRIMARY KEY CHECK (length(id) = 16),
    stack    BLOB NOT NULL REFERENCES stack (id),
    -- Of a manual duplex: the fronts, then the backs.
    pass     INTEGER NOT NULL CHECK (pass >= 1),
    position INTEGER NOT NULL,
    file     BLOB NOT NULL REFERENCES file (hash),
    page     TEXT NOT NULL CHECK (json_valid(page)),
    -- What was read on it; empty until somebody looked.
    seen     TEXT CHECK (seen IS NULL OR json_valid(seen)),
    -- The page of a dossier that was made of it.
    placed   BLOB REFERENCES page (id),
    picture  BLOB NOT NULL,
    UNIQUE (stack, pass, position)
) STRICT;

CREATE INDEX loose_page_by_file ON loose_page (file);

-- How its pages are placed, where that is done afterwards.
ALTER TABLE stack ADD COLUMN way TEXT CHECK (way IN ('mixed', 'duplex'));
-- Cover sheets that were laid in, where somebody counted.
ALTER TABLE stack ADD COLUMN covers INTEGER CHECK (covers >= 0);
