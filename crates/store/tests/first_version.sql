-- What the first version of the program left behind, as small as it can be.
INSERT INTO dossier (id, status, applicant_name, opened_ms, body) VALUES (
    zeroblob(16), 'draft', 'Đặng Thị Ơn', 0,
    '{"applicant":{"name":"Đặng Thị Ơn","id_number":"099090000001","phone":""}}'
);
INSERT INTO dossier_code VALUES ('H99-261124-0001', zeroblob(16));
INSERT INTO file VALUES (zeroblob(32), 1, 'image/jpeg', 0);
INSERT INTO page VALUES (zeroblob(16), zeroblob(16), 1, 1, zeroblob(32), 0, 'image/jpeg', 1, 1, 1, '{}', 'kept', 0, x'ABCD');
PRAGMA user_version = 1;
