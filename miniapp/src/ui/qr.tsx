import { Image } from "@tarojs/components";
import qrcode from "qrcode-generator";

/** In CSS pixels; the picture has twice as many. Scanners need an empty border of four squares. */
const square = 4;
const border = 4;

/** Drawn on the phone itself: it is there without a network. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const side = `${(code.getModuleCount() + 2 * border) * square}px`;
  return (
    <Image
      className="qr"
      src={code.createDataURL(2 * square, 2 * square * border)}
      style={{ width: side, height: side }}
      mode="aspectFit"
      aria-label={label}
    />
  );
}
