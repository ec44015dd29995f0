SELECT sum(length(body) + length(applicant_name)) FROM dossier
