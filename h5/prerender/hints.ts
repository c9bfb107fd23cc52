import { isRegionCode } from "@weimenhu/domain/base/region";
import type { Query, Skin } from "./views.ts";

/** What the app told the site of how to draw its first page, in two cookies without anything personal. */
export type Hints = { place: string | undefined; skin: Skin };

/** From the request's `cookie` header; whatever is not as the app writes it counts as nothing. */
export function hintsOf(cookies: string): Hints {
  const place = cookieOf(cookies, "place");
  const skin = cookieOf(cookies, "skin");
  return { place: place !== undefined && isRegionCode(place) ? place : undefined, skin: skinOf(skin) };
}
const cookieOf = (cookies: string, name: string): string | undefined =>
  new RegExp(`(?:^|;)\\s*${name}=([^;]*)`).exec(cookies)?.[1]?.trim();
const skinOf = (text: string | undefined): Skin => (text === "1" ? 1 : text === "2" ? 2 : 0);

const word = /^[\w.~=-]{1,200}$/;

/** The part of an address that a page is drawn from, without what else stands in it. */
export function queryOf(search: URLSearchParams, names: readonly (keyof Query)[]): Query {
  const query: Query = {};
  for (const name of names) {
    const value = search.get(name);
    if (value !== null && word.test(value)) query[name] = value;
  }
  return query;
}
