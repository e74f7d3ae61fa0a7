-- A table of log lines with which a plain dump grows by about @megabytes MB (10^6 bytes): frequent words and random identifiers.
CREATE TEMPORARY TABLE phrases (id int PRIMARY KEY, phrase text NOT NULL)
SELECT seq DIV 6 AS id, GROUP_CONCAT(LOWER(CONV(1000 + CRC32(CONCAT(seq, 'w')) % CRC32(seq) % 3000 * 397, 10, 36)) SEPARATOR ' ') AS phrase
FROM seq_0_to_49151 GROUP BY 1;
CREATE TEMPORARY TABLE phrases_too SELECT * FROM phrases;
ALTER TABLE phrases_too ADD PRIMARY KEY (id);

CREATE TABLE events (
  id bigint NOT NULL PRIMARY KEY,
  at datetime(3) NOT NULL,
  tenant char(32) NOT NULL,
  message text NOT NULL,
  picture varbinary(64)
) DEFAULT CHARSET = utf8mb4;
INSERT INTO events
SELECT
  seq,
  TIMESTAMP '2026-01-01 00:00:00' + INTERVAL seq SECOND,
  MD5(seq * seq % 500),
  CONCAT('Łukasz ✓ ', a.phrase, ' ', b.phrase, ' ', LEFT(MD5(seq), 12)),
  CASE WHEN seq % 10 = 0 THEN UNHEX(MD5(seq)) END
FROM seq_1_to_1000000000
JOIN phrases a ON a.id = CRC32(CONCAT(seq, 'a')) % 8192
JOIN phrases_too b ON b.id = CRC32(CONCAT(seq, 'b')) % 8192
WHERE seq <= @megabytes * 1000000 DIV 178;
