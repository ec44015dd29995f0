BEGIN;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ROWS)
INSERT INTO dossier (id, status, applicant_name, opened_ms, body)
SELECT randomblob(16), 'draft', 'Nguyễn Thị Mẫu ' || i, i, '{"note":"' || hex(randomblob(200)) || '"}' FROM n;
COMMIT;
