-- PostgreSQL for the $title, made by `watchword deploy`. As postgres, before the first start:
--     psql -f roles.sql
-- No passwords: each account of the machine logs in as the role of its own name, over the socket (peer).
CREATE ROLE "watchword-$part" LOGIN;
CREATE DATABASE "watchword-$part" OWNER "watchword-$part" ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE "watchword-$part" FROM PUBLIC;
