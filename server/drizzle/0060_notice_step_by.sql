-- Everything that one person did with notices, for the export of the account.
CREATE INDEX notice_step_by ON notice_step (done_by);
