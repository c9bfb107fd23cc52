import { download } from "./download.ts";
import { platform } from "./env.ts";
import { copyText } from "./share.ts";

/** How a text left the app: as a file, into a chat, on the clipboard, or not at all. */
export type Saved = "saved" | "sent" | "copied" | "no";

type FileShare = { filePath: string; fileName: string; success(): void; fail(fault: { errMsg?: string }): void };
type Wx = {
  env: { USER_DATA_PATH: string };
  getFileSystemManager(): {
    writeFileSync(path: string, text: string, encoding: "utf8"): void;
    unlinkSync(path: string): void;
  };
  shareFileMessage?(options: FileShare): void;
};
declare const wx: Wx;

/** WeChat sends a file only into a chat, and opens its list of chats only straight from a tap: not after a wait for the server. */
export const sendsFiles = platform === "weapp" && typeof wx.shareFileMessage === "function";

/** Saves a text as a file in the browser; a mini-program cannot, so there it goes on the clipboard. */
export async function saveText(name: string, text: string): Promise<Saved> {
  if (PLATFORM === "h5") {
    download(name, text, "application/json");
    return "saved";
  } else {
    return (await copyText(text)) ? "copied" : "no";
  }
}

/** To be called straight from a tap. The phone keeps no copy. `no`: the person chose no chat, or WeChat cannot. */
export function sendText(name: string, text: string): Promise<Saved> {
  return new Promise((resolve) => {
    const filePath = `${wx.env.USER_DATA_PATH}/export.txt`;
    const files = wx.getFileSystemManager();
    const end = (saved: Saved) => {
      try {
        files.unlinkSync(filePath);
      } catch (error) {
        console.warn("the file that was sent is still on the phone", error);
      }
      resolve(saved);
    };
    try {
      files.writeFileSync(filePath, text, "utf8");
    } catch (error) {
      console.warn("the file was not written", error);
      return resolve("no");
    }
    // WeChat shows texts; with another ending it would only offer other apps.
    const fileName = name.replace(/\.json$/, ".txt");
    wx.shareFileMessage?.({ filePath, fileName, success: () => end("sent"), fail: () => end("no") });
  });
}
