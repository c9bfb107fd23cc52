-- An appeal is against one refusal: what is refused again later may be appealed for again.
ALTER TABLE circle_appeal ADD COLUMN refusal char(26) NOT NULL DEFAULT '' AFTER version;

UPDATE circle_appeal a SET refusal = COALESCE((SELECT MAX(d.id) FROM circle_decision d
  WHERE d.what = a.what AND d.version = a.version AND d.pass = 0 AND d.appeal = 0 AND d.id < a.id), '');

ALTER TABLE circle_appeal
  DROP KEY circle_appeal_once,
  ADD UNIQUE KEY circle_appeal_once (what, version, refusal);
