import sharp from "sharp";
import { drawings } from "./drawings.ts";

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
