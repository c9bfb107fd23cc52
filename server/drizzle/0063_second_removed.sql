-- When an administrator last took the second factor away; the row stays, with an empty secret until a new one is set up.
ALTER TABLE totp ADD COLUMN removed_at datetime(3);
