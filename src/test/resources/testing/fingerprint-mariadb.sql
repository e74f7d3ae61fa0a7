-- One query a table, to be run next: its name, its number of rows, the md5 over its rows in order.
SET group_concat_max_len = 1048576;
SELECT CONCAT(
  'SELECT CONCAT(''', table_name, '|'', COUNT(*), '' rows, md5 '', MD5(COALESCE(GROUP_CONCAT(row_md5 ORDER BY row_md5 SEPARATOR ''''), '''')))',
  ' FROM (SELECT MD5(CONCAT_WS('','', ', GROUP_CONCAT('QUOTE(`', column_name, '`)' ORDER BY ordinal_position), ')) AS row_md5 FROM `',
  table_name, '`) t;')
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'
GROUP BY table_name
ORDER BY table_name;
