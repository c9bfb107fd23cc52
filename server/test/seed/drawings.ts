/** Landscapes of nowhere: no letters and no people, so that they are the same on every machine and nobody's. */
export const drawings = {
  lamps: drawing(1200, 800, "#2b3a55", hills("#1d2a3f", 520) + row(7, (i) => lamp(40 + i * 160, 700))),
  poster: drawing(900, 1600, "#fff3d6", hills("#d98e4a", 1200) + '<circle cx="450" cy="420" r="230" fill="#c8452c"/>'),
  terraces: drawing(
    1600,
    400,
    "#cfe6f2",
    row(5, (i) => field(i)),
  ),
  stamp: `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240"><circle cx="120" cy="120" r="100" fill="none" stroke="#c22" stroke-width="14"/><path d="M120 55l19 45h47l-38 30 15 48-43-29-43 29 15-48-38-30h47z" fill="#c22"/></svg>`,
  ditchDirty: ditch(
    bag(560, 640, 1.5, "#2d2f33") +
      bag(690, 700, 1.7, "#e9e7e1") +
      bag(500, 760, 1.6, "#3f6fa8") +
      bag(620, 790, 1.8, "#1f2124") +
      bag(760, 800, 1.3, "#c8452c") +
      bag(640, 560, 1, "#d9d4c4") +
      '<path d="M430 700l60 -14 8 34 -60 14zM820 720l44 20 -14 30 -44 -20z" fill="#b98a52"/>',
  ),
  ditchClean: ditch(
    '<path d="M838 452h124l-14 170h-96z" fill="#3f8f5a"/><rect x="826" y="428" width="148" height="30" rx="10" fill="#2f6f45"/><circle cx="872" cy="628" r="15" fill="#333"/><circle cx="928" cy="628" r="15" fill="#333"/><path d="M250 480q30 -70 60 0zM330 420q24 -56 48 0zM300 600q36 -84 72 0z" fill="#7d9a4d"/>',
  ),
  roadBroken: road(
    '<path d="M470 640q60 -70 170 -50t150 70q10 70 -90 90t-190 -20q-70 -40 -40 -90z" fill="#3a3733"/><path d="M530 660q50 -40 120 -26t80 44q-10 36 -80 42t-110 -16q-30 -20 -10 -44z" fill="#7fa3b5"/>',
  ),
  roadMended: road('<path d="M440 590h360l40 160H410z" fill="#c9c5bb"/>' + row(3, (i) => cone(400 + i * 210, 800))),
  channel: drawing(
    1200,
    900,
    "#dce9ee",
    `${hills("#8fae8b", 330)}<rect y="420" width="1200" height="480" fill="#93a85c"/><path d="M0 640L1200 520V700L0 860z" fill="#b5afa2"/><path d="M0 690L1200 560V650L0 800z" fill="#6f8a86"/><path d="M430 760q120 -180 330 -140 70 60 20 130 -160 70 -350 10z" fill="#7d6544"/>${row(6, (i) => `<path d="M${440 + i * 60} ${740 - i * 12}l${70 - i * 8} ${-130 + i * 14}" stroke="#5b4630" stroke-width="16" stroke-linecap="round"/>`)}`,
  ),
  wire: drawing(
    1200,
    900,
    "#c9d6de",
    `${hills("#93a396", 470)}<rect y="640" width="1200" height="260" fill="#c2b28c"/><path d="M180 900L250 150M120 240l260 40" stroke="#6d5a45" stroke-width="26"/><path d="M1040 900V210M930 270h220" stroke="#6d5a45" stroke-width="24"/><path d="M150 246Q560 1010 950 274M350 276Q700 620 1120 274" stroke="#26282b" stroke-width="7" fill="none"/>`,
  ),
  bridge: drawing(
    1200,
    900,
    "#d3e3ea",
    `${hills("#7f9d84", 360)}<rect y="640" width="1200" height="260" fill="#7fa3b5"/><path d="M0 560H1200V640H0z" fill="#9a958a"/><path d="M120 640q180 -10 200 200h-90q-10 -120 -110 -120zM880 640q-20 90 -60 200h90q20 -140 110 -200z" fill="#8a857a"/>${row(11, (i) => (i === 5 || i === 6 ? "" : `<rect x="${30 + i * 108}" y="430" width="26" height="130" fill="#c9c4b6"/>`))}<path d="M0 430H570M740 430H1200" stroke="#c9c4b6" stroke-width="26"/><path d="M560 425l60 90M600 560l-14 80 26 30" stroke="#55514a" stroke-width="12" fill="none"/>`,
  ),
  accounts: drawing(
    1200,
    900,
    "#d8cbb4",
    `<rect x="130" y="110" width="940" height="640" rx="10" fill="#7c2f26"/><rect x="160" y="190" width="880" height="530" fill="#fbf7ee"/>${row(3, (i) => `<g transform="translate(${200 + i * 280} 240)"><rect width="240" height="430" fill="#fff" stroke="#d5cdbd" stroke-width="4"/>${row(9, (line) => `<rect x="24" y="${36 + line * 42}" width="${line === 0 ? 120 : 192 - ((i + line) % 3) * 30}" height="${line === 0 ? 16 : 10}" fill="${line === 0 ? "#7c2f26" : "#a9a397"}"/>`)}</g>`)}`,
  ),
  oranges: drawing(
    1200,
    900,
    "#4c7440",
    row(40, (i) => leaf((i * 337) % 1200, (i * 211) % 900, i)) +
      row(14, (i) => fruit(110 + ((i * 283) % 1000), 120 + ((i * 197) % 680))),
  ),
  mist: drawing(
    1200,
    900,
    "#f6dcc0",
    `<circle cx="820" cy="250" r="90" fill="#f7b267"/>${["#c7cfd6", "#a5b7bd", "#80a09f", "#5d8478", "#3c6353"].map((color, i) => `<g transform="translate(${i % 2 === 0 ? 0 : -260} 0)">${hills(color, 330 + i * 110)}</g>`).join("")}<path d="M0 560q300 -60 600 0t600 0v70q-300 50 -600 0t-600 0z" fill="#fff" opacity=".55"/>`,
  ),
  goat: drawing(
    1200,
    900,
    "#cfe3ea",
    `${hills("#9fb99a", 300)}<rect y="430" width="1200" height="470" fill="#8a6d4a"/>${row(24, (i) => `<path d="M${30 + (i % 8) * 160} ${560 + Math.floor(i / 8) * 140}q-40 -60 0 -90 40 30 0 90q40 -50 60 -20 -20 30 -60 20zm0 0q-40 -50 -60 -20 20 30 60 20z" fill="#6fa04c"/>`)}<path d="M480 690V560M560 700V570M700 700V570M770 690V560" stroke="#d8d2c6" stroke-width="34"/><ellipse cx="625" cy="500" rx="220" ry="120" fill="#f5f1e8"/><path d="M800 470q40 -150 110 -160l60 70 -10 70q-60 40 -110 30z" fill="#f5f1e8"/><path d="M890 320q-20 -90 -80 -100M920 318q0 -90 -50 -120" stroke="#8d8271" stroke-width="20" fill="none" stroke-linecap="round"/><circle cx="918" cy="366" r="10" fill="#333"/><path d="M410 470l-50 -40" stroke="#f5f1e8" stroke-width="30" stroke-linecap="round"/>`,
  ),
} as const;

