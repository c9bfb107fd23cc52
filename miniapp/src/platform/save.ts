import { platform } from "./env.ts";
import { copyText } from "./share.ts";

/** How a text left the app: as a file, handed to the platform's share sheet, on the clipboard, or not at all. */
export type Saved = "saved" | "shared" | "copied" | "no";

type FileShare = { filePath: string; fileName: string; success(): void; fail(fault: { errMsg?: string }): void };
type Wx = {
  env: { USER_DATA_PATH: string };
  getFileSystemManager(): { writeFileSync(path: string, text: string, encoding: "utf8"): void };
  shareFileMessage?(options: FileShare): void;
};
declare const wx: Wx;

/** Saves a text as a file where the platform can; mini-programs that cannot put it on the clipboard. */
export async function saveText(name: string, text: string): Promise<Saved> {
  if (PLATFORM === "h5") {
    return download(name, text);
  } else {
    if (platform === "weapp" && (await sharedAsFile(name, text))) return "shared";
    return (await copyText(text)) ? "copied" : "no";
  }
}

function download(name: string, text: string): Saved {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return "saved";
}

/** WeChat sends a file only into a chat (to oneself: the file transfer helper). False when it cannot or the person said no. */
function sharedAsFile(name: string, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (typeof wx.shareFileMessage !== "function") return resolve(false);
    try {
      const filePath = `${wx.env.USER_DATA_PATH}/export.json`;
      wx.getFileSystemManager().writeFileSync(filePath, text, "utf8");
      wx.shareFileMessage({ filePath, fileName: name, success: () => resolve(true), fail: () => resolve(false) });
    } catch (error) {
      console.warn("the file was not written", error);
      resolve(false);
    }
  });
}
