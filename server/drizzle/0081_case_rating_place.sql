-- A rating belongs to the place that was rated, also when the case has gone elsewhere since. The default is for processes of
-- the version before.
ALTER TABLE case_rating ADD COLUMN region char(12) NOT NULL DEFAULT '';

UPDATE case_rating JOIN case_file ON case_file.id = case_rating.case_id SET case_rating.region = case_file.region;

ALTER TABLE case_rating ADD KEY case_rating_board (region, at);

-- A case is opened again once, whichever way.
UPDATE case_file SET reopened = 1 WHERE round > 1;

-- Rated after silence had closed it: it stays closed by silence.
UPDATE case_file SET outcome = 'lapsed' WHERE state = 'closed' AND rated = 1 AND EXISTS (SELECT 1 FROM case_step WHERE case_step.case_id = case_file.id AND case_step.round = case_file.round AND case_step.move = 'lapse');

UPDATE message SET kind = 'reopened' WHERE kind = 'ratedBadly';
