INSERT INTO cases (
    id, rev, state, alive, title, case_type, submitter, owner, updated_at, created_at, delivery_form, sub_portfolio,
    last_what, last_by, last_at, exclusion, search, reason, documents, content
) VALUES (
    'c1', 3, 'submitted', 1, 'Sak å', 'bp2', 'kari', 'ola', '2026-11-02T08:30:00.000000+00:00',
    '2026-11-02T08:30:00.000000+00:00', 'decision', 'ikt', 'case.submitted', 'kari',
    '2026-11-02T08:30:00.000000+00:00', '', 'sak å', '', '[]', '{"title":"Sak å","wanted_meeting":"m1"}'
), (
    'c2', 3, 'withdrawn', 0, '', 'bp2', 'kari', 'ola', '2026-11-02T08:30:00.000000+00:00',
    '2026-11-02T08:30:00.000000+00:00', 'decision', 'ikt', 'case.withdrawn', 'kari',
    '2026-11-02T08:30:00.000000+00:00', '', '', '', '[]', '{"wanted_meeting":"m1"}'
), (
    'c3', 3, 'draft', 1, '', 'bp2', 'kari', NULL, '2026-11-02T08:30:00.000000+00:00',
    '2026-11-02T08:30:00.000000+00:00', 'decision', 'ikt', 'case.started', 'kari',
    '2026-11-02T08:30:00.000000+00:00', '', '', '', '[]', '{}'
), (
    'c4', 5, 'awaiting_owner', 1, '', 'bp2', 'kari', 'ola', '2026-11-02T08:30:00.000000+00:00',
    '2026-11-02T08:30:00.000000+00:00', 'decision', 'ikt', 'case.submitted', 'kari',
    '2026-11-02T08:30:00.000000+00:00', '', '', '', '[]', '{}'
), (
    'c5', 4, 'ready_for_wg', 1, '', 'bp2', 'kari', 'ola', '2026-11-02T09:30:00.000000+00:00',
    '2026-11-02T08:30:00.000000+00:00', 'decision', 'ikt', 'case.accepted', 'lise',
    '2026-11-02T08:30:00.000000+00:00', '', 'journal', '',
    '[{"id":"d1","type":"mandate","name":"M.pdf","by":"kari","at":"2026-11-02T08:30:00+00:00","url":"","sha256":"ab","size":7}]',
    '{}'
), (
    'c6', 5, 'withdrawn', 0, '', 'bp2', 'kari', 'ola', '2026-11-02T09:30:00.000000+00:00',
    '2026-11-02T08:30:00.000000+00:00', 'decision', 'ikt', 'case.withdrawn', 'kari',
    '2026-11-02T09:30:00.000000+00:00', '', '', '', '[]', '{}'
);
INSERT INTO history (
    seq, at, "by", what, object_id, rev, from_state, to_state, reason, details, prev_hash, hash
) VALUES (
    1, '2026-11-02T08:30:00.000000+00:00', 'lise', 'case.accepted', 'c6', 4, 'submitted', 'ready_for_wg', '', '{}',
    '', ''
);
INSERT INTO people (id, name, email, organisation, language, name_key)
VALUES ('lise', 'Lise', '', NULL, 'nb', 'lise');
INSERT INTO holdings (person_id, role, body, since, until, deputy_for)
VALUES ('lise', 'office', 'office', '2022-01-01', NULL, NULL);
INSERT INTO meetings (id, body, starts_at, minutes, place, serves, rev)
VALUES ('m1', 'board', '2026-11-02T08:30:00.000000+00:00', 90, 'Rom', NULL, 2);
INSERT INTO copies (
    id, channel, tenant, service_url, conversation, scope, bot, team, message_id, person_id, kind, object_id, rev, lane,
    at
) VALUES (
    7, 'teams', 't', 'https://one.example.org', 'c', 'personal', 'b', '', 'msg', 'kari', 'case.returned', 'c1', 3,
    'p:kari', '2026-11-02T08:30:00.000000+00:00'
);
INSERT INTO outbox (
    key, kind, object_id, rev, person_id, copy_id, lane, state, open, due_at, attempts, last_error, message_id,
    created_at
) VALUES (
    'k', 'case.returned', 'c1', 4, 'kari', 7, 'p:kari', 'queued', 1, '2026-11-02T08:30:00.000000+00:00', 0, '', '',
    '2026-11-02T08:30:00.000000+00:00'
)
