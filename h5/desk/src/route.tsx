import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from "react";

const base = "/desk";

export type Place = { path: string[]; query: URLSearchParams };

/** `/desk/notices/ID?x=1` → `["notices", "ID"]` and its query. A broken escape in the address leads to the start. */
export function placeOf(pathname: string, search: string): Place {
  const inside = pathname.startsWith(base) ? pathname.slice(base.length) : "";
  try {
    const path = inside.split("/").filter(Boolean).map(decodeURIComponent);
    return { path, query: new URLSearchParams(search) };
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return { path: [], query: new URLSearchParams() };
  }
}

/** The address of a place; empty query values are left out. */
export function addressOf(path: readonly string[], query: Record<string, string | undefined> = {}): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  const tail = new URLSearchParams(entries).toString();
  return `${base}/${path.map(encodeURIComponent).join("/")}${tail === "" ? "" : `?${tail}`}`;
}

const listeners = new Set<() => void>();
function tell(): void {
  for (const listener of listeners) listener();
}

export function go(address: string, replace = false): void {
  if (address === location.pathname + location.search) return;
  const samePage = address.split("?")[0] === location.pathname;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  if (!samePage) window.scrollTo(0, 0);
  tell();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("popstate", tell);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("popstate", tell);
  };
}

export function usePlace(): Place {
  const href = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const [pathname = "", search = ""] = href.split("?");
  return placeOf(pathname, search);
}

type GoProps = AnchorHTMLAttributes<HTMLAnchorElement> & { to: string };
/** A real link: opens in another tab as links do, and moves inside the page otherwise. */
export function Go({ to, children, ...rest }: GoProps) {
  const onClick = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a {...rest} href={to} onClick={onClick}>
      {children}
    </a>
  );
}
