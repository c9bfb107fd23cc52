import { createElement, type ReactNode } from "react";

/**
 * The components of @tarojs/components that we use, as plain semantic HTML. The role given by ui/box decides the element:
 * a heading is <h1>…<h3>, a button <button>, a link <a href>, a list <ul>.
 */
type Props = Record<string, unknown> & { children?: ReactNode };
type DomEvent = Event & { target: HTMLInputElement; currentTarget: HTMLElement; key?: string };
type Listener = (event: unknown) => void;

const roleElement: Record<string, string> = {
  button: "button",
  link: "a",
  list: "ul",
  listitem: "li",
  main: "main",
  navigation: "nav",
  banner: "header",
  article: "article",
  region: "section",
  paragraph: "p",
  table: "table",
  rowgroup: "tbody",
  row: "tr",
  cell: "td",
  columnheader: "th",
  term: "dt",
  definition: "dd",
  blockquote: "blockquote",
  separator: "hr",
  text: "span",
};
/** Roles of things that are pressed, for which HTML has no element of the right look: a button that says what it is. */
const pressed = new Set(["radio", "checkbox", "tab", "switch"]);
/** Elements whose own meaning needs no role attribute. */
const own = new Set(Object.keys(roleElement));
/** Said all the same: a style that shows rows as cards takes the meaning from a table's elements. */
const said = new Set(["table", "rowgroup", "row", "cell", "columnheader"]);
const dropped = new Set(["hoverClass", "hoverStopPropagation", "hoverStayTime", "openType", "children"]);
const scrolls = new Set(["scrollX", "scrollY", "enhanced", "showScrollbar", "enableFlex"]);

const call = (handler: unknown, event: unknown) => {
  if (typeof handler === "function") (handler as Listener)(event);
};
const withValue = (event: DomEvent, value: unknown) => ({
  detail: { value },
  target: event.target,
  currentTarget: event.currentTarget,
  preventDefault: () => event.preventDefault(),
  stopPropagation: () => event.stopPropagation(),
});

function plain(props: Props, without: Set<string> = dropped): Props {
  const out: Props = {};
  for (const name of Object.keys(props)) {
    if (dropped.has(name) || without.has(name) || props[name] === undefined) continue;
    out[name] = props[name];
  }
  return out;
}

export function View(props: Props): ReactNode {
  const { role, level, href, colSpan, rowSpan, ...rest } = props;
  const name = typeof role === "string" ? role : "";
  const out = plain(rest);
  if (name === "heading") return createElement(`h${Number(level ?? 2)}`, out, props.children);
  const element = pressed.has(name) ? "button" : (roleElement[name] ?? "div");
  if (element === "a") out.href = href;
  if (element === "button") out.type = "button";
  if (colSpan !== undefined) out.colSpan = colSpan;
  if (rowSpan !== undefined) out.rowSpan = rowSpan;
  if (name !== "" && (!own.has(name) || said.has(name))) out.role = name;
  if (element === "hr") return createElement(element, out);
  return createElement(element, out, props.children);
}

export function Text(props: Props): ReactNode {
  const { selectable: _selectable, userSelect: _userSelect, space: _space, ...rest } = props;
  return createElement("span", plain(rest), props.children);
}

export function Label(props: Props): ReactNode {
  const { for: target, ...rest } = props;
  return createElement("label", { ...plain(rest), htmlFor: target }, props.children);
}

export function Button(props: Props): ReactNode {
  return createElement("button", { ...plain(props), type: "button" }, props.children);
}

export function Image(props: Props): ReactNode {
  const { mode: _mode, lazyLoad, showMenuByLongpress: _menu, ...rest } = props;
  const alt = typeof rest["aria-label"] === "string" ? rest["aria-label"] : "";
  const out = plain(rest, new Set(["aria-label"]));
  return createElement("img", { ...out, alt, loading: lazyLoad ? "lazy" : undefined, decoding: "async" });
}

export function ScrollView(props: Props): ReactNode {
  return createElement("div", { ...plain(props, scrolls), tabIndex: 0 }, props.children);
}

const keyboards: Record<string, string> = { number: "numeric", digit: "decimal", tel: "tel", idcard: "text" };
const textProps = new Set(["type", "maxlength", "onInput", "onConfirm", "confirmType", "placeholderClass", "password"]);
const areaProps = new Set([...textProps, "autoHeight", "showConfirmBar", "disableDefaultPadding", "fixed"]);

export function Input(props: Props): ReactNode {
  const type = typeof props.type === "string" ? props.type : "text";
  return createElement("input", {
    ...plain(props, textProps),
    type: props.password ? "password" : type === "tel" || type === "number" ? "tel" : "text",
    inputMode: keyboards[type],
    enterKeyHint: props.confirmType,
    maxLength: props.maxlength,
    onInput: (event: DomEvent) => call(props.onInput, withValue(event, event.target.value)),
    onKeyDown: (event: DomEvent) => {
      if (event.key === "Enter") call(props.onConfirm, withValue(event, event.target.value));
    },
  });
}

export function Textarea(props: Props): ReactNode {
  return createElement("textarea", {
    ...plain(props, areaProps),
    rows: 5,
    maxLength: props.maxlength,
    onInput: (event: DomEvent) => call(props.onInput, withValue(event, event.target.value)),
  });
}

/** A list to choose one from, or a day or time: the browser's own control. */
export function Picker(props: Props): ReactNode {
  const { mode, range, value, onChange, children: _children, ...rest } = props;
  if (mode === "date" || mode === "time") {
    return createElement("input", {
      ...plain(rest),
      type: mode,
      value,
      onChange: (event: DomEvent) => call(onChange, withValue(event, event.target.value)),
    });
  }
  const options = Array.isArray(range) ? range.map(String) : [];
  return createElement(
    "select",
    {
      ...plain(rest),
      value,
      onChange: (event: DomEvent) => call(onChange, withValue(event, Number(event.target.value))),
    },
    createElement("option", { value: -1, disabled: true }, "请选择"),
    ...options.map((option, i) => createElement("option", { key: option, value: i }, option)),
  );
}

/** Browsers have their own pull-down. */
export function PullDownRefresh(props: Props): ReactNode {
  return props.children;
}
