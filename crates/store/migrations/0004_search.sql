-- Every beginning of up to six signs has its own list: the index joined a hundred thousand numbers at each key without
-- it. Where in a row a word stands is asked by nobody; without it the whole is smaller than the old one was.
DROP TABLE dossier_search;

CREATE VIRTUAL TABLE dossier_search USING fts5 (
    folded, content = '', contentless_delete = 1, prefix = '1 2 3 4 5 6', detail = none, tokenize = 'ascii'
);

-- The words of a dossier as the program folds them (fold() is the program's own).
INSERT INTO dossier_search (rowid, folded)
SELECT n, fold(concat_ws(' ',
    json_extract(body, '$.applicant.name'),
    json_extract(body, '$.applicant.id_number'),
    json_extract(body, '$.applicant.phone'),
    (SELECT group_concat(code, ' ') FROM dossier_code WHERE dossier = dossier.id)
))
FROM dossier WHERE status <> 'discarded' ORDER BY n;
