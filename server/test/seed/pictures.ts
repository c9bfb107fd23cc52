import sharp from "sharp";

/** Landscapes of nowhere: no letters and no people, so that they are the same on every machine and nobody's. */
const drawings = {
  lamps: drawing(1200, 800, "#2b3a55", hills("#1d2a3f", 520) + row(7, (i) => lamp(40 + i * 160, 700))),
  poster: drawing(900, 1600, "#fff3d6", hills("#d98e4a", 1200) + '<circle cx="450" cy="420" r="230" fill="#c8452c"/>'),
  terraces: drawing(
    1600,
    400,
    "#cfe6f2",
    row(5, (i) => field(i)),
  ),
  stamp: `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240"><circle cx="120" cy="120" r="100" fill="none" stroke="#c22" stroke-width="14"/><path d="M120 55l19 45h47l-38 30 15 48-43-29-43 29 15-48-38-30h47z" fill="#c22"/></svg>`,
} as const;
export type PictureName = keyof typeof drawings;

/** The picture as a file that an author would upload: photos as JPEG, the see-through one as PNG. */
export function pictureFile(name: string): Promise<Uint8Array> {
  if (!isPicture(name)) throw new Error(`there is no picture ${name}`);
  const drawn = sharp(Buffer.from(drawings[name]));
  return name === "stamp" ? drawn.png().toBuffer() : drawn.jpeg({ quality: 80 }).toBuffer();
}

const isPicture = (name: string): name is PictureName => Object.hasOwn(drawings, name);

/** A PDF of one page with a line of Latin letters: whole, so that every reader opens it. */
export function paperFile(line: string): Uint8Array {
  const page = `BT /F1 18 Tf 60 760 Td (${line}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, i) => {
    const place = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  return Buffer.from(
    `${text}${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`,
  );
}

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
