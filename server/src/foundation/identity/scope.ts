/** Raised whenever what is known of a caller changes: sessions, roles, verification, follows. */
export const personScope = (personId: string): string => `person:${personId}`;
