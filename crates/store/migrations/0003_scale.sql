-- Every edit of a dossier asks for its codes; without this each asked the whole table.
CREATE INDEX dossier_code_by_dossier ON dossier_code (dossier);

-- The status bar counts what was accepted today, among everything that ever was.
CREATE INDEX outbox_accepted ON outbox (accepted_ms) WHERE accepted_ms IS NOT NULL;
