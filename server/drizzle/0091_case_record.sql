-- Deadlines that the calendar moved without anybody's step (a schedule was announced, a local day changed): what was due when.
CREATE TABLE case_due (
  case_id char(26) NOT NULL,
  at datetime(3) NOT NULL,
  was datetime(3) NOT NULL,
  due datetime(3) NOT NULL,
  PRIMARY KEY (case_id, at, due)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TRIGGER case_due_no_update BEFORE UPDATE ON case_due FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what was due is never changed';

CREATE TRIGGER case_due_no_delete BEFORE DELETE ON case_due FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what was due is never deleted';

CREATE TRIGGER case_file_no_delete BEFORE DELETE ON case_file FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'cases are never deleted';

-- A case changes only with the step that did it, which is written first, and as of the time of that step. Without one: its words go
-- (or are put otherwise), it is taken from whom it was given to, and its deadline moves as it is kept in case_due, which alone can
-- take its red away. With one: a round begins or goes on; each time is that of the step or stays; a pause opens or ends then.
CREATE TRIGGER case_file_step BEFORE UPDATE ON case_file FOR EACH ROW IF NOT (
  NEW.id = OLD.id AND NEW.subject = OLD.subject AND NEW.village = OLD.village AND NEW.author = OLD.author
  AND IF(NEW.steps = OLD.steps,
    NEW.state = OLD.state AND NEW.region = OLD.region AND NEW.round_kind = OLD.round_kind AND NEW.closed_at <=> OLD.closed_at
    AND NEW.returned = OLD.returned AND NEW.reopened = OLD.reopened AND NEW.rated = OLD.rated
    AND NEW.outcome <=> OLD.outcome AND NEW.reason <=> OLD.reason
    AND (NEW.assignee <=> OLD.assignee OR NEW.assignee IS NULL)
    AND (NEW.due_at <=> OLD.due_at OR EXISTS (
      SELECT 1 FROM case_due AS kept WHERE kept.case_id = NEW.id AND kept.was = OLD.due_at AND kept.due = NEW.due_at))
    AND (NEW.escalated_at <=> OLD.escalated_at OR (NEW.escalated_at IS NULL AND NEW.due_at > OLD.escalated_at)),
    NEW.steps = OLD.steps + 1 AND EXISTS (
      SELECT 1 FROM case_step AS step WHERE step.case_id = NEW.id AND step.number = NEW.steps AND step.round = NEW.round
      AND IF(step.move IN ('reopen', 'rateBadly'),
        NEW.round = OLD.round + 1 AND NEW.round_kind = IF(step.move = 'reopen', 'reopened', 'rectify') AND NEW.began_at = step.at
        AND NEW.accepted_at IS NULL AND NEW.finished_at IS NULL AND NEW.closed_at IS NULL AND NEW.escalated_at IS NULL
        AND NEW.pauses = '[]' AND NEW.extension = 'none' AND NEW.rated = 0,
        NEW.round = OLD.round AND NEW.round_kind = OLD.round_kind AND NEW.began_at = OLD.began_at
        AND (NEW.accepted_at <=> OLD.accepted_at
          OR (OLD.accepted_at IS NULL AND NEW.accepted_at = step.at AND step.move IN ('accept', 'start')))
        AND (NEW.finished_at <=> OLD.finished_at OR (NEW.finished_at = step.at AND step.move = 'finish'))
        AND (NEW.closed_at <=> OLD.closed_at OR (OLD.closed_at IS NULL AND NEW.closed_at = step.at))
        AND (NEW.extension = OLD.extension
          OR (OLD.extension = 'asked' AND NEW.extension = 'none' AND step.move IN ('transfer', 'return'))
          OR NEW.extension = CASE step.move WHEN 'askMore' THEN 'asked' WHEN 'allowMore' THEN 'allowed' WHEN 'denyMore' THEN 'denied' END)
        AND (NEW.escalated_at <=> OLD.escalated_at
          OR (NEW.escalated_at IS NULL AND NEW.due_at > OLD.escalated_at)
          OR (step.move = 'escalate' AND OLD.escalated_at IS NULL AND NEW.escalated_at = step.at))
        AND (NEW.pauses = OLD.pauses
          OR NEW.pauses = REPLACE(OLD.pauses, 'null', TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', step.at) DIV 1000)
          OR (step.move = 'pause' AND NEW.pauses = CONCAT(LEFT(OLD.pauses, CHAR_LENGTH(OLD.pauses) - 1),
            IF(OLD.pauses = '[]', '', ','), '{"from":', TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', step.at) DIV 1000, ',"to":null}]')))))))
  THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a case changes only with its step'; END IF;
