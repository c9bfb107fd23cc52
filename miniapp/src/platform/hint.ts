import { isWeb } from "./env.ts";

/** A word for the site's server about how to draw the first HTML (a cookie; nothing personal). Null takes it back. */
export function hint(name: "skin" | "place", value: string | null): void {
  if (!isWeb || typeof document === "undefined") return;
  const age = value === null ? 0 : 31_536_000;
  document.cookie = `${name}=${value ?? ""}; path=/; max-age=${age}; samesite=lax`;
}