function drawing(width: number, height: number, sky: string, things: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${sky}"/>${things}</svg>`;
}
function row(count: number, draw: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => draw(i)).join("");
}
function hills(color: string, top: number): string {
  return `<path d="M0 ${top + 120}q300 -240 600 0t600 0t600 0V2000H0z" fill="${color}"/>`;
}
function lamp(x: number, foot: number): string {
  return `<path d="M${x} ${foot}V${foot - 380}h60" stroke="#c9d3e0" stroke-width="10" fill="none"/><circle cx="${x + 60}" cy="${foot - 360}" r="34" fill="#ffe08a"/>`;
}
function field(i: number): string {
  const greens = ["#9cc37a", "#7fb069", "#5f9a55", "#4a8247", "#386b3b"];
  return `<path d="M0 ${150 + i * 50}q400 ${-60 + i * 20} 800 0t800 0V400H0z" fill="${greens[i]}"/>`;
}
/** A ditch between two fields, with what lies in and beside it. */
function ditch(things: string): string {
  const land = `${hills("#9db8a0", 250)}<rect y="340" width="1200" height="560" fill="#a9bf73"/>`;
  const water = `<path d="M556 340h88l290 560H266z" fill="#cfcabd"/><path d="M572 340h56l230 560H342z" fill="#5fa3b8"/>${row(5, (i) => `<path d="M${540 - i * 34} ${470 + i * 96}q${30 + i * 7} -14 ${60 + i * 14} 0t${60 + i * 14} 0" stroke="#bfe0e6" stroke-width="${5 + i}" fill="none" stroke-linecap="round"/>`)}<path d="M540 340q-140 260 -330 560h60q170 -300 290 -560zM660 340q140 260 330 560h-60q-170 -300 -290 -560z" fill="#7d9a4d"/>`;
  return drawing(1200, 900, "#dfeaf2", land + water + things);
}
function bag(x: number, y: number, scale: number, color: string): string {
  return `<path transform="translate(${x} ${y}) scale(${scale})" d="M-60 40C-80 -20 -30 -50 -10 -60L-18 -84L0 -72L18 -84L10 -60C30 -50 80 -20 60 40Z" fill="${color}"/>`;
}
function road(things: string): string {
  const land = `${hills("#8fae8b", 260)}<rect y="380" width="1200" height="520" fill="#a3b36b"/>`;
  return drawing(1200, 900, "#dbe7ee", `${land}<path d="M520 380h160l440 520H80z" fill="#8b8a86"/>${things}`);
}
function cone(x: number, foot: number): string {
  return `<path d="M${x} ${foot - 130}l50 130h-100z" fill="#e2722e"/><path d="M${x - 19} ${foot - 80}h38l10 26h-58z" fill="#fff"/>`;
}
function leaf(x: number, y: number, i: number): string {
  const greens = ["#3f6636", "#5f8a4c", "#6f9c57", "#35572f"];
  return `<ellipse cx="${x}" cy="${y}" rx="120" ry="46" transform="rotate(${(i * 47) % 180} ${x} ${y})" fill="${greens[i % 4]}"/>`;
}
function fruit(x: number, y: number): string {
  return `<circle cx="${x}" cy="${y}" r="66" fill="#e8871e"/><circle cx="${x - 20}" cy="${y - 22}" r="18" fill="#f6b25e"/>`;
}
