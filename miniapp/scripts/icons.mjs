/**
 * Writes the icons that the app uses, and no others, from lucide (ISC licence): `src/ui/icons.css` (each a data URI for a
 * mask, 1.75 stroke), `src/ui/icon-names.ts`, and the tab bar's PNGs. Run after adding a name here: `npm run icons`.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const lucide = path.dirname(createRequire(import.meta.url).resolve("lucide-static/package.json"));

const names = [
  ..."house layout-grid users user search megaphone scroll-text bell zap heart-pulse sprout shield-alert".split(" "),
  ..."briefcase music chevron-right chevron-down chevron-left x check plus circle-alert triangle-alert info".split(" "),
  ..."circle-check clock wifi-off rotate-cw volume-2 circle-stop share-2 paperclip image-plus map-pin phone".split(" "),
  ..."settings badge-check shield-check file-text inbox pencil send undo-2 calendar-clock list-checks".split(" "),
  ..."external-link copy download log-in log-out trash-2 pin eye a-large-small history smartphone id-card".split(" "),
  ..."key-round lock landmark image star message-square thumbs-up flag user-x".split(" "),
];
const tabs = { home: "house", services: "layout-grid", circle: "users", me: "user" };

function shapes(name) {
  const svg = readFileSync(path.join(lucide, "icons", `${name}.svg`), "utf8");
  const inside = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return inside
    .replace(/\s+/g, " ")
    .replace(/ ?\/> ?/g, "/>")
    .replace(/"/g, "'")
    .trim();
}
const svgOf = (name, colour, width = 1.75) =>
  `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='${colour}' stroke-width='${width}' ` +
  `stroke-linecap='round' stroke-linejoin='round'>${shapes(name)}</svg>`;
const escaped = (svg) => svg.replace(/[<>#%"]/g, (letter) => encodeURIComponent(letter));

const css = names.map(
  (name) => `.i-${name} {\n  --i: url("data:image/svg+xml,${escaped(svgOf(name, "black"))}");\n}\n`,
);
writeFileSync(path.join(root, "src/ui/icons.css"), css.join(""));
const list = [...names].sort().map((name) => `  | "${name}"`);
writeFileSync(
  path.join(root, "src/ui/icon-names.ts"),
  `/** Written by scripts/icons.mjs. */\nexport type IconName =\n${list.join("\n")};\n`,
);

mkdirSync(path.join(root, "src/tabs/icons"), { recursive: true });
for (const [tab, name] of Object.entries(tabs)) {
  for (const [state, colour] of [
    ["", "#55605B"],
    ["-on", "#0F6B4F"],
  ]) {
    const picture = sharp(Buffer.from(svgOf(name, colour)), { density: 300 })
      .resize(61, 61)
      .extend({ top: 10, bottom: 10, left: 10, right: 10, background: "#0000" });
    writeFileSync(
      path.join(root, `src/tabs/icons/${tab}${state}.png`),
      await picture.png({ palette: true }).toBuffer(),
    );
  }
}
