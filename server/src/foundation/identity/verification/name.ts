/** A name as on an ID card: Chinese characters, with a middle dot in the names of some peoples; 2 to 30. */
export const isPersonName = (name: string): boolean =>
  /^\p{Script=Han}[\p{Script=Han}·]{0,28}\p{Script=Han}$/u.test(name);
