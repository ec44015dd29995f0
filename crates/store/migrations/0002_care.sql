-- People who leave keep their row, since events and the log name them; they no longer sign in.
ALTER TABLE staff ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));

-- Small pictures are made of the pages and can be made again, so that they stand apart: lists of pages stay small,
-- and old ones can go without touching a page.
CREATE TABLE thumb (
    page    BLOB NOT NULL UNIQUE CHECK (length(page) = 16) REFERENCES page (id),
    picture BLOB NOT NULL
) STRICT;

INSERT INTO thumb (page, picture) SELECT id, thumb FROM page;
ALTER TABLE page DROP COLUMN thumb;

-- A file whose bytes were found damaged or gone, until they are found whole again.
ALTER TABLE file ADD COLUMN bad_ms INTEGER;
-- A file whose bytes left this machine, after the central system had proven that it holds them.
ALTER TABLE file ADD COLUMN purged_ms INTEGER;

CREATE INDEX file_bad ON file (bad_ms) WHERE bad_ms IS NOT NULL;
CREATE INDEX page_by_file ON page (file);

-- Who has a draft in hand: another clerk takes it over knowingly. It runs out by itself.
ALTER TABLE dossier ADD COLUMN held_by BLOB REFERENCES staff (id);
ALTER TABLE dossier ADD COLUMN held_until_ms INTEGER;
