#!/bin/sh
# Run once by the image of MariaDB when it makes its data directory: a user that may read everything and change nothing.
set -eu
password=$(printf %s "$BACKUP_PASSWORD" | sed "s/[\\\\']/\\\\&/g")
MYSQL_PWD=$MARIADB_ROOT_PASSWORD mariadb --user=root <<SQL
CREATE USER backup@'%' IDENTIFIED BY '$password';
GRANT SELECT, SHOW VIEW, TRIGGER, LOCK TABLES, EVENT ON *.* TO backup@'%';
SQL
