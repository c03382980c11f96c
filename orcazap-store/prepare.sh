#!/usr/bin/env bash
# Writes orcazap-store/.sqlx, the schema the compiler checks every query against,
# from nothing: a throw-away PostgreSQL, the migrations, one cargo check.
#
#   orcazap-store/prepare.sh           write the files
#   orcazap-store/prepare.sh --check   fail when they are not what would be written
set -euo pipefail
cd "$(dirname "$0")"
bin=${ORCAZAP_POSTGRES_BIN:-$(dirname "$(command -v postgres || ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | sort -V | tail -1)")}
bin=$(readlink -f "$bin/postgres" | xargs dirname)
[ -x "$bin/initdb" ] && PATH=$bin:$PATH || { echo "PostgreSQL is not installed; try: apt-get install postgresql" >&2; exit 1; }
work=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then
    chown postgres "$work"
    as=(runuser -u postgres --)
fi
stop() {
    "${as[@]}" "$bin/pg_ctl" -D "$work/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap stop EXIT
"${as[@]}" "$bin/initdb" -D "$work/data" -U postgres -E UTF8 -A trust --locale=C.UTF-8 --no-sync >/dev/null
"${as[@]}" "$bin/pg_ctl" -w -D "$work/data" -l "$work/data/server.log" \
    -o "-c listen_addresses= -c unix_socket_directories=$work -c fsync=off" start >/dev/null
for migration in migrations/*.sql; do
    PGOPTIONS="-c client_min_messages=warning" psql -h "$work" -U postgres -q -v ON_ERROR_STOP=1 -1 -f "$migration" postgres
done
mkdir "$work/sqlx"
# Touched, because the macros write their files only when they are expanded.
touch src/lib.rs
DATABASE_URL="postgres://postgres@localhost/postgres?host=$work" SQLX_OFFLINE=false \
    SQLX_OFFLINE_DIR="$work/sqlx" cargo check --quiet -p orcazap-store --all-features
if [ "${1:-}" = --check ]; then
    diff -rq "$work/sqlx" .sqlx || { echo "orcazap-store/.sqlx is stale: run orcazap-store/prepare.sh" >&2; exit 1; }
else
    rm -rf .sqlx
    mkdir .sqlx
    cp "$work"/sqlx/*.json .sqlx/
fi
