-- Whose words the working version carries on: a revision that was withdrawn with the notice, taken up by somebody else.
ALTER TABLE notice ADD COLUMN also_wrote char(26);
