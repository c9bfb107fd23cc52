-- A withdrawn file that lies in somebody's draft is not before the public: what was shown gets marked. Of all that is there,
-- what stands in a published text now, and, since nobody can tell any more, all that was withdrawn.

ALTER TABLE media_use ADD COLUMN shown_at datetime(3);

UPDATE media_use SET shown_at = withdrawn_at WHERE withdrawn_at IS NOT NULL;

UPDATE media_use u
  JOIN notice_face f ON u.owner = CONCAT('notice:', f.id) AND f.shelf <> 0
  JOIN notice_version v ON v.notice = f.id AND v.version = f.version
  JOIN media m ON m.id = u.media
  SET u.shown_at = f.updated_at
  WHERE u.withdrawn_at IS NULL
    AND (LOCATE(CONCAT('/m/', m.digest), v.body) > 0 OR LOCATE(CONCAT('"', m.id, '"'), v.attachments) > 0);
