-- What a resident said in a step goes when the words of the post go: the step stays, with who, what and when. Nothing else of
-- it changes, and what was said in office never goes.
CREATE OR REPLACE TRIGGER case_step_no_update BEFORE UPDATE ON case_step FOR EACH ROW IF NOT (OLD.mark <> 'official' AND NEW.text = '' AND NEW.photos = '[]' AND NEW.case_id = OLD.case_id AND NEW.number = OLD.number AND NEW.round = OLD.round AND NEW.move = OLD.move AND NEW.actor <=> OLD.actor AND NEW.mark = OLD.mark AND NEW.title <=> OLD.title AND NEW.reason <=> OLD.reason AND NEW.at = OLD.at AND NEW.idem_key <=> OLD.idem_key) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'steps of a case are never changed'; END IF;

-- Whose words are looked at: they go with the words. The default is for processes of the version before.
ALTER TABLE circle_step ADD COLUMN mark varchar(10) NOT NULL DEFAULT 'official';

UPDATE circle_step JOIN case_step ON case_step.case_id = circle_step.file AND case_step.number = circle_step.number SET circle_step.mark = case_step.mark;

-- Posts whose words are gone already.
UPDATE case_file JOIN post ON case_file.subject = CONCAT('post:', post.id) SET case_file.summary = '', case_file.photo = 0 WHERE post.deleted_at IS NOT NULL AND post.text = '' AND post.photos = '[]';

UPDATE case_step JOIN case_file ON case_file.id = case_step.case_id JOIN post ON case_file.subject = CONCAT('post:', post.id) SET case_step.text = '', case_step.photos = '[]' WHERE post.deleted_at IS NOT NULL AND post.text = '' AND post.photos = '[]' AND case_step.mark <> 'official';
