-- The same rule, closed where an answered case has no deadline any more: its red stays too. A note, a change of hands and a
-- wish for more time neither move nor end a case.
DROP TRIGGER IF EXISTS case_file_step;

CREATE TRIGGER case_file_step BEFORE UPDATE ON case_file FOR EACH ROW IF NOT (
  NEW.id = OLD.id AND NEW.subject = OLD.subject AND NEW.village = OLD.village AND NEW.author = OLD.author
  AND IF(NEW.steps = OLD.steps,
    NEW.state = OLD.state AND NEW.region = OLD.region AND NEW.round_kind = OLD.round_kind AND NEW.closed_at <=> OLD.closed_at
    AND NEW.returned = OLD.returned AND NEW.reopened = OLD.reopened AND NEW.rated = OLD.rated
    AND NEW.outcome <=> OLD.outcome AND NEW.reason <=> OLD.reason
    AND (NEW.assignee <=> OLD.assignee OR NEW.assignee IS NULL)
    AND (NEW.due_at <=> OLD.due_at OR EXISTS (
      SELECT 1 FROM case_due AS kept WHERE kept.case_id = NEW.id AND kept.was = OLD.due_at AND kept.due = NEW.due_at))
    AND (NEW.escalated_at <=> OLD.escalated_at OR (NEW.escalated_at IS NULL AND COALESCE(NEW.due_at > OLD.escalated_at, FALSE))),
    NEW.steps = OLD.steps + 1 AND EXISTS (
      SELECT 1 FROM case_step AS step WHERE step.case_id = NEW.id AND step.number = NEW.steps AND step.round = NEW.round
      AND IF(step.move IN ('reopen', 'rateBadly'),
        NEW.round = OLD.round + 1 AND NEW.round_kind = IF(step.move = 'reopen', 'reopened', 'rectify') AND NEW.began_at = step.at
        AND NEW.accepted_at IS NULL AND NEW.finished_at IS NULL AND NEW.closed_at IS NULL AND NEW.escalated_at IS NULL
        AND NEW.pauses = '[]' AND NEW.extension = 'none' AND NEW.rated = 0,
        NEW.round = OLD.round AND NEW.round_kind = OLD.round_kind AND NEW.began_at = OLD.began_at
        AND (step.move NOT IN ('note', 'assign', 'askMore', 'denyMore') OR (NEW.state = OLD.state AND NEW.region = OLD.region
          AND NEW.outcome <=> OLD.outcome AND NEW.reason <=> OLD.reason))
        AND (NEW.accepted_at <=> OLD.accepted_at
          OR (OLD.accepted_at IS NULL AND NEW.accepted_at = step.at AND step.move IN ('accept', 'start')))
        AND (NEW.finished_at <=> OLD.finished_at OR (NEW.finished_at = step.at AND step.move = 'finish'))
        AND (NEW.closed_at <=> OLD.closed_at OR (OLD.closed_at IS NULL AND NEW.closed_at = step.at))
        AND (NEW.extension = OLD.extension
          OR (OLD.extension = 'asked' AND NEW.extension = 'none' AND step.move IN ('transfer', 'return'))
          OR NEW.extension = CASE step.move WHEN 'askMore' THEN 'asked' WHEN 'allowMore' THEN 'allowed' WHEN 'denyMore' THEN 'denied' END)
        AND (NEW.escalated_at <=> OLD.escalated_at
          OR (NEW.escalated_at IS NULL AND COALESCE(NEW.due_at > OLD.escalated_at, FALSE))
          OR (step.move = 'escalate' AND OLD.escalated_at IS NULL AND NEW.escalated_at = step.at))
        AND (NEW.pauses = OLD.pauses
          OR NEW.pauses = REPLACE(OLD.pauses, 'null', TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', step.at) DIV 1000)
          OR (step.move = 'pause' AND NEW.pauses = CONCAT(LEFT(OLD.pauses, CHAR_LENGTH(OLD.pauses) - 1),
            IF(OLD.pauses = '[]', '', ','), '{"from":', TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', step.at) DIV 1000, ',"to":null}]')))))))
  THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a case changes only with its step'; END IF;
