-- A file that nobody shows to the public any more is not given out; what was withdrawn before this is marked as well.

ALTER TABLE media_use ADD COLUMN withdrawn_at datetime(3);

UPDATE media_use u JOIN notice_face f ON u.owner = CONCAT('notice:', f.id)
  SET u.withdrawn_at = COALESCE(f.withdrawn_at, f.updated_at) WHERE f.shelf = 0;
