-- Of people whose account was closed or joined to another nothing stays by which they could be found: not the platform account
-- and device of their sessions, nor what was written for them in the moment of closing.

UPDATE session s JOIN person p ON p.id = s.person_id
  SET s.ended_at = COALESCE(s.ended_at, p.ended_at), s.provider = NULL, s.subject = NULL, s.device = ''
  WHERE p.state <> 'open';

DELETE i FROM identity i JOIN person p ON p.id = i.person_id WHERE p.state <> 'open';

DELETE f FROM follow f JOIN person p ON p.id = f.person_id WHERE p.state <> 'open';

DELETE t FROM totp t JOIN person p ON p.id = t.person_id WHERE p.state <> 'open';

UPDATE person SET elder = 0 WHERE state <> 'open' AND elder <> 0;
