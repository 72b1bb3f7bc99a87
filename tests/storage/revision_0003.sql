INSERT INTO people (id, name, email, language, name_key) VALUES
    ('kari', 'Kari Østby', 'kari@example.org', 'nb', 'kari'), ('ola', 'Ola Åsen', 'ola@example.org', 'nn', 'ola');
INSERT INTO minutes (meeting_id, version, "by", at, sha256, name, present, remarks) VALUES
    ('group-1', 1, 'lise', '2026-11-02T08:30:00.000000+00:00', '', '', '["ola","kari","gone"]', 'Første linje
Andre linje «æøå»'),
    ('group-2', 1, 'lise', '2026-11-02T09:30:00.000000+00:00', '', '', '[]', ''),
    ('group-3', 1, 'lise', '2026-11-02T08:30:00.000000+00:00', '', '', '[]', 'Gammelt'),
    ('group-3', 2, 'kari', '2026-11-02T09:30:00.000000+00:00', '', '', '["ola"]', 'Rettet'),
    ('board-0', 1, 'lise', '2026-11-02T08:30:00.000000+00:00',
    'abababababababababababababababababababababababababababababababab', 'Referat 2025.pdf', '[]', '');
INSERT INTO cases (
    id, rev, state, alive, title, case_type, submitter, owner, updated_at, created_at, delivery_form, sub_portfolio,
    last_what, last_by, last_at, exclusion, search, reason, documents, content, submitted_at, received_at, accepted_at,
    agenda_at, dispatched_at, state_since, board_meeting, board_number, for_chair
) VALUES (
    'c1', 9, 'dispatched', 1, 'Sak å', 'bp2', 'kari', 'ola', '2026-11-02T08:30:00.000000+00:00',
    '2026-11-02T08:30:00.000000+00:00', 'decision', 'ikt', 'case.dispatched', 'lise',
    '2026-11-02T08:30:00.000000+00:00', '', 'sak å', '', '[]', '{"title":"Sak å"}', '2026-11-02T08:30:00.000000+00:00',
    '2026-11-02T08:30:00.000000+00:00', '2026-11-02T08:30:00.000000+00:00', '2026-11-02T08:30:00.000000+00:00',
    '2026-11-02T08:30:00.000000+00:00', '2026-11-02T08:30:00.000000+00:00', 'board-1', '012-2026', 1
);
