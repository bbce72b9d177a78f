#!/bin/sh
# Run once by the PostgreSQL image on an empty data folder: the owner of the database and the role the service uses.
set -eu

psql --username postgres --set ON_ERROR_STOP=1 <<'SQL'
\getenv owner ATS_OWNER_PASSWORD
\getenv app ATS_APP_PASSWORD
CREATE ROLE ats_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'owner';
CREATE ROLE ats_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'app';
CREATE DATABASE ats OWNER ats_owner ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE ALL ON DATABASE ats FROM PUBLIC;
GRANT CONNECT ON DATABASE ats TO ats_app;
SQL
