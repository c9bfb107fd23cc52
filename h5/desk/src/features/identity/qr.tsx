import qrcode from "qrcode-generator";

/** Scanners need an empty border of four squares. */
const quiet = 4;

/** One path for all dark squares: an SVG of our own instead of markup from outside. */
export function Qr({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const squares: string[] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if (code.isDark(y, x)) squares.push(`M${x} ${y}h1v1h-1z`);
  }
  return (
    <svg
      className="qr"
      viewBox={`${-quiet} ${-quiet} ${size + 2 * quiet} ${size + 2 * quiet}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={squares.join("")} />
    </svg>
  );
}
