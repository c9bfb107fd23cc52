-- A time without a day or month (2026-11-00) differs from the clock by NULL, which is no more than ten minutes: what is not known
-- to be now is refused.
CREATE OR REPLACE TRIGGER case_step_now BEFORE INSERT ON case_step FOR EACH ROW IF
  NOT EXISTS (SELECT 1 FROM moved_clock) AND NOT COALESCE(ABS(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', NEW.at) - 1000000 * UNIX_TIMESTAMP(SYSDATE(6))) <= 600000000, FALSE)
  THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'steps of a case are never back-dated, nor dated ahead'; END IF;

CREATE OR REPLACE TRIGGER case_file_now BEFORE INSERT ON case_file FOR EACH ROW IF
  NOT EXISTS (SELECT 1 FROM moved_clock) AND (NEW.created_at <> NEW.began_at OR NOT COALESCE(ABS(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', NEW.began_at) - 1000000 * UNIX_TIMESTAMP(SYSDATE(6))) <= 600000000, FALSE)
    OR COALESCE(NEW.accepted_at, NEW.finished_at, NEW.closed_at, NEW.escalated_at) IS NOT NULL OR NEW.pauses <> '[]')
  THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a case begins when it is raised'; END IF;

CREATE OR REPLACE TRIGGER case_due_now BEFORE INSERT ON case_due FOR EACH ROW IF
  NOT EXISTS (SELECT 1 FROM moved_clock) AND NOT COALESCE(ABS(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', NEW.at) - 1000000 * UNIX_TIMESTAMP(SYSDATE(6))) <= 600000000, FALSE)
  THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what was due is never back-dated'; END IF;
