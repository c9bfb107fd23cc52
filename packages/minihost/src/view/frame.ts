import { readFileSync } from "node:fs";
import { join } from "node:path";
import { mediaType } from "../files.ts";
import { BAR_HEIGHT, type TabBar } from "../tab-bar.ts";

const STYLE = `
*{margin:0;box-sizing:border-box}
html,body{font:10px/1.4 sans-serif}
.page{display:block;width:100vw}
.bar{display:flex;height:${BAR_HEIGHT}px;border-top:1px solid}
.tab{flex:1;display:flex;flex-direction:column;align-items:center;justify-content:center;position:relative}
.tab img{width:27px;height:27px}
.tab:not(:has(img)){font-size:16px}
.badge{position:absolute;top:3px;left:calc(50% + 6px);padding:0 5px;border-radius:8px;background:#fa5151;color:#fff}
.dot{position:absolute;top:4px;left:calc(50% + 10px);width:8px;height:8px;border-radius:4px;background:#fa5151}`;

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const embedded = (bytes: Uint8Array, type: string) => `data:${type};base64,${Buffer.from(bytes).toString("base64")}`;

/** A page whose picture is the app's page with the client's tab bar below: its letters never grow with the app's. */
export function withTabBar(page: Uint8Array, bar: TabBar, dist: string): string {
  const tabs = bar.items.map(({ text, icon, selected, badge, dot }) => {
    const image = icon === "" ? "" : `<img alt="" src="${embedded(readFileSync(join(dist, icon)), mediaType(icon))}">`;
    const mark = badge !== "" ? `<span class="badge">${escaped(badge)}</span>` : dot ? '<span class="dot"></span>' : "";
    const color = selected ? bar.selectedColor : bar.color;
    return `<div class="tab" style="color:${escaped(color)}">${image}<span>${escaped(text)}</span>${mark}</div>`;
  });
  const colors = `background:${escaped(bar.background)};border-color:${bar.border === "white" ? "#fff" : "rgba(0,0,0,.2)"}`;
  return (
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<style>${STYLE}</style></head><body><img class="page" alt="" src="${embedded(page, "image/png")}">` +
    `<div class="bar" style="${colors}">${tabs.join("")}</div></body></html>`
  );
}
