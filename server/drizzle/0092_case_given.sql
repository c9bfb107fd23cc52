-- To whom a step gave a case, on its record like everything else.
ALTER TABLE case_step ADD COLUMN given_to char(26);

CREATE TRIGGER case_step_given BEFORE UPDATE ON case_step FOR EACH ROW IF NOT (NEW.given_to <=> OLD.given_to) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'steps of a case are never changed'; END IF;
