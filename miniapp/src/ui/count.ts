/** A number of messages as it stands on a tab and beside a word. */
export const countText = (count: number): string => (count > 99 ? "99+" : `${count}`);
