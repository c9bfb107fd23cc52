import { Button, Table, type TableProps } from "antd";
import type { Pages } from "../query.ts";
import { Shown } from "./states.tsx";

type SheetProps<T> = Pick<TableProps<T>, "columns"> & {
  label: string;
  rows: T[];
  keyOf: (row: T) => string;
  sought?: string | null;
};
/** A table that scrolls sideways inside its frame, also by keyboard. */
export function Sheet<T extends object>({ label, rows, keyOf, sought, columns }: SheetProps<T>) {
  return (
    <section className="sheet" aria-label={label} tabIndex={0}>
      <Table<T>
        columns={columns ?? []}
        dataSource={rows}
        rowKey={keyOf}
        pagination={false}
        onRow={(row) => (keyOf(row) === sought ? { className: "sought", "aria-current": "true" } : {})}
      />
    </section>
  );
}

type PagedProps<T> = Omit<SheetProps<T>, "rows"> & { pages: Pages<T>; empty: string };
export function PagedSheet<T extends object>({ pages, empty, ...sheet }: PagedProps<T>) {
  return (
    <Shown
      isPending={pages.isPending}
      error={pages.error}
      again={pages.again}
      busy={pages.isFetching}
      empty={pages.items.length === 0 && empty}
    >
      <Sheet {...sheet} rows={pages.items} />
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
