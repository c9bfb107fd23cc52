-- What began to wait for a person's eyes, so that those who may decide are told once, and those above them when it waits on.
CREATE TABLE circle_wait (
  id varchar(60) NOT NULL,
  what char(26) NOT NULL,
  village char(12) NOT NULL,
  kind varchar(8) NOT NULL,
  at datetime(3) NOT NULL,
  -- When the clock looks again; null: no more.
  next datetime(3),
  PRIMARY KEY (id),
  KEY circle_wait_next (next),
  KEY circle_wait_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What waits already is looked at by the clock.
INSERT INTO circle_wait (id, what, village, kind, at, next)
SELECT CONCAT('held:', id, ':', edits), id, village, 'held', created_at, UTC_TIMESTAMP(3)
FROM post WHERE check_state = 'held' AND deleted_at IS NULL;

INSERT INTO circle_wait (id, what, village, kind, at, next)
SELECT CONCAT('held:', id, ':0'), id, village, 'held', created_at, UTC_TIMESTAMP(3)
FROM post_comment WHERE check_state = 'held' AND deleted_at IS NULL;

INSERT INTO circle_wait (id, what, village, kind, at, next)
SELECT CONCAT('held:', s.id, ':0'), s.id, s.village, 'held', p.created_at, UTC_TIMESTAMP(3)
FROM circle_step s JOIN post p ON p.id = s.post WHERE s.check_state = 'held';

INSERT INTO circle_wait (id, what, village, kind, at, next)
SELECT CONCAT('appealed:', what, ':', version), what, village, 'appealed', at, UTC_TIMESTAMP(3)
FROM circle_appeal WHERE decided_at IS NULL;

INSERT INTO circle_wait (id, what, village, kind, at, next)
SELECT CONCAT('reported:', what, ':0'), what, village, 'reported', MIN(at), UTC_TIMESTAMP(3)
FROM post_report WHERE decided_at IS NULL GROUP BY what, village;
