-- What is written of a case is written as of now: by the database's own clock, ten minutes of grace for servers whose clocks
-- differ. UNIX_TIMESTAMP(SYSDATE) is that clock also for who sets the session's time, and its zone.

-- A row here: the program's clock is moved on purpose (the life of the demo, tests), so it is not held against the database's.
-- Nothing of the product writes one, and where there is a case already nobody can.
CREATE TABLE moved_clock (
  id tinyint NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TRIGGER moved_clock_first BEFORE INSERT ON moved_clock FOR EACH ROW IF
  EXISTS (SELECT 1 FROM case_file) AND NOT EXISTS (SELECT 1 FROM moved_clock AS kept)
  THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a clock under which cases were raised is never moved'; END IF;

CREATE TRIGGER case_step_now BEFORE INSERT ON case_step FOR EACH ROW IF
  NOT EXISTS (SELECT 1 FROM moved_clock) AND ABS(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', NEW.at) - 1000000 * UNIX_TIMESTAMP(SYSDATE(6))) > 600000000
  THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'steps of a case are never back-dated, nor dated ahead'; END IF;

CREATE TRIGGER case_file_now BEFORE INSERT ON case_file FOR EACH ROW IF
  NOT EXISTS (SELECT 1 FROM moved_clock) AND (NEW.created_at <> NEW.began_at OR ABS(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', NEW.began_at) - 1000000 * UNIX_TIMESTAMP(SYSDATE(6))) > 600000000
    OR COALESCE(NEW.accepted_at, NEW.finished_at, NEW.closed_at, NEW.escalated_at) IS NOT NULL OR NEW.pauses <> '[]')
  THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a case begins when it is raised'; END IF;

CREATE TRIGGER case_due_now BEFORE INSERT ON case_due FOR EACH ROW IF
  NOT EXISTS (SELECT 1 FROM moved_clock) AND ABS(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', NEW.at) - 1000000 * UNIX_TIMESTAMP(SYSDATE(6))) > 600000000
  THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what was due is never back-dated'; END IF;
