import { Button } from "antd";
import type { ReactNode } from "react";
import type { Pages } from "../query.ts";
import { Shown } from "./states.tsx";

type PagedProps<T> = { pages: Pages<T>; empty: string; children: ReactNode };
/** A list that comes page by page: its states, what is there, and the way to more. */
export function Paged<T>({ pages, empty, children }: PagedProps<T>) {
  return (
    <Shown
      isPending={pages.isPending}
      error={pages.error}
      again={pages.again}
      busy={pages.isFetching}
      empty={pages.items.length === 0 && empty}
    >
      {children}
      {pages.hasMore ? (
        <div className="more">
          <Button onClick={pages.more} loading={pages.isFetching}>
            再看一些
          </Button>
        </div>
      ) : null}
    </Shown>
  );
}
