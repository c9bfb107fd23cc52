/** A mainland mobile number in its one stored form: 11 digits. Refuses everything else with null. */
export function normalPhone(text: string): string | null {
  const digits = text.replace(/[\s-]/g, "").replace(/^(\+?86)(?=1\d{10}$)/, "");
  return /^1[3-9]\d{9}$/.test(digits) ? digits : null;
}
