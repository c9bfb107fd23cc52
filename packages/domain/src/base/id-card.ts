const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = "10X98765432";

/** The check character of the first 17 digits (GB 11643). */
export function idCardCheck(first17: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return checks.charAt(sum % 11);
}

/** Upper case, no blanks: the one form that is compared and indexed. */
export function normalIdCard(text: string): string {
  return text.replace(/\s/g, "").toUpperCase();
}

/** Eighteen characters, a real calendar day of birth, and the right check character. */
export function isIdCard(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  return isCalendarDay(text.slice(6, 14)) && idCardCheck(text.slice(0, 17)) === text.charAt(17);
}

function isCalendarDay(yyyymmdd: string): boolean {
  const [y, m, d] = [yyyymmdd.slice(0, 4), yyyymmdd.slice(4, 6), yyyymmdd.slice(6)].map(Number) as [
    number,
    number,
    number,
  ];
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1];
  return y >= 1900 && days !== undefined && d >= 1 && d <= days;
}

/** Age in whole years on a day `yyyy-mm-dd`. */
export function ageOn(idCard: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(idCard.slice(6, 10));
  return day.slice(5).replace("-", "") < idCard.slice(10, 14) ? years - 1 : years;
}
