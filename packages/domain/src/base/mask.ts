/** Masks for every view (phone 138****1234, ID 510183********1234, name 张*千 / 王*). */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

export function maskIdCard(id: string): string {
  return `${id.slice(0, 6)}********${id.slice(-4)}`;
}

export function maskName(name: string): string {
  const letters = [...name];
  if (letters.length <= 1) return "*";
  if (letters.length === 2) return `${letters[0]}*`;
  return `${letters[0]}${"*".repeat(letters.length - 2)}${letters.at(-1)}`;
}
