-- Pages that one sheet makes: two where both sides are scanned.
ALTER TABLE stack ADD COLUMN sides INTEGER NOT NULL DEFAULT 1 CHECK (sides IN (1, 2));
