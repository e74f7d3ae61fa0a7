#!/bin/sh
# Run once by the image of PostgreSQL when it makes a cluster (docker-compose.yaml): lets the role 'backup' take base backups.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$BACKUP_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE backup LOGIN REPLICATION PASSWORD :'password';
SQL
# 'all' in the line that the image writes does not mean replication.
echo 'host replication backup all scram-sha-256' >>"$PGDATA/pg_hba.conf"
