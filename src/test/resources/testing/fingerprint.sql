-- One line a table: its name, its number of rows, the md5 over its rows in order; and one a sequence, with its position.
SET timezone = 'UTC';
SET extra_float_digits = 3;
SET bytea_output = hex;
SELECT format(
  'SELECT %L, count(*) || '' rows, md5 '' || md5(coalesce(string_agg(row_md5, '''' ORDER BY row_md5 COLLATE "C"), ''''))'
    ' FROM (SELECT md5((t.*)::text) AS row_md5 FROM %I.%I t) rows',
  schemaname || '.' || tablename, schemaname, tablename)
FROM pg_tables
WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname !~ '^pg_(temp|toast)'
ORDER BY schemaname, tablename
\gexec
SELECT schemaname || '.' || sequencename, 'at ' || coalesce(last_value::text, 'start') FROM pg_sequences ORDER BY 1;
