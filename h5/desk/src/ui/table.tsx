import { Table, type TableColumnType } from "antd";
import type { TdHTMLAttributes } from "react";
import type { Pages } from "../query.ts";
import { Paged } from "./paged.tsx";

type SheetProps<T> = {
  columns: readonly (TableColumnType<T> & { title: string })[];
  label: string;
  rows: T[];
  keyOf: (row: T) => string;
  sought?: string | null;
};
/** On a phone, where a row is a card, the head's words stand before each value. */
function labelled(label: string): TdHTMLAttributes<HTMLTableCellElement> & { "data-label": string } {
  return { "data-label": label };
}

/** A table that scrolls sideways inside its frame, also by keyboard. */
export function Sheet<T extends object>({ label, rows, keyOf, sought, columns }: SheetProps<T>) {
  return (
    <section className="sheet" aria-label={label} tabIndex={0}>
      <Table<T>
        columns={columns.map((column) => ({ ...column, onCell: () => labelled(column.title) }))}
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
    <Paged pages={pages} empty={empty}>
      <Sheet {...sheet} rows={pages.items} />
    </Paged>
  );
}
