/** Which changes a model put into words; before, none was. */
export const WORDED_BY_MODEL: string = `
ALTER TABLE changes ADD COLUMN is_worded_by_model INTEGER NOT NULL DEFAULT 0
  CHECK (is_worded_by_model IN (0, 1));
`
