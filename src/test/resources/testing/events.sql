-- A table of log lines with which a plain dump grows by about :megabytes MB (10^6 bytes). Frequent words and random identifiers, so that
-- gzip -6 makes it 3 to 4 times smaller, as it does with real tables.
SELECT setseed(0.42) \g /dev/null

CREATE TEMP TABLE words AS
SELECT n, translate(left(md5(n::text), 2 + n % 9), '0123456789abcdef', 'etaoinshrdlucmfg') AS word FROM generate_series(0, 2999) n;

CREATE TEMP TABLE phrases AS
SELECT id, string_agg(word, ' ') AS phrase
FROM (SELECT p AS id, floor(3000 * random() ^ 4)::int AS n FROM generate_series(0, 8191) p, generate_series(1, 6)) picked
JOIN words USING (n)
GROUP BY id;

CREATE TABLE events (
  id bigint NOT NULL,
  at timestamptz NOT NULL,
  tenant uuid NOT NULL,
  level text NOT NULL,
  message text NOT NULL,
  details jsonb NOT NULL
);
INSERT INTO events
SELECT
  r.id,
  timestamptz '2026-01-01 00:00:00+00' + r.id * interval '1.37 seconds',
  md5((r.id * r.id % 200)::text)::uuid,
  (ARRAY['INFO', 'INFO', 'INFO', 'WARN', 'DEBUG'])[1 + r.id % 5],
  a.phrase || ' ' || b.phrase || ' ' || c.phrase,
  jsonb_build_object('request', left(md5(r.id::text), 10), 'ms', r.id * 7919 % 900, 'user', r.id * r.id % 100000, 'ok', r.id % 31 > 0)
FROM (
  SELECT id, floor(8192 * random())::int AS x, floor(8192 * random())::int AS y, floor(8192 * random())::int AS z
  FROM generate_series(1, (:megabytes * 1000000::bigint) / 255) id
) r
JOIN phrases a ON a.id = x
JOIN phrases b ON b.id = y
JOIN phrases c ON c.id = z
ORDER BY r.id;
ALTER TABLE events ADD PRIMARY KEY (id);
