-- By what the applicant is known again, so that the same matter told by two stations is found; none for what came before.
ALTER TABLE dossier ADD COLUMN person TEXT;

CREATE INDEX dossier_of_person ON dossier (person, procedure, received_at) WHERE person IS NOT NULL;
