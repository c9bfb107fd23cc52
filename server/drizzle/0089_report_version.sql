-- Somebody reports a text once; what its author makes of it afterwards is another text.
ALTER TABLE post_report
  ADD COLUMN version int NOT NULL DEFAULT 0,
  DROP KEY post_report_once,
  ADD UNIQUE KEY post_report_once (what, person, version);
-- Who calls the vendor's sheet late again, with a key from before, is known: the last few keys, newest first.
ALTER TABLE message_consent CHANGE COLUMN last_key last_keys varchar(512) NOT NULL;
