-- The ledger's tables belong to a role that nobody can log in as, made by `watchword deploy`.
-- As postgres, after the first start of the Desk, and again after an upgrade that says so:
--     psql -d watchword-desk -f ledger.sql
-- From then on the Desk adds entries and places each in the log once. It cannot change or delete one, and it
-- cannot take away the guards that refuse it.
DO $$$$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'watchword-ledger') THEN
        CREATE ROLE "watchword-ledger" NOLOGIN;
    END IF;
END $$$$;
GRANT USAGE ON SCHEMA public TO "watchword-ledger";
ALTER TABLE journal_pendingentry OWNER TO "watchword-ledger";
ALTER FUNCTION journal_entry_guard() OWNER TO "watchword-ledger";
REVOKE ALL ON journal_pendingentry FROM "watchword-desk";
GRANT SELECT, INSERT ON journal_pendingentry TO "watchword-desk";
GRANT UPDATE (leaf_index) ON journal_pendingentry TO "watchword-desk";
GRANT USAGE ON SEQUENCE journal_pendingentry_id_seq TO "watchword-desk";
