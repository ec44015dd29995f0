-- What the office did to its working calendar: files brought in, local days, what was taken back. Rows are added, never
-- changed; the calendar in force is their fold over what ships.
CREATE TABLE calendar_change (
    n      INTEGER PRIMARY KEY,
    id     BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    at_ms  INTEGER NOT NULL,
    staff  BLOB NOT NULL REFERENCES staff (id),
    reason TEXT NOT NULL,
    change TEXT NOT NULL CHECK (json_valid(change))
) STRICT;

-- The appointment that an entry set: printed at receipt, appointed by hand, or corrected. Older entries did not keep it.
ALTER TABLE event ADD COLUMN due_ms INTEGER;
