-- What a spooler holds is not printed yet. It is asked for until it says what became of it.
ALTER TABLE print_job ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting IN (0, 1));
CREATE INDEX print_job_waiting ON print_job (at_ms) WHERE waiting = 1;
